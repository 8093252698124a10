namespace Awaitbench.Probes;

// probe: resume-order
/// <summary>In which order eight waiters of one gate go on, and whether before the setter does.</summary>
internal static class ResumeOrder
{
    private const int Waiters = 8;

    public static void Run(Observations seen)
    {
        string[] order = OnPump(new TaskCompletionSource(), open => open());
        seen.Fact("order", order);
        seen.Fact("inline-waiters", Array.IndexOf(order, "set"));
        seen.Fact("order-asynchronous-continuations", OnPump(Asynchronous(), open => open()));
        seen.Fact("order-foreign-setter", OnPump(new TaskCompletionSource(), OnThread));

        string[] free = WithoutContext(new TaskCompletionSource(), context: null);
        seen.Fact("without-context-inline", free.Where(IsInline));
        seen.Fact("without-context-inline-before-set", Array.FindIndex(free, IsInline) < Array.IndexOf(free, "set"));
        seen.Fact("without-context-all-resume",
            free.Select(name => name.TrimEnd('*')).Order().SequenceEqual(order.Order()));
        seen.Note("order-without-context", free);
        seen.Fact("without-context-asynchronous-inline", WithoutContext(Asynchronous(), context: null).Where(IsInline));
        seen.Fact("without-context-setter-in-context-inline",
            WithoutContext(new TaskCompletionSource(), new Pump()).Where(IsInline));
        seen.Fact("setter-lock-held-by-waiter", SetterLockHeld());
    }

    private static bool IsInline(string name) => name.EndsWith('*');

    private static TaskCompletionSource Asynchronous() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static string[] OnPump(TaskCompletionSource gate, Action<Action> open)
    {
        var log = new EventLog();
        Pump.Run(async () =>
        {
            Task all = Task.WhenAll(Enumerable.Range(0, Waiters).Select(WaitAsync).ToArray());
            open(() =>
            {
                gate.SetResult();
                log.Add("set");
            });
            await all;
        });
        return log.ToArray();

        async Task WaitAsync(int number)
        {
            await gate.Task;
            log.Add($"{number}");
        }
    }

    private static void OnThread(Action action)
    {
        var thread = new Thread(() => action());
        thread.Start();
        thread.Join();
    }

    /// <summary>Waits without a context; a waiter that goes on inside the setter is marked with a star.</summary>
    /// <param name="context">The context of the setter.</param>
    private static string[] WithoutContext(TaskCompletionSource gate, SynchronizationContext? context)
    {
        var log = new EventLog();
        int setter = Environment.CurrentManagedThreadId;
        Task all = Task.WhenAll(Enumerable.Range(0, Waiters).Select(WaitAsync).ToArray());
        SynchronizationContext.SetSynchronizationContext(context);
        gate.SetResult();
        log.Add("set");
        SynchronizationContext.SetSynchronizationContext(null);
        all.Wait();
        return log.ToArray();

        async Task WaitAsync(int number)
        {
            await gate.Task;
            log.Add(Environment.CurrentManagedThreadId == setter ? $"{number}*" : $"{number}");
        }
    }

    private static bool SetterLockHeld()
    {
        var gate = new TaskCompletionSource();
        object setters = new();
        bool held = false;
        Task waiter = WaitAsync();
        lock (setters)
        {
            gate.SetResult();
        }
        waiter.Wait();
        return held;

        async Task WaitAsync()
        {
            await gate.Task;
            held = Monitor.IsEntered(setters);
        }
    }
}
