namespace Awaitbench.Probes;

/// <summary>Probes of calling, suspending and awaiting.</summary>
internal static class StartResume
{
    // probe: hello-order
    /// <summary>The sample program prints its four lines in order, and lets a job beside it go on.</summary>
    public static void HelloOrder(Observations seen)
    {
        var time = new ManualTime();
        Seed.Restored.Clock = time;
        seen.Fact("lines", Capture.Printed(() => time.RunUntilEnded(Seed.Program.Main())));
        seen.Note("virtual-seconds", time.Seconds);
        seen.Fact("lines-beside-another-job",
            Capture.Printed(() => time.RunUntilEnded(Task.WhenAll(Seed.Program.Main(), JobAsync()))));

        async Task JobAsync()
        {
            await Task.Delay(TimeSpan.FromSeconds(1), time);
            Console.WriteLine("another job");
        }
    }

    // probe: call-runs-body
    /// <summary>A call runs the body to its first incomplete await; a task thrown away runs on.</summary>
    public static void CallRunsBody(Observations seen)
    {
        var log = new EventLog();
        Pump.Run(async () =>
        {
            log.Add("before");
            Task body = BodyAsync();
            log.Add("after");
            await body;
            log.Add("awaited");
        });
        seen.Fact("order", log.ToArray());

        var gate = new TaskCompletionSource();
        bool ended = false;
        _ = DroppedAsync();
        gate.SetResult();
        seen.Fact("dropped-body-runs", ended);

        async Task BodyAsync()
        {
            log.Add("body-start");
            await Task.Yield();
            log.Add("body-end");
        }

        async Task DroppedAsync()
        {
            await gate.Task;
            ended = true;
        }
    }

    // probe: suspend-returns-to
    /// <summary>A suspending method returns to its caller; who opens the gate runs the whole chain.</summary>
    public static void SuspendReturnsTo(Observations seen)
    {
        string[] onPump = OrderOnPump(new TaskCompletionSource());
        string[] asynchronous = OrderOnPump(
            new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

        var gate = new TaskCompletionSource();
        var log = new EventLog();
        Task main = ChainAsync(log, gate.Task);
        Open(log, gate);
        main.Wait();
        string[] withoutContext = log.ToArray();

        // Where the setter's own next line comes is not of the chain, and a fact of its own.
        seen.Fact("order", onPump.Where(name => name != "set"));
        seen.Fact("order-without-context", withoutContext.Where(name => name != "set"));
        seen.Fact("chain-ends-inside-setter", onPump[^1] == "set");
        seen.Fact("chain-ends-inside-setter-without-context", withoutContext[^1] == "set");
        seen.Fact("chain-ends-inside-setter-asynchronous-continuations", asynchronous[^1] == "set");
    }

    private static string[] OrderOnPump(TaskCompletionSource gate)
    {
        var log = new EventLog();
        Pump.Run(() =>
        {
            Task main = ChainAsync(log, gate.Task);
            Pump.CallSoon(() => Open(log, gate));
            return main;
        });
        return log.ToArray();
    }

    private static void Open(EventLog log, TaskCompletionSource gate)
    {
        log.Add("loop");
        gate.SetResult();
        log.Add("set");
    }

    private static async Task ChainAsync(EventLog log, Task gate)
    {
        log.Add("main1");
        Task outer = OuterAsync();
        log.Add("main2");
        await outer;
        log.Add("main3");

        async Task OuterAsync()
        {
            log.Add("outer1");
            Task inner = InnerAsync();
            log.Add("outer2");
            await inner;
            log.Add("outer3");
        }

        async Task InnerAsync()
        {
            log.Add("inner1");
            await gate;
            log.Add("inner2");
        }
    }

    // probe: await-completed-inline
    /// <summary>Awaiting what is complete lets nobody else run.</summary>
    public static void AwaitCompletedInline(Observations seen)
    {
        var log = new EventLog();
        Pump.Run(async () =>
        {
            Pump.CallSoon(() => log.Add("LOOP-TICK"));
            log.Add("before");
            await Task.FromResult(1);
            log.Add("after-completed-task");
            await NoopAsync();
            log.Add("after-noop-async");
            await Task.WhenAll();
            log.Add("after-empty-when-all");
            await new ValueTask<int>(1);
            log.Add("after-value-task");
            await Task.Delay(0);
            log.Add("after-delay0");
            await Task.Yield();
            log.Add("after-yield");
        });
        string[] order = log.ToArray();
        seen.Fact("order", order);
        seen.Fact("completed-await-suspends", Array.IndexOf(order, "LOOP-TICK") < 2);
        seen.Fact("order-force-yielding", ForceYielding(ConfigureAwaitOptions.ContinueOnCapturedContext));
        seen.Fact("force-yielding-alone-stays-on-pump",
            ForceYielding(ConfigureAwaitOptions.None)[^1] == "after-on-pump");

#pragma warning disable CS1998 // that it awaits nothing is the point
        static async Task NoopAsync()
        {
        }
#pragma warning restore CS1998
    }

    private static string[] ForceYielding(ConfigureAwaitOptions more)
    {
        var log = new EventLog();
        Pump.Run(async () =>
        {
            Pump.CallSoon(() => log.Add("LOOP-TICK"));
            log.Add("before");
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding | more);
            log.Add(SynchronizationContext.Current is Pump ? "after-on-pump" : "after");
        });
        return log.ToArray();
    }

    // probe: await-twice
    /// <summary>One task awaited twice, started twice; one method called twice.</summary>
    public static void AwaitTwice(Observations seen)
    {
        int runs = 0;
        Task<int> task = BodyAsync();
        seen.Fact("task-twice", [$"value {task.GetAwaiter().GetResult()}", $"value {task.GetAwaiter().GetResult()}"]);
        seen.Fact("task-runs", runs);
        runs = 0;
        Task.WaitAll(BodyAsync(), BodyAsync());
        seen.Fact("two-calls-run", runs);

        runs = 0;
        var cold = new Task(() => runs++);
        cold.Start();
        cold.Wait();
        seen.Fact("start-again", Capture.ThrownName(cold.Start));
        seen.Fact("start-again-runs", runs);
        seen.Fact("start-of-async-method", Capture.ThrownName(BodyAsync().Start));

        async Task<int> BodyAsync()
        {
            int run = Interlocked.Increment(ref runs);
            await Task.Yield();
            return run;
        }
    }
    // end of probes
}
