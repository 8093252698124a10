package awaitbench;

/** A ping program: all chains of its job at once; closed, it closes its connections. */
interface Pings extends AutoCloseable {
    /** Makes a program for a job, to keep its pings in a recording. */
    interface Program {
        Pings open(PingJob job, PingRecording recording);
    }

    void parallel(int iteration) throws Exception;

    @Override
    void close();
}
