namespace Awaitbench.Work;

/// <summary>Cancelling many pending tasks, until the last has ended.</summary>
internal static class Cancel
{
    /// <summary>One CancellationTokenSource for all.</summary>
    public static async Task<uint> TasksAsync(Job job, int iteration)
    {
        using var source = new CancellationTokenSource();
        Task<uint>[] waiting = [.. job.Values(iteration).Select(value => PendingAsync(value, source.Token))];
        await source.CancelAsync();
        return Job.Fold(await Task.WhenAll(waiting));
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
