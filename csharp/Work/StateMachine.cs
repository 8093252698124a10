using System.Runtime.CompilerServices;

namespace Awaitbench.Work;

/// <summary>The transformation that <c>await</c> stands for: the same method compiled, and written by hand.</summary>
/// <remarks>Both suspend once per call at a step that their driver completes; no scheduler takes part.</remarks>
internal static class StateMachine
{
    /// <summary><c>async</c> and <c>await</c>.</summary>
    public static Task<uint> CompiledAsync(Job job, int iteration) => DriveAsync(NativeAsync, job, iteration);

    /// <summary>A struct with a state.</summary>
    public static Task<uint> ByHandAsync(Job job, int iteration) => DriveAsync(ByHand.CallAsync, job, iteration);

    /// <summary>Runs each call to its step, completes that with a value, and takes the result.</summary>
    private static async Task<uint> DriveAsync(Func<Slot, Task<uint>> method, Job job, int iteration)
    {
        var step = new Slot();
        uint checksum = 0;
        for (int k = 0; k < job.Size; k++)
        {
            Task<uint> result = method(step);
            step.Write(job.Value(iteration, k));
            checksum = Job.Fold(checksum, await result);
        }
        return checksum;
    }

    /// <summary>Awaits one step, as C# compiles it.</summary>
    private static async Task<uint> NativeAsync(Slot step)
    {
        uint value = await step.ReadAsync();
        return value;
    }

    /// <summary>The same as a state machine: state 0 before the step, 1 at it.</summary>
    private struct ByHand : IAsyncStateMachine
    {
        private AsyncTaskMethodBuilder<uint> _builder;
        private ValueTaskAwaiter<uint> _awaiter;
        private Slot _step;
        private int _state;

        public static Task<uint> CallAsync(Slot step)
        {
            ByHand machine = new() { _builder = AsyncTaskMethodBuilder<uint>.Create(), _step = step };
            machine._builder.Start(ref machine);
            return machine._builder.Task;
        }

        public void MoveNext()
        {
            uint value;
            try
            {
                if (_state == 0)
                {
#pragma warning disable CA2012 // what `await` does with a ValueTask is the point here
                    _awaiter = _step.ReadAsync().GetAwaiter();
#pragma warning restore CA2012
                    if (!_awaiter.IsCompleted)
                    {
                        _state = 1;
                        _builder.AwaitUnsafeOnCompleted(ref _awaiter, ref this);
                        return;
                    }
                }
                value = _awaiter.GetResult();
            }
#pragma warning disable CA1031 // the compiler's machine catches whatever the step throws, too
            catch (Exception error)
#pragma warning restore CA1031
            {
                _builder.SetException(error);
                return;
            }
            _builder.SetResult(value);
        }

        readonly void IAsyncStateMachine.SetStateMachine(IAsyncStateMachine stateMachine)
        {
        }
    }
}
