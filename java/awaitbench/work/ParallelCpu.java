package awaitbench.work;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Jobs that only compute, started at once. */
final class ParallelCpu {
    // Not final: with constants the compiler would make one multiplication of several rounds.
    private static int multiplier = 1664525;
    private static int increment = 1013904223;

    private static ExecutorService pool;

    private ParallelCpu() {}

    /** A virtual thread each, on as many carriers as the job says. */
    static int virtualThreads(Job job, int iteration) throws InterruptedException, ExecutionException {
        // Read once, when this process starts its first virtual thread.
        System.setProperty("jdk.virtualThreadScheduler.parallelism", Long.toString(job.own("workers")));
        long rounds = job.own("rounds");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return Job.join(job.start(iteration, value -> threads.submit(() -> compute(value, rounds))));
        }
    }

    /** Handed to a pool of platform threads, which is kept from one iteration to the next. */
    static int futures(Job job, int iteration) throws InterruptedException, ExecutionException {
        if (pool == null) {
            int workers = Math.toIntExact(job.own("workers"));
            pool = Executors.newFixedThreadPool(workers, Thread.ofPlatform().daemon().factory());
        }
        long rounds = job.own("rounds");
        return Job.join(job.start(
                iteration, value -> CompletableFuture.supplyAsync(() -> compute(value, rounds), pool)));
    }

    /** Turns a linear congruential generator. */
    private static int compute(int value, long rounds) {
        int a = multiplier;
        int c = increment;
        for (long round = 0; round < rounds; round++) {
            value = a * value + c;
        }
        return value;
    }
}
