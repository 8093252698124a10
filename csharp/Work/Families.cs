namespace Awaitbench.Work;

/// <summary>The families by name: a table, as what is found by name alone is lost when a program is trimmed.</summary>
internal static class Families
{
    public static Family? Find(string name) => name switch
    {
        "timers" => Timers.Family,
        "await-completed" => AwaitCompleted.Family,
        "await-suspended" => AwaitSuspended.Family,
        "spawn-join" => SpawnJoin.Family,
        "state-machine" => StateMachine.Family,
        "dummy-loop" => DummyLoop.Family,
        "value-task" => ValueTasks.Family,
        "styles" => Styles.Family,
        "cancel" => Cancel.Family,
        "blocking" => Blocking.Family,
        "parallel-cpu" => ParallelCpu.Family,
        _ => null,
    };
}
