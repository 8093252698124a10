package awaitbench;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** All pings of a job: five words each, start, connect, head, end and status. */
final class PingRecording extends Recording {
    /** In place of a moment that was not seen. */
    static final long NOT_SEEN = -1;

    private static final int WORDS = 5;
    private static final int STATUS = WORDS - 1;

    private final PingJob job;
    private final int pings;
    private final long[] words;

    PingRecording(PingJob job) {
        super(job.iterations());
        this.job = job;
        pings = job.pings();
        words = new long[Math.multiplyExact(WORDS * job.iterations(), pings)];
    }

    /**
     * Keeps one ping: its moments in ns of the monotonic clock, and its status or failure.
     *
     * @param slot its place among all pings of the job: iteration after iteration, chain after chain
     */
    void record(int slot, long startNs, long connectNs, long headNs, long endNs, int status) {
        int first = WORDS * slot;
        words[first] = startNs;
        words[first + 1] = connectNs;
        words[first + 2] = headNs;
        words[first + 3] = endNs;
        words[first + STATUS] = status;
    }

    /** Appends an iteration's pings, their times counted from its start. */
    @Override
    protected void appendFields(StringBuilder line, int iteration) {
        int slot = iteration * pings;
        String between = ",\"pings\":[[";
        for (List<Site> sites : job.chains()) {
            for (int i = 0; i < sites.size(); i++) {
                line.append(i == 0 ? between : ",");
                appendPing(line, WORDS * slot++, startNs(iteration));
            }
            between = "],[";
        }
        line.append("]]");
    }

    private void appendPing(StringBuilder line, int first, long zeroNs) {
        line.append('[');
        for (int i = first; i < first + STATUS; i++) {
            if (words[i] == NOT_SEEN) {
                line.append("null,");
            } else {
                line.append(words[i] - zeroNs).append(',');
            }
        }
        int status = (int) words[first + STATUS];
        if (status < 0) {
            line.append('"').append(Failure.word(status)).append('"');
        } else {
            line.append(status);
        }
        line.append(']');
    }

    /** Prints the survey's three lines of the first iteration, in seconds. */
    void printTimes() {
        List<Site> sites = job.chains().stream().flatMap(List::stream).toList();
        double[] seconds = IntStream.range(0, sites.size())
                .mapToDouble(slot -> (words[WORDS * slot + 3] - words[WORDS * slot]) / 1e9)
                .toArray();
        String perSite = IntStream.range(0, sites.size())
                .mapToObj(slot -> String.format(
                        Locale.ROOT, "%s %.6f%s", sites.get(slot).name(), seconds[slot], note(slot)))
                .collect(Collectors.joining(", "));
        System.out.printf(Locale.ROOT, "Real time: %.6f%n", (endNs(0) - startNs(0)) / 1e9);
        System.out.printf("Time per site: %s%n", perSite);
        System.out.printf(Locale.ROOT, "Total time: %.6f%n", DoubleStream.of(seconds).sum());
    }

    private String note(int slot) {
        int status = (int) words[WORDS * slot + STATUS];
        return status < 0 ? " (" + Failure.word(status) + ")" : "";
    }
}
