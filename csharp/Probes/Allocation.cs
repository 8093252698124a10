using System.Runtime.CompilerServices;

namespace Awaitbench.Probes;

// probe: valuetask-allocation
/// <summary>What a call allocates, by its kind of task and whether it suspends.</summary>
internal static class Allocation
{
    private const int Calls = 10_000;

    // The runtime keeps completed tasks of small results, so that only a larger one shows anything.
    private const int Small = 5;
    private const int Large = 12_345;

    public static void ValuetaskAllocation(Observations seen)
    {
        long small = BytesPerCall(() => TaskAsync(Small));
        long task = BytesPerCall(() => TaskAsync(Large));
        long valueTask = BytesPerCall(() => ValueTaskAsync(Large));
        seen.Fact("cached-task-allocates", small > 0);
        seen.Fact("task-allocates", task > 0);
        seen.Fact("value-task-allocates", valueTask > 0);

        var queue = new OneSlot();
        SynchronizationContext.SetSynchronizationContext(queue);
        long suspendedTask = BytesPerCall(() => queue.Turn(SuspendedTaskAsync(Large)));
        long suspendedValueTask = BytesPerCall(() => queue.Turn(SuspendedValueTaskAsync(Large)));
        long suspendedPooled = BytesPerCall(() => queue.Turn(SuspendedPooledAsync(Large)));
        SynchronizationContext.SetSynchronizationContext(null);
        seen.Fact("suspended-value-task-saves", suspendedValueTask < suspendedTask);
        seen.Fact("suspended-pooled-saves", suspendedPooled < suspendedTask);
        seen.Note("bytes-synchronous", $"{small} {task} {valueTask}");
        seen.Note("bytes-suspended", $"{suspendedTask} {suspendedValueTask} {suspendedPooled}");
    }

    /// <summary>Bytes that a call allocates on this thread, after as many calls to warm up.</summary>
    private static long BytesPerCall<T>(Func<T> call)
    {
        long before = 0;
        for (int i = 0; i < 2 * Calls; i++)
        {
            before = i == Calls ? GC.GetAllocatedBytesForCurrentThread() : before;
            call();
        }
        return (GC.GetAllocatedBytesForCurrentThread() - before) / Calls;
    }

#pragma warning disable CS1998 // that they complete without an await is the point
    private static async Task<int> TaskAsync(int value) => value;

    private static async ValueTask<int> ValueTaskAsync(int value) => value;
#pragma warning restore CS1998

    private static async Task<int> SuspendedTaskAsync(int value)
    {
        await Task.Yield();
        return value;
    }

    private static async ValueTask<int> SuspendedValueTaskAsync(int value)
    {
        await Task.Yield();
        return value;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<int> SuspendedPooledAsync(int value)
    {
        await Task.Yield();
        return value;
    }

    /// <summary>A context that allocates nothing and stays on its thread.</summary>
    private sealed class OneSlot : SynchronizationContext
    {
        private SendOrPostCallback? _callback;
        private object? _state;

        public override void Post(SendOrPostCallback d, object? state) => (_callback, _state) = (d, state);

        /// <summary>Resumes a call that is suspended; returns its result.</summary>
        public int Turn(Task<int> call)
        {
            _callback!(_state);
            return call.Result;
        }

        /// <summary>Resumes a call that is suspended; returns its result.</summary>
        public int Turn(ValueTask<int> call)
        {
            _callback!(_state);
            return call.Result;
        }
    }
}
