namespace Awaitbench.Work;

/// <summary>Cancelling many pending tasks, until the last has ended.</summary>
internal static class Cancel
{
    /// <summary>A CancellationTokenSource for each.</summary>
    public static async Task<uint> SourcesAsync(Job job, int iteration)
    {
        var sources = new CancellationTokenSource[job.Size];
        var waiting = new Task<uint>[job.Size];
        for (int k = 0; k < waiting.Length; k++)
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

    /// <summary>One CancellationTokenSource for all.</summary>
    public static async Task<uint> SharedTokenAsync(Job job, int iteration)
    {
        using var source = new CancellationTokenSource();
        Task<uint>[] waiting = job.Start(iteration, value => PendingAsync(value, source.Token));
        long startNs = Contract.NowNs;
        source.Cancel();
        uint[] values = await Task.WhenAll(waiting);
        job.Noted = Contract.NowNs - startNs;
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
