package awaitbench.work;

import awaitbench.Recording;

/** Each iteration's checksum, and what belongs into its family's field where there is one. */
final class WorkRecording extends Recording {
    private final String field;
    private final int[] checksums;
    private final long[] noted;

    WorkRecording(int iterations, String field) {
        super(iterations);
        this.field = field;
        checksums = new int[iterations];
        noted = new long[iterations];
    }

    void record(int iteration, int checksum, long seen) {
        checksums[iteration] = checksum;
        noted[iteration] = seen;
    }

    @Override
    protected void appendFields(StringBuilder line, int iteration) {
        line.append(",\"checksum\":").append(Integer.toUnsignedLong(checksums[iteration]));
        if (field != null) {
            line.append(",\"").append(field).append("\":").append(noted[iteration]);
        }
    }
}
