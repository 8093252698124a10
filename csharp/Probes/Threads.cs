namespace Awaitbench.Probes;

/// <summary>Probes of the threads that async methods run on.</summary>
internal static class Threads
{
    /// <summary>The longest that a rendezvous may take that does come about.</summary>
    private const int MeetingMs = 5_000;

    /// <summary>How long the first of two waits for a second that cannot come.</summary>
    private const int LonelyMs = 100;

    // probe: resume-thread
    /// <summary>On which thread a method goes on after an await, by scheduler.</summary>
    public static void ResumeThread(Observations seen)
    {
        seen.Fact("console-has-context", SynchronizationContext.Current is not null);
        string[] kinds = ThreadsAfterAwaits();
        seen.Fact("resumes-on-caller", kinds.Contains("caller"));
        seen.Fact("resumes-on", kinds);
        Pump.Run(async () =>
        {
            int caller = Environment.CurrentManagedThreadId;
            var pump = (Pump)SynchronizationContext.Current!;
            int before = pump.Posts;
            var others = new List<int>();
            for (int i = 0; i < 5; i++)
            {
                await Task.Yield();
                others.Add(Environment.CurrentManagedThreadId);
            }
            seen.Fact("pump-threads", others.Append(caller).Distinct().Count());
            seen.Fact("pump-posts-for-5-awaits", pump.Posts - before);
            await Task.CompletedTask.ConfigureAwait(false);
            seen.Fact("pump-left-after-completed-await", Environment.CurrentManagedThreadId != caller);
            var gate = new TaskCompletionSource();
            Pump.CallSoon(gate.SetResult);
            await gate.Task.ConfigureAwait(false);
            seen.Fact("pump-left-after-incomplete-await", Environment.CurrentManagedThreadId != caller);
            seen.Fact("context-after-leaving", SynchronizationContext.Current is not null);
        });
        OnExclusiveScheduler(async scheduler =>
        {
            await Task.Yield();
            seen.Fact("exclusive-scheduler-kept", TaskScheduler.Current == scheduler);
            seen.Fact("task-run-inside-keeps-it", await Task.Run(() => TaskScheduler.Current == scheduler));
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            seen.Fact("exclusive-scheduler-kept-without-context", TaskScheduler.Current == scheduler);
        });
        seen.Fact("plain-thread-opens-gate-resumes-on-it", ResumesOnSetter());
    }

    /// <summary>Where five awaits without a context resume: the kinds seen.</summary>
    private static string[] ThreadsAfterAwaits()
    {
        int caller = Environment.CurrentManagedThreadId;
        var kinds = new SortedSet<string>();
        RunAsync().Wait();
        return [.. kinds];

        async Task RunAsync()
        {
            for (int i = 0; i < 5; i++)
            {
                await Task.Yield();
                kinds.Add(Environment.CurrentManagedThreadId == caller ? "caller"
                    : Thread.CurrentThread.IsThreadPoolThread ? "pool" : "other");
            }
        }
    }

    private static void OnExclusiveScheduler(Func<TaskScheduler, Task> bodyAsync)
    {
        TaskScheduler scheduler = new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler;
        Task.Factory.StartNew(() => bodyAsync(scheduler), CancellationToken.None, TaskCreationOptions.None, scheduler)
            .Unwrap().Wait();
    }

    private static bool ResumesOnSetter()
    {
        var gate = new TaskCompletionSource();
        int resumed = 0;
        Task waiter = WaitAsync();
        var setter = new Thread(gate.SetResult);
        setter.Start();
        setter.Join();
        waiter.Wait();
        return resumed == setter.ManagedThreadId;

        async Task WaitAsync()
        {
            await gate.Task;
            resumed = Environment.CurrentManagedThreadId;
        }
    }

