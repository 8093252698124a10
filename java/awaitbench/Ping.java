package awaitbench;

import java.util.Arrays;

/** {@code Ping WAY} does the job of the harness, {@code Ping WAY A,B C} pings a person's chains of sites once. */
public final class Ping {
    private Ping() {}

    public static void main(String[] arguments) throws Exception {
        Pings.Program program = switch (arguments.length == 0 ? "" : arguments[0]) {
            case "socket" -> PingSocket::new;
            case "httpclient" -> PingHttpClient::new;
            default -> throw new IllegalArgumentException("Say which: socket or httpclient.");
        };
        if (arguments.length == 1) {
            Contract.serveHarness(raw -> perform(program, PingJob.parse(raw)));
        } else {
            String[] chains = Arrays.copyOfRange(arguments, 1, arguments.length);
            Contract.doOrRefuse(() -> perform(program, PingJob.ofPerson(chains)).printTimes());
        }
    }

    /** Does all iterations of a job, and closes its connections. */
    private static PingRecording perform(Pings.Program program, PingJob job) throws Exception {
        var recording = new PingRecording(job);
        try (Pings pings = program.open(job, recording)) {
            recording.iterate(pings::parallel);
        }
        return recording;
    }
}
