using System.Diagnostics;
using System.Diagnostics.Tracing;
using System.Globalization;

/// <summary>Loaded by .NET before a program's Main, where DOTNET_STARTUP_HOOKS names this assembly.</summary>
internal static class StartupHook
{
    private static CompileListener? s_listener;

    public static void Initialize() => s_listener = new CompileListener(Environment.GetEnvironmentVariable("COMPILE_EVENTS")!);
}

/// <summary>Writes a line for each method that got optimised code: when, in ns of the monotonic clock, and its name.</summary>
internal sealed class CompileListener(string path) : EventListener
{
    private const EventKeywords Jit = (EventKeywords)0x10;

    // Of the runtime's tiers those that are the last for a method: Optimized, Tier1, and Tier1 in a running loop.
    private const uint Optimized = 2, Tier1 = 4, Tier1Osr = 5;

    private static readonly (DateTime Utc, long Ticks) s_origin = (DateTime.UtcNow, Stopwatch.GetTimestamp());
    private readonly StreamWriter _lines = new(path) { AutoFlush = true };

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "Microsoft-Windows-DotNETRuntime")
            EnableEvents(eventSource, EventLevel.Verbose, Jit);
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData.EventName?.StartsWith("MethodLoadVerbose", StringComparison.Ordinal) != true) return;
        if (eventData.Payload is not [_, _, _, _, _, uint flags, string type, string method, ..]) return;
        if (((flags >> 7) & 7) is not (Optimized or Tier1 or Tier1Osr)) return;
        double ns = (s_origin.Ticks * 1e9 / Stopwatch.Frequency) + ((eventData.TimeStamp - s_origin.Utc).TotalMilliseconds * 1e6);
        _lines.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(long)ns} {type}.{method}"));
    }
}
