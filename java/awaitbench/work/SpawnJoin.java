package awaitbench.work;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;

/** Starting many tasks and joining them. */
final class SpawnJoin {
    private SpawnJoin() {}

    /** A virtual thread each. */
    static int virtualThreads(Job job, int iteration) throws InterruptedException, ExecutionException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return Job.join(job.start(iteration, value -> threads.submit(() -> value)));
        }
    }

    /** Each handed to the common pool, which is named for the reason told in AwaitSuspended. */
    static int futures(Job job, int iteration) throws InterruptedException, ExecutionException {
        var pool = ForkJoinPool.commonPool();
        return Job.join(job.start(iteration, value -> CompletableFuture.supplyAsync(() -> value, pool)));
    }
}
