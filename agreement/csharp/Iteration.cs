using BenchmarkDotNet.Attributes;

namespace Awaitbench.Agreement;

/// <summary>What BenchmarkDotNet times: one iteration, as a program does it.</summary>
public class Iteration
{
    private int _calls;

    /// <summary>Does an iteration, given its number, and gives its checksum.</summary>
    internal static Func<int, Task<uint>> Work { get; set; } = _ => throw new InvalidOperationException("No job.");

    /// <summary>How often an iteration was done, and the sum of their checksums modulo 2³².</summary>
    internal static (long Calls, uint Checksum) Done { get; private set; }

    [Benchmark]
    public async Task OneAsync()
    {
        uint checksum = await Work(_calls++);
        Done = (Done.Calls + 1, unchecked(Done.Checksum + checksum));
    }
}
