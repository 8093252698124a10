namespace Awaitbench.Work;

/// <summary>Starting many tasks and joining them.</summary>
internal static class SpawnJoin
{
    /// <summary>Calls of an async method with nothing to wait for: each is complete when it returns, and nothing is
    /// scheduled.</summary>
    public static async Task<uint> AsyncCallAsync(Job job, int iteration) =>
        Job.Fold(await Task.WhenAll(job.Start(iteration, ImmediateAsync)));

    /// <summary>Task.Run hands each to the thread pool.</summary>
    public static async Task<uint> TaskRunAsync(Job job, int iteration) =>
        Job.Fold(await Task.WhenAll(job.Start(iteration, value => Task.Run(() => value))));

    /// <summary>Calls of an async method that suspends once, and goes on in the thread pool.</summary>
    public static async Task<uint> YieldOnceAsync(Job job, int iteration) =>
        Job.Fold(await Task.WhenAll(job.Start(iteration, YieldingAsync)));

    private static async Task<uint> ImmediateAsync(uint value) => value;

    private static async Task<uint> YieldingAsync(uint value)
    {
        await Task.Yield();
        return value;
    }
}
