namespace Awaitbench.Work;

/// <summary>A family: its ways, the names of its own parameters, whole numbers or flags, and its records' own field.</summary>
internal sealed record Family(
    Dictionary<string, Way> Ways, string[]? Own = null, string[]? Flags = null, string? Field = null);

/// <summary>The families by name: a table, as what is found by name alone is lost when a program is trimmed.</summary>
internal static class Families
{
    public static Family? Find(string name) => name switch
    {
        "timers" => new(new() { ["task"] = Timers.DelayAsync }, Own: ["delay_ns"]),
        "await-completed" => new(new() { ["task"] = AwaitCompleted.TaskAsync }),
        "await-suspended" => new(new() { ["task"] = AwaitSuspended.TasksAsync, ["task-single"] = AwaitSuspended.OnPumpAsync }),
        "spawn-join" => new(new()
        {
            ["async-call"] = SpawnJoin.AsyncCallAsync,
            ["task-run"] = SpawnJoin.TaskRunAsync,
            ["yield-once"] = SpawnJoin.YieldOnceAsync,
        }),
        "state-machine" => new(new() { ["task"] = StateMachine.CompiledAsync, ["by-hand"] = StateMachine.ByHandAsync }),
        "dummy-loop" => new(new() { ["custom-awaiter"] = DummyLoop.CustomAwaiterAsync }),
        "value-task" => new(
            new()
            {
                ["task"] = ValueTasks.TaskAsync,
                ["value-task"] = ValueTasks.ValueTaskAsync,
                ["pooled-value-task"] = ValueTasks.PooledAsync,
            },
            Flags: ["suspend"],
            Field: "allocated_bytes"),
        "styles" => new(new()
        {
            ["task"] = Styles.AwaitAsync,
            ["continue-with"] = Styles.ContinueWithAsync,
            ["continue-with-sync"] = Styles.ContinueWithSyncAsync,
        }),
        "cancel" => new(
            new() { ["task"] = Cancel.SourcesAsync, ["shared-token"] = Cancel.SharedTokenAsync }, Field: "cancel_ns"),
        "blocking" => new(new() { ["on-pump"] = Blocking.OnPumpAsync, ["task-run"] = Blocking.TaskRunAsync }, Own: ["block_ns"]),
        "parallel-cpu" => new(new() { ["task-run"] = ParallelCpu.TaskRunAsync }, Own: ["rounds", "workers"]),
        _ => null,
    };
}
