namespace Awaitbench.Work;

/// <summary>Cancelling many pending tasks, until the last has ended.</summary>
internal static class Cancel
{
    /// <summary>A CancellationTokenSource for each.</summary>
    public static async Task<uint> TasksAsync(Job job, int iteration)
    {
        var sources = new CancellationTokenSource[job.Size];
        var waiting = new Task<uint>[job.Size];
        for (int k = 0; k < job.Size; k++)
        {
            sources[k] = new CancellationTokenSource();
            waiting[k] = PendingAsync(job.Value(iteration, k), sources[k].Token);
        }
        long startNs = Contract.NowNs;
        foreach (CancellationTokenSource source in sources)
        {
            source.Cancel();
        }
        uint[] values = await Task.WhenAll(waiting);
        job.Noted = Contract.NowNs - startNs;
        foreach (CancellationTokenSource source in sources)
        {
            source.Dispose();
        }
        return Job.Fold(values);
    }

    /// <summary>Waits for what never comes; gives the value when cancelled.</summary>
    private static async Task<uint> PendingAsync(uint value, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        catch (OperationCanceledException)
        {
        }
        return value;
    }
}
