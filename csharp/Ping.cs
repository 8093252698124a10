namespace Awaitbench;

/// <summary>One ping's moments, in ns of the monotonic clock; null for what was not seen.</summary>
/// <param name="Status">The answer's status; 0 if there was none.</param>
/// <param name="Failure">Why there was none, in the contract's words.</param>
internal readonly record struct Ping(
    long StartNs, long? ConnectNs, long? HeadNs, long EndNs, int Status, string? Failure = null);

/// <summary>One pass over all chains; <c>Pings</c> is shaped like the job's chains.</summary>
internal readonly record struct Iteration(long StartNs, long EndNs, Ping[][] Pings);

/// <summary>What a ping program offers: all chains of its job at once; disposed, it closes its connections.</summary>
internal interface IPings : IDisposable
{
    Task<Ping[][]> ParallelAsync();
}
