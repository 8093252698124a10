namespace Awaitbench.Work;

/// <summary>Awaiting what is complete already.</summary>
internal static class AwaitCompleted
{
    /// <summary>Tasks that are complete: await does not suspend.</summary>
    public static async Task<uint> TaskAsync(Job job, int iteration)
    {
        uint checksum = 0;
        for (int k = 0; k < job.Size; k++)
        {
            checksum = Job.Fold(checksum, await Task.FromResult(job.Value(iteration, k)));
        }
        return checksum;
    }
}
