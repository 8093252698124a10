namespace Awaitbench.Seed;

/// <summary>Stands in for System.Diagnostics.Stopwatch, so that the ping program can be run by another clock.</summary>
internal sealed class Stopwatch
{
    private readonly long _start = Restored.Clock.GetTimestamp();

    public TimeSpan Elapsed => Restored.Clock.GetElapsedTime(_start);

    public static Stopwatch StartNew() => new();
}
