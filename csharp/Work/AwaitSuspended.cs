namespace Awaitbench.Work;

/// <summary>Two tasks that pass a value to and fro: each await really suspends.</summary>
internal static class AwaitSuspended
{
    /// <summary>Completion sources as gates: who receives a value opens the other's gate with the next one.</summary>
    public static async Task<uint> TasksAsync(Job job, int iteration)
    {
        var gates = new TaskCompletionSource<uint>[job.Size + 1];
        for (int turn = 0; turn < gates.Length; turn++)
        {
            // Without this, who opens a gate would run the other player inside its own call, ever deeper.
            gates[turn] = new TaskCompletionSource<uint>(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        uint checksum = 0;

        async Task PlayAsync(int firstTurn)
        {
            for (int turn = firstTurn; turn < job.Size; turn += 2)
            {
                uint value = await gates[turn].Task; // before `checksum` is read: the other player folds as well
                checksum = Job.Fold(checksum, value);
                gates[turn + 1].SetResult(job.Value(iteration, turn + 1));
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
}
