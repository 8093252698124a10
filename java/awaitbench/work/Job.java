package awaitbench.work;

import awaitbench.BadJob;
import awaitbench.RawJob;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/** What to do: a size, the seed of the values, and a family's own. Values are unsigned, as the bits of an int. */
final class Job {
    private final int size;
    private final long seed;
    private final Map<String, Object> params;
    private long noted;

    private Job(int size, long seed, Map<String, Object> params) {
        this.size = size;
        this.seed = seed;
        this.params = params;
    }

    /**
     * Reads a job's params, strictly: every one due, each a whole number that is not negative, and no other; a pool has
     * a worker at least.
     */
    static Job parse(RawJob raw, List<String> own) {
        List<String> due = Stream.concat(Stream.of("size", "seed"), own.stream()).toList();
        Map<String, Object> params = raw.params();
        boolean understood = params.size() == due.size()
                && due.stream().allMatch(name -> params.get(name) instanceof Long number && number >= least(name))
                && (long) params.get("size") <= Integer.MAX_VALUE;
        if (!understood) {
            throw new BadJob("A job of the family %s has the params %s; this one differs."
                    .formatted(raw.family(), String.join(", ", due)));
        }
        return new Job((int) (long) params.get("size"), (long) params.get("seed"), params);
    }

    private static long least(String name) {
        return name.equals("workers") ? 1 : 0;
    }

    int size() {
        return size;
    }

    /** One of the family's own parameters. */
    long own(String name) {
        return (long) params.get(name);
    }

    /** The k-th value of an iteration. */
    int value(int iteration, int k) {
        return (int) (seed + iteration + k);
    }

    /** Starts something for each value of an iteration, in their order. */
    <T> List<T> start(int iteration, IntFunction<T> begin) {
        var started = new ArrayList<T>(size);
        for (int k = 0; k < size; k++) {
            started.add(begin.apply(value(iteration, k)));
        }
        return started;
    }

    /** Folds one value more into a checksum, which starts as 0. */
    static int fold(int checksum, int value) {
        return 31 * checksum + value;
    }

    /** The checksum of what all give, in their order; waits for each. */
    static int join(List<? extends Future<Integer>> started) throws InterruptedException, ExecutionException {
        int checksum = 0;
        for (Future<Integer> each : started) {
            checksum = fold(checksum, each.get());
        }
        return checksum;
    }

    /** What a way saw in an iteration, for the field that its family adds to the record. */
    long noted() {
        return noted;
    }

    void note(long seen) {
        noted = seen;
    }
}
