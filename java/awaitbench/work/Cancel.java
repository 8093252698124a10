package awaitbench.work;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;

/** Cancelling many pending tasks, until the last has ended. */
final class Cancel {
    private Cancel() {}

    /** A virtual thread each, which is interrupted while it is parked. */
    static int virtualThreads(Job job, int iteration) throws InterruptedException {
        int[] values = new int[job.size()];
        var threads = new ArrayList<Thread>(values.length);
        for (int k = 0; k < values.length; k++) {
            int place = k;
            int value = job.value(iteration, k);
            threads.add(Thread.startVirtualThread(() -> values[place] = pending(value)));
        }
        for (Thread thread : threads) {
            while (thread.getState() != Thread.State.WAITING) {
                Thread.yield(); // it has not reached its wait
            }
        }
        long startNs = System.nanoTime();
        threads.forEach(Thread::interrupt);
        for (Thread thread : threads) {
            thread.join();
        }
        job.note(System.nanoTime() - startNs);
        int checksum = 0;
        for (int value : values) {
            checksum = Job.fold(checksum, value);
        }
        return checksum;
    }

    /** Waits for what never comes; gives the value when interrupted. */
    private static int pending(int value) {
        try {
            new CountDownLatch(1).await();
            throw new IllegalStateException("What never comes has come.");
        } catch (InterruptedException interrupted) {
            return value;
        }
    }

    /** A future each that nobody completes, with a stage that gives the value when it is cancelled. */
    static int futures(Job job, int iteration) throws InterruptedException, ExecutionException {
        var pending = new ArrayList<CompletableFuture<Integer>>(job.size());
        List<CompletableFuture<Integer>> handled = job.start(iteration, value -> {
            var future = new CompletableFuture<Integer>();
            pending.add(future);
            return future.exceptionally(cancelled -> value);
        });
        long startNs = System.nanoTime();
        pending.forEach(future -> future.cancel(true));
        CompletableFuture.allOf(handled.toArray(CompletableFuture<?>[]::new)).join();
        job.note(System.nanoTime() - startNs);
        return Job.join(handled);
    }
}
