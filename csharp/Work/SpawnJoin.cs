namespace Awaitbench.Work;

/// <summary>Starting many tasks and joining them.</summary>
internal static class SpawnJoin
{
    /// <summary>Calls of an async method, which run at once on the caller's thread; Task.WhenAll joins them.</summary>
    public static async Task<uint> WhenAllAsync(Job job, int iteration)
    {
        var tasks = new Task<uint>[job.Size];
        for (int k = 0; k < tasks.Length; k++)
        {
            tasks[k] = ImmediateAsync(job.Value(iteration, k));
        }
        return Job.Fold(await Task.WhenAll(tasks));
    }

    /// <summary>Task.Run hands each to the thread pool.</summary>
    public static async Task<uint> TaskRunAsync(Job job, int iteration)
    {
        var tasks = new Task<uint>[job.Size];
        for (int k = 0; k < tasks.Length; k++)
        {
            uint value = job.Value(iteration, k);
            tasks[k] = Task.Run(() => value);
        }
        return Job.Fold(await Task.WhenAll(tasks));
    }

    /// <summary>Has nothing to wait for.</summary>
    private static async Task<uint> ImmediateAsync(uint value) => value;
}
