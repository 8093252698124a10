using System.Net;
using System.Text.Json;
using Awaitbench.Work;
using BenchmarkDotNet.Jobs;
using Perfolizer.Mathematics.OutlierDetection;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Timing = BenchmarkDotNet.Jobs.Job;

namespace Awaitbench.Agreement;

/// <summary>A job of the runner contract, of one iteration that is repeated, by which program, and how often.</summary>
/// <param name="Program">The last word of the program's own command line.</param>
/// <param name="Warmup">How many iterations it warms up for.</param>
/// <param name="Iterations">How many are measured then.</param>
internal sealed record Asked(string Family, string Program, JsonElement Params, int Warmup, int Iterations)
{
    /// <summary>How many samples there are, where there are so many iterations: a sample is the mean of several.</summary>
    private const int Samples = 10;

    public static readonly JsonSerializerOptions Strict =
        new(JsonSerializerDefaults.Strict) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static Asked Read(string file) => JsonSerializer.Deserialize<Asked>(File.ReadAllBytes(file), Strict)!;

    /// <summary>The same life as the program's own process has: in it, by the build and settings of the programs.</summary>
    public Timing Timing()
    {
        int each = Math.Max(1, (int)Math.Round((double)Iterations / Samples));
        return BenchmarkDotNet.Jobs.Job.Default
            .WithToolchain(InProcessEmitToolchain.Instance)
            .WithInvocationCount(each)
            .WithUnrollFactor(1)
            .WithWarmupCount(Math.Max(1, (int)Math.Ceiling((double)Warmup / each)))
            .WithOutlierMode(OutlierMode.DontRemove) // as our mean leaves none out
            .WithIterationCount((int)Math.Ceiling((double)Iterations / each));
    }

    /// <summary>An iteration of the program, by its number, which gives its checksum.</summary>
    public Func<int, Task<uint>> Work() => Families.Find(Family) is { } family ? WorkOf(family) : Pings();

    private Func<int, Task<uint>> WorkOf(Family family)
    {
        Way way = family.Ways[Program];
        Dictionary<string, long> own = Params.Deserialize<Dictionary<string, long>>(Strict)!;
        var job = new Work.Job((int)own["size"], own["seed"], own);
        return iteration => way(job, iteration);
    }

    /// <summary>Every iteration's pings are kept in the place of those before.</summary>
    private Func<int, Task<uint>> Pings()
    {
        PingParams asked = Params.Deserialize<PingParams>(Strict)!;
        Site[][] chains = [.. asked.Chains.Select(sites => sites.Select(SiteOf).ToArray())];
        var job = new Awaitbench.Job(1, chains, asked.Path, asked.Connection, TimeSpan.FromMilliseconds(asked.TimeoutNs / 1e6));
        var recording = new PingRecording(job);
        IPings pings = Program switch
        {
            "socket" => new PingSocket(job, recording),
            "httpclient" => new PingHttpClient(job, recording),
            _ => throw new InvalidOperationException($"There is no program {Program} here."),
        };
        return async _ =>
        {
            await pings.ParallelAsync(0);
            return 0;
        };
    }

    private static Site SiteOf(string name) => new(name, IPEndPoint.Parse(name));
}