    // probe: blocking-rendezvous
    /// <summary>Whether two bodies that block can both be inside at once.</summary>
    public static void BlockingRendezvous(Observations seen)
    {
        seen.Fact("threads-met", Meet(MeetingMs, block => [Task.Run(block), Task.Run(block)]));
        var log = new EventLog();
        seen.Fact("plain-async-met", Meet(LonelyMs, block =>
        {
            log.Add("call1");
            Task<bool> first = BlockAsync(block);
            log.Add("call2");
            Task<bool> second = BlockAsync(block);
            log.Add("called");
            seen.Fact("plain-async-blocks-caller", first.IsCompleted && second.IsCompleted);
            return [first, second];
        }));
        seen.Fact("plain-async-order", log.ToArray());
        var exclusive = new TaskFactory(new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler);
        seen.Fact("exclusive-scheduler-met", Meet(
            LonelyMs, block => [exclusive.StartNew(block), exclusive.StartNew(block)]));
        MeetOnPump(seen);

#pragma warning disable CS1998 // that it blocks and awaits nothing is the point
        static async Task<bool> BlockAsync(Func<bool> block) => block();
#pragma warning restore CS1998
    }

    /// <summary>Starts two bodies that block until both are inside, or for so long; tells whether they met.</summary>
    private static bool Meet(int ms, Func<Func<bool>, Task<bool>[]> start)
    {
        using var barrier = new Barrier(2);
        return Task.WhenAll(start(() => barrier.SignalAndWait(ms))).Result.All(met => met);
    }

    private static void MeetOnPump(Observations seen) => Pump.Run(async () =>
    {
        using var barrier = new Barrier(2);
        int ticks = 0;
        bool stop = false;
        Task ticker = TickAsync();
        int[] during = await Task.WhenAll(BlockAsync(), BlockAsync());
        seen.Fact("loop-met", during.Any(count => count < 0));
        seen.Fact("loop-ticks-while-blocked", during.Sum());
        seen.Fact("loop-ticks-otherwise", ticks > 0);
        bool[] met = await Task.WhenAll(
            Task.Run(() => barrier.SignalAndWait(MeetingMs)), Task.Run(() => barrier.SignalAndWait(MeetingMs)));
        seen.Fact("threads-from-loop-met", met.All(both => both));
        stop = true;
        await ticker;

        async Task TickAsync()
        {
            while (!stop)
            {
                ticks++;
                await Task.Yield();
            }
        }

        // How often the ticker ran during the block; -1 if both met.
        async Task<int> BlockAsync()
        {
            await Task.Yield();
            int before = ticks;
            return barrier.SignalAndWait(LonelyMs) ? -1 : ticks - before;
        }
    });

    // probe: sync-over-async
    /// <summary>Blocking on an async method, by what it would resume on.</summary>
    public static void SyncOverAsync(Observations seen)
    {
        seen.Fact("console-completes", Completes(null, () => CalleeAsync(true), MeetingMs));
        seen.Fact("loop-completes", Completes(new Pump(), () => CalleeAsync(true), LonelyMs));
        seen.Fact("loop-callee-leaving-completes", Completes(new Pump(), () => CalleeAsync(false), MeetingMs));
        seen.Fact("loop-callee-in-task-run-completes",
            Completes(new Pump(), () => Task.Run(() => CalleeAsync(true)), MeetingMs));
        seen.Fact("loop-completed-callee-completes", Completes(new Pump(), () => Task.CompletedTask, MeetingMs));
        OnExclusiveScheduler(_ =>
        {
            seen.Fact("exclusive-scheduler-completes", CalleeAsync(true).Wait(LonelyMs));
            return Task.CompletedTask;
        });

        // It always suspends, and resumes in its caller's context or (as after ConfigureAwait(false)) outside it.
        static async Task CalleeAsync(bool inContext) => await Task.CompletedTask.ConfigureAwait(
            ConfigureAwaitOptions.ForceYielding
            | (inContext ? ConfigureAwaitOptions.ContinueOnCapturedContext : ConfigureAwaitOptions.None));
    }

    /// <summary>Blocks a thread that has a context on a method's task; tells whether that ever ends.</summary>
    private static bool Completes(SynchronizationContext? context, Func<Task> callAsync, int ms)
    {
        bool completed = false;
        var thread = new Thread(() =>
        {
            SynchronizationContext.SetSynchronizationContext(context);
            completed = callAsync().Wait(ms);
        });
        thread.Start();
        thread.Join();
        return completed;
    }
    // end of probes
}
