namespace Awaitbench.Probes;

/// <summary>What a probe runs in a process of its own, to see how that ends.</summary>
internal static class Children
{
    /// <summary>The first line that every child prints.</summary>
    public const string Started = "started";

    private static readonly Dictionary<string, Action> s_children = new()
    {
        ["pending"] = () => PendingAsync().Wait(),
        ["orphan"] = () => _ = PendingAsync(),
        ["foreground-thread"] = () => new Thread(PrintAfterInput).Start(),
        ["background-thread"] = () => new Thread(PrintAfterInput) { IsBackground = true }.Start(),
        ["dropped-failure"] = () => Drop(FailAsync()),
        ["dropped-failure-in-catch"] = () => Drop(FailInCatchAsync()),
        ["async-void"] = () =>
        {
            FailVoid();
            Wait();
        },
        ["pool-callback"] = () =>
        {
            ThreadPool.QueueUserWorkItem(_ => throw new InvalidOperationException("pool"));
            Wait();
        },
        ["timer-callback"] = () =>
        {
            using var timer = new Timer(_ => throw new InvalidOperationException("timer"), null, 1, Timeout.Infinite);
            Wait();
        },
        ["unhandled-handler"] = () =>
        {
            AppDomain.CurrentDomain.UnhandledException += (_, unhandled) =>
                Console.WriteLine($"handler, terminating: {unhandled.IsTerminating}");
            FailVoid();
            Wait();
        },
        ["uncaught"] = () => FailAsync().GetAwaiter().GetResult(),
        ["uncaught-in-catch"] = () => FailInCatchAsync().GetAwaiter().GetResult(),
    };

    /// <summary>Runs a child; returns the exit status.</summary>
    public static int Run(string name)
    {
        Console.WriteLine(Started);
        s_children[name]();
        Console.WriteLine("main-end");
        return 0;
    }

    private static async Task PendingAsync()
    {
        try
        {
            await new TaskCompletionSource().Task;
        }
        finally
        {
            Console.WriteLine("finally");
        }
    }

    private static void PrintAfterInput()
    {
        Console.ReadLine();
        Console.WriteLine("thread-end");
    }

    /// <summary>Lets a task fail where nobody looks, and the collector find it.</summary>
    private static void Drop(Task failing)
    {
        ((IAsyncResult)failing).AsyncWaitHandle.WaitOne();
        failing = Task.CompletedTask;
        GC.Collect();
        GC.WaitForPendingFinalizers();
        failing.Wait();
    }

    private static async Task FailAsync()
    {
        await Task.Yield();
        throw new InvalidOperationException("first");
    }

    private static async Task FailInCatchAsync()
    {
        try
        {
            await FailAsync();
        }
        catch (InvalidOperationException error)
        {
            throw new FormatException("second", error);
        }
    }

    // `async void`, which nothing can await, is what is studied.
    private static async void FailVoid() => await FailAsync();

    /// <summary>Waits for the crash that is to come.</summary>
    private static void Wait() => Thread.Sleep(Timeout.Infinite);
}
