package awaitbench.work;

import java.util.List;
import java.util.Map;

/**
 * A family: its ways by the argument of the command, the names of its own parameters, and the field that it adds to its
 * records, or null.
 */
record Family(Map<String, Way> ways, List<String> own, String field) {
    static final String VIRTUAL = "virtual-threads";
    static final String FUTURE = "completable-future";

    /** One way of doing a family: does an iteration, and gives its checksum. */
    interface Way {
        int perform(Job job, int iteration) throws Exception;
    }

    /** Returns the family of a name, or null. */
    static Family find(String name) {
        return switch (name) {
            case "timers" -> new Family(
                    Map.of(VIRTUAL, Timers::virtualThreads, FUTURE, Timers::futures), List.of("delay_ns"), null);
            case "await-completed" -> new Family(
                    Map.of(VIRTUAL, AwaitCompleted::virtualThread, FUTURE, AwaitCompleted::futures), List.of(), null);
            case "await-suspended" -> new Family(
                    Map.of(VIRTUAL, AwaitSuspended::virtualThreads, FUTURE, AwaitSuspended::futures), List.of(), null);
            case "spawn-join" -> new Family(
                    Map.of(VIRTUAL, SpawnJoin::virtualThreads, FUTURE, SpawnJoin::futures), List.of(), null);
            case "cancel" -> new Family(
                    Map.of(VIRTUAL, Cancel::virtualThreads, FUTURE, Cancel::futures), List.of(), "cancel_ns");
            case "parallel-cpu" -> new Family(
                    Map.of(VIRTUAL, ParallelCpu::virtualThreads, FUTURE, ParallelCpu::futures),
                    List.of("rounds", "workers"),
                    null);
            default -> null;
        };
    }
}
