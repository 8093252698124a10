namespace Awaitbench.Work;

/// <summary>Two tasks that pass a value to and fro: each await really suspends.</summary>
internal static class AwaitSuspended
{
    /// <summary>Completion sources as gates, one per player: who receives a value closes a new gate of its own, and
    /// opens the other's with the next value.</summary>
    public static async Task<uint> TasksAsync(Job job, int iteration)
    {
        TaskCompletionSource<uint>[] gates = [NewGate(), NewGate()];
        uint checksum = 0;

        async Task PlayAsync(int self)
        {
            for (int turn = self; turn < job.Size; turn += 2)
            {
                uint value = await gates[self].Task; // before `checksum` is read: the other player folds as well
                checksum = Job.Fold(checksum, value);
                gates[self] = NewGate();
                gates[1 - self].SetResult(job.Value(iteration, turn + 1));
            }
        }

        Task players = Task.WhenAll(PlayAsync(0), PlayAsync(1));
        gates[0].SetResult(job.Value(iteration, 0));
        await players;
        return checksum;
    }

    /// <summary>The same on a context of one thread, as an event loop has it.</summary>
    public static Task<uint> OnPumpAsync(Job job, int iteration) =>
        Task.FromResult(Pump.Run(() => TasksAsync(job, iteration)));

    /// <summary>A gate whose opening does not run the other player inside its own call, ever deeper.</summary>
    private static TaskCompletionSource<uint> NewGate() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
