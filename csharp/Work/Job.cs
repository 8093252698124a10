using System.Text.Json;
using System.Text.Json.Serialization;

namespace Awaitbench.Work;

/// <summary>One way of doing a family: does an iteration, and gives its checksum.</summary>
internal delegate Task<uint> Way(Job job, int iteration);

/// <summary>What to do: a size, the seed of the values, and a family's own.</summary>
internal sealed record Job(int Size, long Seed, TimeSpan Delay, TimeSpan Block, int Rounds, bool Suspend)
{
    /// <summary>The bytes that each iteration allocated, where a family counts them.</summary>
    public List<long> AllocatedBytes { get; } = [];

    /// <summary>The k-th value of an iteration.</summary>
    public uint Value(int iteration, int k) => unchecked((uint)(Seed + iteration + k));

    /// <summary>The values of an iteration, in order.</summary>
    public IEnumerable<uint> Values(int iteration)
    {
        for (int k = 0; k < Size; k++)
        {
            yield return Value(iteration, k);
        }
    }

    /// <summary>Folds one value more into a checksum, which starts as 0.</summary>
    public static uint Fold(uint checksum, uint value) => unchecked((31 * checksum) + value);

    /// <summary>The checksum of values in their order.</summary>
    public static uint Fold(uint[] values)
    {
        uint checksum = 0;
        foreach (uint value in values)
        {
            checksum = Fold(checksum, value);
        }
        return checksum;
    }

    /// <summary>Does the job that a line asks for, in the ways that there are by family; returns what writes each
    /// iteration's record.</summary>
    /// <exception cref="JsonException">The line is not such a job.</exception>
    public static async Task<Action<Utf8JsonWriter>[]> RunAsync(Dictionary<string, Way> ways, string? line)
    {
        JobMessage message = JsonSerializer.Deserialize(line ?? "", JobContext.Default.JobMessage)
            ?? throw new JsonException("The job is null.");
        if (!ways.TryGetValue(message.Family, out Way? way) || message.Iterations <= 0)
        {
            throw new JsonException($"Not a job of the families {string.Join(", ", ways.Keys)}.");
        }
        Job job = message.Params.ForFamily(message.Family);
        var records = new Action<Utf8JsonWriter>[message.Iterations];
        for (int i = 0; i < records.Length; i++)
        {
            long startNs = Contract.NowNs;
            uint checksum = await way(job, i);
            records[i] = WriterOf(job, i, startNs, Contract.NowNs, checksum);
        }
        return records;
    }

    private static Action<Utf8JsonWriter> WriterOf(
        Job job, int iteration, long startNs, long endNs, uint checksum) => line =>
    {
        line.WriteNumber("start_ns", startNs);
        line.WriteNumber("end_ns", endNs);
        line.WriteNumber("checksum", checksum);
        if (job.AllocatedBytes is { Count: > 0 } bytes)
        {
            line.WriteNumber("allocated_bytes", bytes[iteration]);
        }
    };
}

internal sealed record JobMessage(string Family, int Iterations, ParamsMessage Params);

/// <summary>All families' parameters; a family has the first two and its own.</summary>
internal sealed record ParamsMessage(
    int Size, long Seed, long? DelayNs = null, long? BlockNs = null, int? Rounds = null, bool? Suspend = null)
{
    /// <summary>Reads a job's parameters, strictly: every one due, and no other.</summary>
    /// <exception cref="JsonException">They are not the family's, or negative.</exception>
    public Job ForFamily(string family)
    {
        bool understood = Size >= 0 && Seed >= 0
            && DelayNs is null or >= 0 && DelayNs.HasValue == (family == "timers")
            && BlockNs is null or >= 0 && BlockNs.HasValue == (family == "blocking")
            && Rounds is null or >= 0 && Rounds.HasValue == (family == "parallel-cpu")
            && Suspend.HasValue == (family == "value-task");
        return understood
            ? new Job(Size, Seed, Nanoseconds(DelayNs), Nanoseconds(BlockNs), Rounds ?? 0, Suspend ?? false)
            : throw new JsonException($"Not the parameters of the family {family}.");
    }

    private static TimeSpan Nanoseconds(long? ns) => TimeSpan.FromTicks((ns ?? 0) / TimeSpan.NanosecondsPerTick);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(JobMessage))]
internal sealed partial class JobContext : JsonSerializerContext;
