using System.Threading.Tasks.Sources;

namespace Awaitbench.Work;

/// <summary>A queue of one value, used again and again; who waits for it goes on inside <see cref="Write"/>.</summary>
internal sealed class Slot : IValueTaskSource<uint>
{
    private ManualResetValueTaskSourceCore<uint> _core;

    /// <summary>Gives the value that was or will be written.</summary>
    public ValueTask<uint> ReadAsync() => new(this, _core.Version);

    public void Write(uint value) => _core.SetResult(value);

    uint IValueTaskSource<uint>.GetResult(short token)
    {
        uint value = _core.GetResult(token);
        _core.Reset();
        return value;
    }

    ValueTaskSourceStatus IValueTaskSource<uint>.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource<uint>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);
}
