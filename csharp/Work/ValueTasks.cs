using System.Runtime.CompilerServices;

namespace Awaitbench.Work;

/// <summary>The same method with three kinds of result, its allocations counted.</summary>
/// <remarks>All on one thread: the slot is written before the call, which completes at once then, or after it, which
/// resumes it inside the writing.</remarks>
internal static class ValueTasks
{
    /// <summary><c>Task&lt;T&gt;</c>.</summary>
    public static Task<uint> TaskAsync(Job job, int iteration) => CallAsync(ReadTaskAsync, job, iteration);

    /// <summary><c>ValueTask&lt;T&gt;</c>.</summary>
    public static Task<uint> ValueTaskAsync(Job job, int iteration) => CallAsync(ReadValueTaskAsync, job, iteration);

    /// <summary><c>ValueTask&lt;T&gt;</c> whose state machines are pooled.</summary>
    public static Task<uint> PooledAsync(Job job, int iteration) => CallAsync(ReadPooledAsync, job, iteration);

    private static async Task<uint> CallAsync(Func<Slot, Task<uint>> readAsync, Job job, int iteration)
    {
        bool suspend = job.Own["suspend"] != 0;
        long before = GC.GetAllocatedBytesForCurrentThread();
        var slot = new Slot();
        uint checksum = 0;
        for (int k = 0; k < job.Size; k++)
        {
            uint value = job.Value(iteration, k);
            if (!suspend)
            {
                slot.Write(value);
            }
            Task<uint> call = readAsync(slot);
            if (suspend)
            {
                slot.Write(value);
            }
            checksum = Job.Fold(checksum, await call);
        }
        job.Noted = GC.GetAllocatedBytesForCurrentThread() - before;
        return checksum;
    }

    // The same once more, as a type that covers both would cost something itself.
    private static async Task<uint> CallAsync(Func<Slot, ValueTask<uint>> readAsync, Job job, int iteration)
    {
        bool suspend = job.Own["suspend"] != 0;
        long before = GC.GetAllocatedBytesForCurrentThread();
        var slot = new Slot();
        uint checksum = 0;
        for (int k = 0; k < job.Size; k++)
        {
            uint value = job.Value(iteration, k);
            if (!suspend)
            {
                slot.Write(value);
            }
            ValueTask<uint> call = readAsync(slot);
            if (suspend)
            {
                slot.Write(value);
            }
            checksum = Job.Fold(checksum, await call);
        }
        job.Noted = GC.GetAllocatedBytesForCurrentThread() - before;
        return checksum;
    }

    private static async Task<uint> ReadTaskAsync(Slot slot) => await slot.ReadAsync();

    private static async ValueTask<uint> ReadValueTaskAsync(Slot slot) => await slot.ReadAsync();

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<uint> ReadPooledAsync(Slot slot) => await slot.ReadAsync();
}
