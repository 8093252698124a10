using System.Diagnostics;

namespace Awaitbench.Probes;

/// <summary>Probes of running at once, and of what gets lost by it.</summary>
internal static class Races
{
    private const int Tasks = 1_000;

    // probe: parallel-spin-flag
    /// <summary>Whether a body that spins sees what another one sets.</summary>
    public static void ParallelSpinFlag(Observations seen)
    {
        int[] flags = new int[2];
        Task<bool> sees = Task.Run(() => SeesFlag(ref flags[0], 5_000));
        Task.Run(() => Volatile.Write(ref flags[0], 1)).Wait();
        seen.Fact("threads-saw-flag", sees.Result);

        flags = new int[2];
        bool[] saw = Task.WhenAll(Task.Run(() => Mutual(0)), Task.Run(() => Mutual(1))).Result;
        seen.Fact("threads-both-saw-flag", saw.All(both => both));

        flags = new int[2];
        Pump.Run(async () =>
        {
            Task<bool> spinner = SpinAsync();
            Task setter = SetAsync();
            seen.Fact("loop-saw-flag", await spinner);
            await setter;
        });

        bool Mutual(int me)
        {
            Volatile.Write(ref flags[me], 1);
            return SeesFlag(ref flags[1 - me], 5_000);
        }

        async Task<bool> SpinAsync()
        {
            await Task.Yield();
            return SeesFlag(ref flags[0], 100);
        }

        async Task SetAsync()
        {
            await Task.Yield();
            Volatile.Write(ref flags[0], 1);
        }
    }

    private static bool SeesFlag(ref int flag, int ms)
    {
        long start = Stopwatch.GetTimestamp();
        while (Volatile.Read(ref flag) == 0)
        {
            if (Stopwatch.GetElapsedTime(start).TotalMilliseconds > ms)
            {
                return false;
            }
        }
        return true;
    }

    // probe: lost-update
    /// <summary>What a thousand tasks make of one counter that each reads and then writes.</summary>
    public static void LostUpdate(Observations seen)
    {
        int n = 0;
        Pump.Run(async () =>
        {
            using var turnstile = new SemaphoreSlim(1);
            seen.Fact("nothing-between", await CountAsync(() => AddAsync(null)));
            seen.Fact("yield-between", await CountAsync(() => AddAsync(YieldAsync)));
            seen.Fact("completed-between", await CountAsync(() => AddAsync(() => Task.CompletedTask)));
            seen.Fact("completed-forced-yield-between", await CountAsync(AddForcedAsync));
            seen.Fact("add-await-suspending", await CountAsync(AddAwaitedAsync));
            seen.Fact("add-await-completed", await CountAsync(AddCompletedAsync));
            seen.Fact("locked", await CountAsync(async () =>
            {
                await turnstile.WaitAsync();
                await AddAsync(YieldAsync);
                turnstile.Release();
            }));
        });

        n = 0;
        using var bothHaveRead = new Barrier(2);
        Task.WaitAll(Task.Run(AddByTwo), Task.Run(AddByTwo));
        seen.Fact("two-threads-nothing-between", n);
        n = 0;
        Task.WaitAll(Enumerable.Range(0, Tasks).Select(_ => Task.Run(() => n++)).ToArray());
        seen.Note("thousand-task-run-unforced", n);

        async Task<int> CountAsync(Func<Task> addAsync)
        {
            n = 0;
            await Task.WhenAll(Enumerable.Range(0, Tasks).Select(_ => addAsync()));
            return n;
        }

        async Task AddAsync(Func<Task>? betweenAsync)
        {
            int read = n;
            if (betweenAsync is not null)
            {
                await betweenAsync();
            }
            n = read + 1;
        }

        async Task AddForcedAsync()
        {
            int read = n;
            await Task.CompletedTask.ConfigureAwait(
                ConfigureAwaitOptions.ForceYielding | ConfigureAwaitOptions.ContinueOnCapturedContext);
            n = read + 1;
        }

        async Task AddAwaitedAsync() => n += await OneAsync();

        async Task AddCompletedAsync() => n += await Task.FromResult(1);

        void AddByTwo()
        {
            int read = n;
            bothHaveRead.SignalAndWait();
            n = read + 1;
        }

        static async Task YieldAsync() => await Task.Yield();

        static async Task<int> OneAsync()
        {
            await Task.Yield();
            return 1;
        }
    }
    // end of probes
}
