using System.Runtime.CompilerServices;

namespace Awaitbench.Work;

/// <summary>The survey's dummy event loop, without its printing: in C# on async methods over a custom awaiter, as its
/// iterators take no value and have no <c>yield from</c>.</summary>
/// <remarks>Two tasks; a turn of the loop resumes each with what its future gives, so it delivers two values.</remarks>
internal sealed class DummyLoop(uint first)
{
    private uint _next = first;
    private uint _checksum;
    private DummyFuture? _newest;

    /// <summary>Async methods, await and a loop that resumes them.</summary>
    public static Task<uint> CustomAwaiterAsync(Job job, int iteration)
    {
        var loop = new DummyLoop(job.Value(iteration, 0));
        DummyFuture[] futures = [loop.Start(), loop.Start()];
        for (int turn = 0; turn < job.Size; turn++)
        {
            for (int task = 0; task < futures.Length; task++)
            {
                futures[task] = loop.Send(futures[task], futures[task].Wait());
            }
        }
        return Task.FromResult(loop._checksum);
    }

    /// <summary>Starts a task, which never ends; returns the future that it awaits first.</summary>
    private DummyFuture Start()
    {
        _ = OuterAsync();
        return _newest!;
    }

    /// <summary>Resumes the task that awaits a future; returns the one that it awaits next.</summary>
    private DummyFuture Send(DummyFuture future, uint value)
    {
        future.Resume(value);
        return _newest!;
    }

    /// <summary>Delegates to inner tasks, one after another.</summary>
    private async Task OuterAsync()
    {
        while (true)
        {
            await InnerAsync();
        }
    }

    /// <summary>Waits for two futures.</summary>
    private async Task InnerAsync()
    {
        Add(await new DummyFuture(this));
        Add(await new DummyFuture(this));
    }

    private void Add(uint value) => _checksum = Job.Fold(_checksum, value);

    /// <summary>A future that answers at once, with the next value; it parks the method that awaits it.</summary>
    private sealed class DummyFuture(DummyLoop loop) : ICriticalNotifyCompletion
    {
        private Action? _continuation;
        private uint _value;

        /// <summary>Never, so that every await parks; the compiler asks an instance.</summary>
#pragma warning disable CA1822 // an awaiter's members are an instance's
        public bool IsCompleted => false;
#pragma warning restore CA1822

        public DummyFuture GetAwaiter() => this;

        public uint GetResult() => _value;

        public void OnCompleted(Action continuation) => UnsafeOnCompleted(continuation);

        public void UnsafeOnCompleted(Action continuation)
        {
            _continuation = continuation;
            loop._newest = this;
        }

        public uint Wait() => loop._next++;

        public void Resume(uint value)
        {
            _value = value;
            _continuation!();
        }
    }
}
