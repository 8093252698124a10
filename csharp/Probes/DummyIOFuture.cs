using System.Runtime.CompilerServices;

namespace Awaitbench.Probes;

/// <summary>The survey's future: it parks the method that awaits it, until somebody sends a value.</summary>
internal sealed class DummyIOFuture : INotifyCompletion
{
    private static int s_count;
    private Action? _continuation;
    private string _value = "";

    /// <summary>The future that was awaited last: C# has no <c>yield</c> that would hand it to the driver.</summary>
    public static DummyIOFuture? Newest { get; private set; }

    /// <summary>Never, so that every await parks; the compiler asks an instance.</summary>
#pragma warning disable CA1822 // an awaiter's members are an instance's
    public bool IsCompleted => false;
#pragma warning restore CA1822

    public DummyIOFuture GetAwaiter() => this;

    public void OnCompleted(Action continuation)
    {
        _continuation = continuation;
        Newest = this;
    }

    public string GetResult() => _value;

    /// <summary>Answers at once, with the next value of all futures.</summary>
    public static string Wait() => $"some io {++s_count}";

    /// <summary>Runs the parked method, with a value, to its next await or its end.</summary>
    public void Send(string value)
    {
        _value = value;
        _continuation!();
    }
}
