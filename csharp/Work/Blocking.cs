namespace Awaitbench.Work;

/// <summary>Calls that block, started at once.</summary>
internal static class Blocking
{
    /// <summary>Called from async methods on a context of one thread: each holds it up.</summary>
    public static Task<uint> OnPumpAsync(Job job, int iteration)
    {
        TimeSpan time = job.Time("block_ns");

        async Task<uint> CallAsync(uint value)
        {
            await Task.Yield(); // go on as a callback of the pump
            return Block(value, time);
        }

        async Task<uint> AllAsync() => Job.Fold(await Task.WhenAll(job.Start(iteration, CallAsync)));

        return Task.FromResult(Pump.Run(AllAsync));
    }

    /// <summary>Handed to the thread pool, which adds threads as it sees fit.</summary>
    public static async Task<uint> TaskRunAsync(Job job, int iteration)
    {
        TimeSpan time = job.Time("block_ns");
        return Job.Fold(await Task.WhenAll(job.Start(iteration, value => Task.Run(() => Block(value, time)))));
    }

    /// <summary>Blocks the thread, then returns a value.</summary>
    private static uint Block(uint value, TimeSpan time)
    {
        Thread.Sleep(time);
        return value;
    }
}
