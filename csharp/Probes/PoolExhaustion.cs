using System.Net;
using System.Net.Sockets;

namespace Awaitbench.Probes;

// probe: pool-exhaustion
/// <summary>What still runs while every thread of the pool is blocked.</summary>
internal static class PoolExhaustion
{
    private const int EnoughMs = 5_000;

    /// <summary>How long something may take that cannot happen.</summary>
    private const int NeverMs = 200;

    private static readonly int s_threads = Environment.ProcessorCount;

    public static void Run(Observations seen)
    {
        ThreadPool.GetMinThreads(out _, out int minIo);
        ThreadPool.GetMaxThreads(out int max, out int maxIo);
        seen.Fact("maximum-below-processors-accepted", ThreadPool.SetMaxThreads(s_threads - 1, maxIo));
        seen.Fact("maximum-of-processors-accepted", ThreadPool.SetMaxThreads(s_threads, maxIo));
        ThreadPool.SetMinThreads(s_threads, minIo);
        WhileBlocked(seen);
        WaitForQueued(seen);
        WaitForSuspended(seen);
        ThreadPool.SetMaxThreads(max, maxIo);
    }

    private static void WhileBlocked(Observations seen)
    {
        using Socket near = Connected(out Socket far);
        using var release = new ManualResetEventSlim();
        using var started = new CountdownEvent(s_threads);
        Task[] blockers = [.. Enumerable.Range(0, s_threads).Select(_ => Task.Run(() =>
        {
            started.Signal();
            release.Wait();
        }))];
        started.Wait();

        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var fired = new TaskCompletionSource();
        using var timer = new Timer(_ => fired.SetResult(), null, 1, Timeout.Infinite);
        using var cancellation = new CancellationTokenSource(1);
        var cancelled = new TaskCompletionSource();
        cancellation.Token.Register(cancelled.SetResult);
        Dictionary<string, Task> waiting = new()
        {
            ["work-item-runs"] = Task.Run(() => { }),
            ["continuation-runs"] = ContinueAsync(gate.Task),
            ["delay-completes"] = Task.Delay(1),
            ["timer-fires"] = fired.Task,
            ["cancel-after-cancels"] = cancelled.Task,
            ["socket-receives"] = near.ReceiveAsync(new byte[1].AsMemory()).AsTask(),
        };
        gate.SetResult();
        far.Send([1]);
        Task.WaitAll([.. waiting.Values], NeverMs);
        foreach ((string name, Task task) in waiting)
        {
            seen.Fact(name, task.IsCompleted);
        }
        Task own = Task.Factory.StartNew(
            () => { }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        seen.Fact("long-running-runs", own.Wait(EnoughMs));
        release.Set();
        seen.Fact("complete-after-release", Task.WaitAll([.. waiting.Values, .. blockers], EnoughMs));
        far.Dispose();
    }

    private static async Task ContinueAsync(Task gate) => await gate;

    private static Socket Connected(out Socket far)
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var near = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        near.Connect(listener.LocalEndPoint!);
        far = listener.Accept();
        return near;
    }

    /// <summary>Blocking on a queued work item runs it on the blocked thread.</summary>
    private static void WaitForQueued(Observations seen)
    {
        using var full = new Barrier(s_threads);
        Task<bool>[] waiters = [.. Enumerable.Range(0, s_threads).Select(_ => Task.Run(() =>
        {
            full.SignalAndWait();
            return Task.Run(() => Environment.CurrentManagedThreadId).Result == Environment.CurrentManagedThreadId;
        }))];
        seen.Fact("waiting-for-queued-completes", Task.WaitAll(waiters, EnoughMs));
        seen.Fact("queued-runs-on-waiter", waiters.All(waiter => waiter.Result));
    }

    /// <summary>Blocking on a suspended method leaves nobody to resume it, until there is one more thread.</summary>
    private static void WaitForSuspended(Observations seen)
    {
        using var full = new Barrier(s_threads);
        Task[] waiters = [.. Enumerable.Range(0, s_threads).Select(_ => Task.Run(() =>
        {
            full.SignalAndWait();
            SuspendAsync().Wait();
        }))];
        seen.Fact("waiting-for-suspended-completes", Task.WaitAll(waiters, NeverMs));
        ThreadPool.GetMaxThreads(out _, out int maxIo);
        ThreadPool.SetMaxThreads(s_threads + 1, maxIo);
        seen.Fact("one-more-thread-cures-it", Task.WaitAll(waiters, EnoughMs));

        static async Task SuspendAsync() => await Task.Yield();
    }
}
