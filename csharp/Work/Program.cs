using Awaitbench;
using Awaitbench.Work;

// The families without a network: `work WAY` does them in one way.
Dictionary<string, Way>? ways = args switch
{
    ["task"] => new()
    {
        ["timers"] = Timers.DelayAsync,
        ["await-completed"] = AwaitCompleted.TaskAsync,
        ["await-suspended"] = AwaitSuspended.TasksAsync,
        ["spawn-join"] = SpawnJoin.WhenAllAsync,
        ["state-machine"] = StateMachine.CompiledAsync,
        ["value-task"] = ValueTasks.TaskAsync,
        ["styles"] = Styles.AwaitAsync,
        ["cancel"] = Cancel.TasksAsync,
    },
    ["task-single"] => new() { ["await-suspended"] = AwaitSuspended.OnPumpAsync },
    ["by-hand"] => new() { ["state-machine"] = StateMachine.ByHandAsync },
    ["generators"] => new() { ["dummy-loop"] = DummyLoop.GeneratorsAsync },
    ["value-task"] => new() { ["value-task"] = ValueTasks.ValueTaskAsync },
    ["pooled-value-task"] => new() { ["value-task"] = ValueTasks.PooledAsync },
    ["continue-with"] => new() { ["styles"] = Styles.ContinueWithAsync },
    ["on-pump"] => new() { ["blocking"] = Blocking.OnPumpAsync },
    ["task-run"] => new()
    {
        ["spawn-join"] = SpawnJoin.TaskRunAsync,
        ["blocking"] = Blocking.TaskRunAsync,
        ["parallel-cpu"] = ParallelCpu.TaskRunAsync,
    },
    _ => null,
};
if (ways is null)
{
    Console.Error.WriteLine("Usage: work WAY, with a job on standard input");
    return 2;
}
return await Contract.ServeAsync(line => Job.RunAsync(ways, line));
