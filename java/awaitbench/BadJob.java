package awaitbench;

/** The job, or the arguments of a person, cannot be done; the message says why, in a sentence. */
public final class BadJob extends RuntimeException {
    private static final long serialVersionUID = 1;

    public BadJob(String message) {
        super(message);
    }
}
