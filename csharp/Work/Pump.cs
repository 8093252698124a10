namespace Awaitbench.Work;

/// <summary>A context of one thread, that of <see cref="Run"/>: the configuration that is like an event loop.</summary>
internal sealed class Pump : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _queue = new();

    public override void Post(SendOrPostCallback d, object? state)
    {
        lock (_queue)
        {
            _queue.Enqueue((d, state));
            Monitor.Pulse(_queue);
        }
    }

    /// <summary>Runs a method and all that it posts on the calling thread, until its task has ended.</summary>
    public static uint Run(Func<Task<uint>> rootAsync)
    {
        SynchronizationContext? before = Current;
        var pump = new Pump();
        SetSynchronizationContext(pump);
        try
        {
            Task<uint> root = rootAsync();
            root.ContinueWith(_ => pump.Post(_ => { }, null), TaskScheduler.Default); // or the pump would sleep on
            while (!root.IsCompleted)
            {
                (SendOrPostCallback callback, object? state) = pump.Take();
                callback(state);
            }
            return root.GetAwaiter().GetResult();
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    private (SendOrPostCallback Callback, object? State) Take()
    {
        lock (_queue)
        {
            while (_queue.Count == 0)
            {
                Monitor.Wait(_queue);
            }
            return _queue.Dequeue();
        }
    }
}
