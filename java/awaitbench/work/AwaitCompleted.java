package awaitbench.work;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Waiting for what is complete already. */
final class AwaitCompleted {
    private AwaitCompleted() {}

    /** A virtual thread joins futures that are complete: it never parks. */
    static int virtualThread(Job job, int iteration) throws InterruptedException, ExecutionException {
        var task = new FutureTask<>(() -> {
            int checksum = 0;
            for (int k = 0; k < job.size(); k++) {
                checksum = Job.fold(checksum, CompletableFuture.completedFuture(job.value(iteration, k)).join());
            }
            return checksum;
        });
        Thread.startVirtualThread(task);
        return task.get();
    }

    /** A stage for each future, which runs at once, as both that it stands on are complete. */
    static int futures(Job job, int iteration) {
        var checksum = CompletableFuture.completedFuture(0);
        for (int k = 0; k < job.size(); k++) {
            var value = CompletableFuture.completedFuture(job.value(iteration, k));
            checksum = checksum.thenCombine(value, Job::fold);
        }
        return checksum.join();
    }
}
