package awaitbench;

/**
 * What a job's iterations leave behind, in flat arrays that are made before the first one: an iteration more costs its
 * words, and no object.
 */
public abstract class Recording {
    private final long[] moments;

    protected Recording(int iterations) {
        moments = new long[2 * iterations];
    }

    /** An iteration, given its number. */
    public interface Work {
        void perform(int iteration) throws Exception;
    }

    /** Does all iterations back to back. */
    public final void iterate(Work work) throws Exception {
        for (int i = 0; i < iterations(); i++) {
            moments[2 * i] = System.nanoTime();
            work.perform(i);
            moments[2 * i + 1] = System.nanoTime();
        }
    }

    final int iterations() {
        return moments.length / 2;
    }

    /** When an iteration began, in ns of the monotonic clock. */
    protected final long startNs(int iteration) {
        return moments[2 * iteration];
    }

    /** When it was over. */
    protected final long endNs(int iteration) {
        return moments[2 * iteration + 1];
    }

    /** Appends what the family adds to the record of an iteration, each member behind a comma. */
    protected abstract void appendFields(StringBuilder line, int iteration);
}
