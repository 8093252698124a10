using System.Text.Json;

namespace Awaitbench.Work;

/// <summary>One way of doing a family: does an iteration, and gives its checksum.</summary>
internal delegate Task<uint> Way(Job job, int iteration);

/// <summary>What to do: a size, the seed of the values, and a family's own, a flag as 0 or 1.</summary>
internal sealed record Job(int Size, long Seed, Dictionary<string, long> Own)
{
    /// <summary>What a way saw in an iteration, for the field that its family adds to the record.</summary>
    public long Noted { get; set; }

    /// <summary>The k-th value of an iteration.</summary>
    public uint Value(int iteration, int k) => unchecked((uint)(Seed + iteration + k));

    /// <summary>Starts a task for each value of an iteration, in their order.</summary>
    public Task<uint>[] Start(int iteration, Func<uint, Task<uint>> startAsync)
    {
        var tasks = new Task<uint>[Size];
        for (int k = 0; k < tasks.Length; k++)
        {
            tasks[k] = startAsync(Value(iteration, k));
        }
        return tasks;
    }

    /// <summary>One of the family's own parameters, which is in ns.</summary>
    public TimeSpan Time(string name) => TimeSpan.FromTicks(Own[name] / TimeSpan.NanosecondsPerTick);

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

    /// <summary>Does the job that the harness sends in one way; returns the exit status.</summary>
    public static Task<int> ServeAsync(string way) =>
        Contract.ServeHarnessAsync(raw => PerformAsync(way, raw));

    /// <summary>Does all iterations of a job in the way of that name.</summary>
    private static async Task<Recording> PerformAsync(string name, RawJob raw)
    {
        if (Families.Find(raw.Family) is not { } family || !family.Ways.TryGetValue(name, out Way? way))
        {
            throw new BadJobException($"There is no family '{JsonEncodedText.Encode(raw.Family)}' here in the way {name}.");
        }
        Job job = Parse(raw, family);
        var recording = new WorkRecording(raw.Iterations, family.Field);
        await recording.IterateAsync(async iteration =>
            recording.Record(iteration, await way(job, iteration), job.Noted));
        return recording;
    }

    /// <summary>Reads a job's params, strictly: every one due, each of its type and not negative, and no other; a pool has a worker at least.</summary>
    private static Job Parse(RawJob raw, Family family)
    {
        string[] numbers = ["size", "seed", .. family.Own ?? []];
        string[] flags = family.Flags ?? [];
        var read = new Dictionary<string, long>();
        foreach (JsonProperty param in raw.Params.EnumerateObject())
        {
            if (numbers.Contains(param.Name) && param.Value.ValueKind == JsonValueKind.Number
                && param.Value.TryGetInt64(out long number) && number >= (param.Name == "workers" ? 1 : 0))
            {
                read.Add(param.Name, number);
            }
            else if (flags.Contains(param.Name) && param.Value.ValueKind is JsonValueKind.True or JsonValueKind.False)
            {
                read.Add(param.Name, param.Value.GetBoolean() ? 1 : 0);
            }
        }
        bool understood = read.Count == numbers.Length + flags.Length
            && read.Count == raw.Params.GetPropertyCount()
            && read["size"] <= int.MaxValue;
        return understood
            ? new Job((int)read["size"], read["seed"], read)
            : throw new BadJobException(
                $"A job of the family {raw.Family} has the params {string.Join(", ", [.. numbers, .. flags])}; this one differs.");
    }
}

/// <summary>Each iteration's checksum, and what belongs into its family's field where there is one.</summary>
internal sealed class WorkRecording(int iterations, string? field) : Recording(iterations)
{
    private readonly uint[] _checksums = new uint[iterations];
    private readonly long[] _noted = new long[iterations];

    public void Record(int iteration, uint checksum, long noted)
    {
        _checksums[iteration] = checksum;
        _noted[iteration] = noted;
    }

    public override void WriteFields(Utf8JsonWriter line, int iteration)
    {
        line.WriteNumber("checksum", _checksums[iteration]);
        if (field is not null)
        {
            line.WriteNumber(field, _noted[iteration]);
        }
    }
}
