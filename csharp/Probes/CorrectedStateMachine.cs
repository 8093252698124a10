using System.Runtime.CompilerServices;

namespace Awaitbench.Probes;

/// <summary>The printed state machine, corrected: it takes the result whether or not it had to wait.</summary>
internal struct CorrectedStateMachine : IAsyncStateMachine
{
    private int _state;
    private AsyncTaskMethodBuilder _builder;
    private TaskAwaiter _awaiter;
    private Func<Task> _delay;

    public static CorrectedStateMachine Create(Func<Task> delay) =>
        new() { _state = -1, _builder = AsyncTaskMethodBuilder.Create(), _delay = delay };

    public static Task Start(Func<Task> delay)
    {
        CorrectedStateMachine machine = Create(delay);
        machine._builder.Start(ref machine);
        return machine._builder.Task;
    }

    public void MoveNext()
    {
        try
        {
            if (_state == -1)
            {
                Console.WriteLine("Working...");
                _awaiter = _delay().GetAwaiter();
                if (!_awaiter.IsCompleted)
                {
                    _state = 0;
                    _builder.AwaitUnsafeOnCompleted(ref _awaiter, ref this);
                    return;
                }
            }
            _awaiter.GetResult();
            Console.WriteLine("Done!");
        }
#pragma warning disable CA1031 // an async method's task holds whatever its body throws
        catch (Exception error)
        {
            _state = -2;
            _builder.SetException(error);
            return;
        }
#pragma warning restore CA1031
        _state = -2;
        _builder.SetResult();
    }

    public void SetStateMachine(IAsyncStateMachine stateMachine) => _builder.SetStateMachine(stateMachine);
}
