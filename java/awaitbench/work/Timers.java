package awaitbench.work;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;

/** Many delays at once. */
final class Timers {
    private Timers() {}

    /** A virtual thread each, which sleeps. */
    static int virtualThreads(Job job, int iteration) throws InterruptedException, ExecutionException {
        Duration delay = Duration.ofNanos(job.own("delay_ns"));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return Job.join(job.start(iteration, value -> threads.submit(() -> {
                Thread.sleep(delay);
                return value;
            })));
        }
    }

    /** An executor that waits before it hands its task to the common pool. */
    static int futures(Job job, int iteration) throws InterruptedException, ExecutionException {
        var later = CompletableFuture.delayedExecutor(
                job.own("delay_ns"), TimeUnit.NANOSECONDS, ForkJoinPool.commonPool());
        return Job.join(job.start(iteration, value -> CompletableFuture.supplyAsync(() -> value, later)));
    }
}
