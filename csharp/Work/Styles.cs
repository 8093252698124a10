namespace Awaitbench.Work;

/// <summary>The same dependent steps with await and with continuations; each takes a turn of the pool.</summary>
internal static class Styles
{
    /// <summary>Awaits each step.</summary>
    public static async Task<uint> AwaitAsync(Job job, int iteration)
    {
        uint checksum = 0;
        for (int k = 0; k < job.Size; k++)
        {
            checksum = Job.Fold(checksum, await StepAsync(job.Value(iteration, k)));
        }
        return checksum;
    }

    /// <summary>Asks each step to go on with the next one: plain ContinueWith, a work item of its own.</summary>
    public static Task<uint> ContinueWithAsync(Job job, int iteration) =>
        ContinueAsync(TaskContinuationOptions.None, job, iteration);

    /// <summary>The same, on the thread that completes the step, as await does.</summary>
    public static Task<uint> ContinueWithSyncAsync(Job job, int iteration) =>
        ContinueAsync(TaskContinuationOptions.ExecuteSynchronously, job, iteration);

    private static Task<uint> ContinueAsync(TaskContinuationOptions options, Job job, int iteration)
    {
        var end = new TaskCompletionSource<uint>(TaskCreationOptions.RunContinuationsAsynchronously);
        uint checksum = 0;
        int k = 0;

        void Start()
        {
            if (k == job.Size)
            {
                end.SetResult(checksum);
            }
            else
            {
                StepAsync(job.Value(iteration, k++))
                    .ContinueWith(Stop, CancellationToken.None, options, TaskScheduler.Default);
            }
        }

        void Stop(Task<uint> step)
        {
            checksum = Job.Fold(checksum, step.Result);
            Start();
        }

        Start();
        return end.Task;
    }

    /// <summary>Completes with a value on the pool's next turn.</summary>
    private static async Task<uint> StepAsync(uint value)
    {
        await Task.Yield();
        return value;
    }
}
