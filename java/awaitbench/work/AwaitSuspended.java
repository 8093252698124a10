package awaitbench.work;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;

/**
 * Two players that pass a value to and fro. A future is a gate: who receives a value closes a new gate of its own, and
 * opens the other's with the next value. Whatever one player writes it writes before it opens the other's gate.
 */
final class AwaitSuspended {
    private final Job job;
    private final int iteration;
    private final List<CompletableFuture<Integer>> gates = pair();
    private int checksum;

    private AwaitSuspended(Job job, int iteration) {
        this.job = job;
        this.iteration = iteration;
    }

    private static <T> List<CompletableFuture<T>> pair() {
        return new ArrayList<>(List.of(new CompletableFuture<T>(), new CompletableFuture<T>()));
    }

    private void receive(int self, int value) {
        checksum = Job.fold(checksum, value);
        gates.set(self, new CompletableFuture<>());
    }

    private void open(int player, int turn) {
        gates.get(player).complete(job.value(iteration, turn));
    }

    /** A virtual thread each, which parks at its gate. */
    static int virtualThreads(Job job, int iteration) throws InterruptedException, ExecutionException {
        var game = new AwaitSuspended(job, iteration);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<? extends Future<?>> players =
                    List.of(threads.submit(() -> game.play(0)), threads.submit(() -> game.play(1)));
            game.open(0, 0);
            for (Future<?> player : players) {
                player.get();
            }
        }
        return game.checksum;
    }

    private void play(int self) {
        for (int turn = self; turn < job.size(); turn += 2) {
            receive(self, gates.get(self).join());
            open(1 - self, turn + 1);
        }
    }

    /** A stage for each turn, which goes on in the common pool: run inside the opening it would nest ever deeper. */
    static int futures(Job job, int iteration) {
        var game = new AwaitSuspended(job, iteration);
        List<CompletableFuture<Void>> ends = pair();
        game.goOn(0, 0, ends.get(0));
        game.goOn(1, 1, ends.get(1));
        game.open(0, 0);
        CompletableFuture.allOf(ends.get(0), ends.get(1)).join();
        return game.checksum;
    }

    private void goOn(int self, int turn, CompletableFuture<Void> end) {
        if (turn >= job.size()) {
            end.complete(null);
            return;
        }
        // The pool is named, since with one CPU releases before 25 start a thread for each stage instead.
        gates.get(self).thenAcceptAsync(value -> {
            receive(self, value);
            goOn(self, turn + 2, end);
            open(1 - self, turn + 1);
        }, ForkJoinPool.commonPool());
    }
}
