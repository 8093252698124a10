namespace Awaitbench.Work;

/// <summary>Jobs that only compute, started at once.</summary>
internal static class ParallelCpu
{
    /// <summary>Handed to the thread pool.</summary>
    public static async Task<uint> TaskRunAsync(Job job, int iteration)
    {
        int rounds = checked((int)job.Own["rounds"]);
        int workers = checked((int)job.Own["workers"]);
        ThreadPool.SetMinThreads(workers, workers);
        ThreadPool.SetMaxThreads(workers, workers);
        return Job.Fold(await Task.WhenAll(job.Start(iteration, value => Task.Run(() => Compute(value, rounds)))));
    }

    /// <summary>Turns a linear congruential generator.</summary>
    private static uint Compute(uint value, int rounds)
    {
        for (int round = 0; round < rounds; round++)
        {
            value = unchecked((1664525 * value) + 1013904223);
        }
        return value;
    }
}
