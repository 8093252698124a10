namespace Awaitbench.Work;

/// <summary>Starting many tasks and joining them.</summary>
internal static class SpawnJoin
{
    /// <summary>Calls of an async method, which run at once on the caller's thread; Task.WhenAll joins them.</summary>
    public static async Task<uint> WhenAllAsync(Job job, int iteration) =>
        Job.Fold(await Task.WhenAll(job.Values(iteration).Select(ImmediateAsync)));

    /// <summary>Task.Run hands each to the thread pool.</summary>
    public static async Task<uint> TaskRunAsync(Job job, int iteration) =>
        Job.Fold(await Task.WhenAll(job.Values(iteration).Select(value => Task.Run(() => value))));

    /// <summary>Has nothing to wait for.</summary>
    private static async Task<uint> ImmediateAsync(uint value) => value;
}
