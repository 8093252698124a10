package awaitbench;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;

/** The runner contract, version 1, for all families: a job comes in, the records of its iterations go out. */
public final class Contract {
    private static final int NOT_DONE = 2;

    private Contract() {}

    /** Does all iterations of a job, or throws BadJob. */
    public interface Performer {
        Recording perform(RawJob job) throws Exception;
    }

    /** What may throw BadJob. */
    public interface Duty {
        void perform() throws Exception;
    }

    /** Does the one job that the harness sends, and waits for the end of the input. */
    public static void serveHarness(Performer performer) throws Exception {
        var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        var output = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out));
        write(output, ready());
        output.flush();
        doOrRefuse(() -> {
            RawJob job = RawJob.parse(Objects.requireNonNullElse(input.readLine(), ""));
            writeRecords(output, performer.perform(job));
        });
        while (input.readLine() != null) {} // all that is left to see is the end
    }

    /** Does some work; at a BadJob the program ends with status 2, and a sentence on standard error. */
    public static void doOrRefuse(Duty duty) throws Exception {
        try {
            duty.perform();
        } catch (BadJob error) {
            System.err.println(error.getMessage());
            System.exit(NOT_DONE);
        }
    }

    private static String ready() {
        return String.format(
                Locale.ROOT,
                "{\"ready\":1,\"runtime\":\"Java %s, %s\",\"cpus\":%d}\n",
                System.getProperty("java.version"),
                System.getProperty("java.vm.name"),
                Runtime.getRuntime().availableProcessors());
    }

    /** Each is formatted when the one before is out: the harness reads our memory at the first. */
    private static void writeRecords(OutputStream output, Recording recording) throws IOException {
        var line = new StringBuilder();
        for (int i = 0; i < recording.iterations(); i++) {
            line.setLength(0);
            line.append("{\"iteration\":").append(i);
            line.append(",\"start_ns\":").append(recording.startNs(i));
            line.append(",\"end_ns\":").append(recording.endNs(i));
            recording.appendFields(line, i);
            write(output, line.append("}\n").toString());
            if (i == 0) {
                output.flush();
            }
        }
        write(output, "{\"done\":true}\n");
        output.flush();
    }

    private static void write(OutputStream output, String line) throws IOException {
        output.write(line.getBytes(StandardCharsets.US_ASCII));
    }
}
