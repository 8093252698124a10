using System.Collections.Concurrent;

namespace Awaitbench.Probes;

/// <summary>A context of one thread, that of <see cref="Run"/>: the configuration that is like an event loop.</summary>
internal sealed class Pump : SynchronizationContext
{
    private readonly BlockingCollection<Action> _queue = [];
    private int _posts;

    /// <summary>How many continuations and callbacks were queued so far.</summary>
    public int Posts => _posts;

    public override void Post(SendOrPostCallback d, object? state)
    {
        Interlocked.Increment(ref _posts);
        _queue.Add(() => d(state));
    }

    /// <summary>Runs a method and all that it posts on the calling thread, until its task has ended.</summary>
    public static void Run(Func<Task> rootAsync)
    {
        SynchronizationContext? before = Current;
        var pump = new Pump();
        SetSynchronizationContext(pump);
        try
        {
            bool ended = false;
            Task root = rootAsync();
            root.ContinueWith(_ => pump._queue.Add(() => ended = true), TaskScheduler.Default);
            while (!ended)
            {
                pump._queue.Take()();
            }
            root.GetAwaiter().GetResult();
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    /// <summary>Queues a callback behind all that is queued already.</summary>
    public static void CallSoon(Action callback) => Current!.Post(_ => callback(), null);
}
