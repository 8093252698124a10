using System.Threading.Tasks.Sources;

namespace Awaitbench.Work;

/// <summary>A queue of one value for one reader, used again and again; who waits for it goes on inside
/// <see cref="Write"/>. For one thread.</summary>
internal sealed class Slot : IValueTaskSource<uint>
{
    private ManualResetValueTaskSourceCore<uint> _core;
    private uint? _written;
    private bool _awaited;

    /// <summary>Gives the value that was written, at once, or the one that will be.</summary>
    public ValueTask<uint> ReadAsync()
    {
        if (_written is { } value)
        {
            _written = null;
            return new(value);
        }
        _awaited = true;
        return new(this, _core.Version);
    }

    /// <summary>Hands a value to who waits, or keeps it for who comes.</summary>
    public void Write(uint value)
    {
        if (_awaited)
        {
            _awaited = false;
            _core.SetResult(value);
        }
        else
        {
            _written = value;
        }
    }

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
