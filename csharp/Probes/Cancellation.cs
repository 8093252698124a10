using System.Threading.Channels;

namespace Awaitbench.Probes;

/// <summary>Probes of cancelling, which in C# takes a token.</summary>
internal static class Cancellation
{
    private const int EnoughMs = 5_000;

    private static readonly CancellationToken s_cancelled = new(canceled: true);

    // probe: cancel-swallow
    /// <summary>A cancellation is an exception like others, and can be swallowed.</summary>
    public static void CancelSwallow(Observations seen)
    {
        seen.Fact("is-ordinary-error", typeof(Exception).IsAssignableFrom(typeof(OperationCanceledException)));
        Task swallowing = SwallowAsync();
        seen.Fact("swallowed", swallowing.IsCompletedSuccessfully);
        Task cancelled = ThrowAsync();
        seen.Fact("await-raises", Capture.ThrownName(cancelled));
        seen.Fact("wait-raises", ((AggregateException)Capture.Thrown(cancelled.Wait)!).InnerException!.GetType().Name);

        static async Task SwallowAsync()
        {
#pragma warning disable CA1031 // that this catches a cancellation too is the point
            try
            {
                await Task.Delay(Timeout.Infinite, s_cancelled);
            }
            catch (Exception)
            {
            }
#pragma warning restore CA1031
        }

        static async Task ThrowAsync()
        {
            await Task.Yield();
            s_cancelled.ThrowIfCancellationRequested();
        }
    }

    // probe: cancel-needs-token
    /// <summary>A cancellation has an effect where the token is passed, and looked at.</summary>
    public static void CancelNeedsToken(Observations seen)
    {
        IgnoredOrPassed(seen);
        CancelledBefore(seen);
        CancelledWhileRunning(seen);
        // As a lambda it would be taken for a Func<Task>, and its task be cancelled.
        Action throwing = () => throw new OperationCanceledException();
        seen.Fact("action-throwing-it-status", StatusOf(Task.Run(throwing)));
        seen.Fact("async-throwing-it-status", StatusOf(ThrowAsync()));
        HandlersInside(seen);
        CancelAsyncHandlers(seen);

        static async Task ThrowAsync()
        {
            await Task.Yield();
            throw new OperationCanceledException();
        }
    }

    private static string StatusOf(Task task)
    {
        Capture.ThrownName(task);
        return $"{task.Status}";
    }

    private static void IgnoredOrPassed(Observations seen)
    {
        using var source = new CancellationTokenSource();
        var gate = new TaskCompletionSource();
        Task ignoring = IgnoreAsync(gate.Task, source.Token);
        Task passing = PassAsync(source.Token);
        source.Cancel();
        gate.SetResult();
        seen.Fact("ignored", StatusOf(ignoring));
        seen.Fact("passed", Capture.ThrownName(passing));
        seen.Fact("passed-status", StatusOf(passing));

#pragma warning disable IDE0060 // that the token is not looked at is the point
        static async Task IgnoreAsync(Task gate, CancellationToken token) => await gate;
#pragma warning restore IDE0060

        static async Task PassAsync(CancellationToken token) => await Task.Delay(Timeout.Infinite, token);
    }

    private static void CancelledBefore(Observations seen)
    {
        bool ran = false;
        seen.Fact("task-run-cancelled-before-status", StatusOf(Task.Run(() => { ran = true; }, s_cancelled)));
        seen.Fact("task-run-cancelled-before-runs", ran);
        seen.Fact("async-cancelled-before-status", StatusOf(FirstPartAsync(s_cancelled)));
        seen.Fact("async-cancelled-before-runs", ran);

        async Task FirstPartAsync(CancellationToken token)
        {
            ran = true;
            await Task.Delay(Timeout.Infinite, token);
        }
    }

    private static void CancelledWhileRunning(Observations seen)
    {
        using var source = new CancellationTokenSource();
        using var started = new ManualResetEventSlim();
        using var release = new ManualResetEventSlim();
        var running = Task.Run(() =>
        {
            started.Set();
            release.Wait();
        }, source.Token);
        started.Wait();
        source.Cancel();
        release.Set();
        seen.Fact("task-run-cancelled-while-running-status", StatusOf(running));
    }

    /// <summary>Whether the waiter's catch block runs inside Cancel, and the order of handlers.</summary>
    private static void HandlersInside(Observations seen)
    {
        seen.Fact("catch-inside-cancel-registration", CatchesInside(async token =>
        {
            var gate = new TaskCompletionSource();
            using CancellationTokenRegistration handler = token.Register(() => gate.TrySetCanceled(token));
            await gate.Task;
        }));
        seen.Fact("catch-inside-cancel-wait-async",
            CatchesInside(token => new TaskCompletionSource().Task.WaitAsync(token)));
        seen.Fact("catch-inside-cancel-delay", CatchesInside(token => Task.Delay(Timeout.Infinite, token)));
        seen.Note("catch-inside-cancel-semaphore", CatchesInside(token => new SemaphoreSlim(0).WaitAsync(token)));
        seen.Note("catch-inside-cancel-channel",
            CatchesInside(token => Channel.CreateUnbounded<int>().Reader.ReadAsync(token).AsTask()));

        using var source = new CancellationTokenSource();
        var order = new List<int>();
        for (int i = 0; i < 3; i++)
        {
            int number = i;
            source.Token.Register(() => order.Add(number));
        }
        source.Cancel();
        seen.Fact("handler-order", order);
    }

    private static bool CatchesInside(Func<CancellationToken, Task> waitAsync)
    {
        using var source = new CancellationTokenSource();
        int canceller = Environment.CurrentManagedThreadId;
        bool inside = false;
        Task waiter = CatchAsync();
        source.Cancel();
        waiter.Wait();
        return inside;

        async Task CatchAsync()
        {
            try
            {
                await waitAsync(source.Token);
            }
            catch (OperationCanceledException)
            {
                inside = Environment.CurrentManagedThreadId == canceller;
            }
        }
    }

    /// <summary>CancelAsync returns before its handlers run: one waits for its caller's next statement.</summary>
    private static void CancelAsyncHandlers(Observations seen)
    {
        using var source = new CancellationTokenSource();
        using var returned = new ManualResetEventSlim();
        var log = new EventLog();
        bool onPool = false;
        source.Token.Register(() =>
        {
            onPool = returned.Wait(EnoughMs) && Thread.CurrentThread.IsThreadPoolThread;
            log.Add("handler");
        });
        log.Add("before");
        Task cancelling = source.CancelAsync();
        seen.Fact("cancel-async-requested-on-return", source.IsCancellationRequested);
        seen.Fact("cancel-async-complete-on-return", cancelling.IsCompleted);
        log.Add("after");
        returned.Set();
        cancelling.Wait();
        log.Add("awaited");
        seen.Fact("cancel-async-order", log.ToArray());
        seen.Fact("cancel-async-handler-on-pool", onPool);
    }
    // end of probes
}
