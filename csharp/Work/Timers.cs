namespace Awaitbench.Work;

/// <summary>Many delays at once.</summary>
internal static class Timers
{
    /// <summary>Task.Delay, joined by Task.WhenAll. .NET counts timers in whole ms; none was seen to be early, but
    /// nothing rules it out, so the join yields until the delay has passed by the clock.</summary>
    public static async Task<uint> DelayAsync(Job job, int iteration)
    {
        TimeSpan delay = job.Time("delay_ns");
        long dueNs = Contract.NowNs + (long)delay.TotalNanoseconds;
        uint[] values = await Task.WhenAll(job.Start(iteration, value => DelayedAsync(value, delay)));
        while (Contract.NowNs < dueNs)
        {
            await Task.Yield();
        }
        return Job.Fold(values);
    }

    /// <summary>Returns a value after a delay.</summary>
    private static async Task<uint> DelayedAsync(uint value, TimeSpan delay)
    {
        await Task.Delay(delay);
        return value;
    }
}
