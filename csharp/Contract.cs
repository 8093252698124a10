using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Awaitbench;

/// <summary>A job as it came; what its params must hold is its family's to say.</summary>
internal sealed record RawJob(string Family, int Iterations, JsonElement Params);

/// <summary>What a job's iterations leave behind, in flat arrays that are made before the first one: an iteration more
/// costs its words, and no object.</summary>
internal abstract class Recording(int iterations)
{
    private readonly long[] _moments = new long[2 * iterations];

    public int Iterations => iterations;

    /// <summary>When an iteration began, in ns of the monotonic clock.</summary>
    public long StartNs(int iteration) => _moments[2 * iteration];

    /// <summary>When it was over.</summary>
    public long EndNs(int iteration) => _moments[(2 * iteration) + 1];

    /// <summary>Does all iterations back to back, each given its number.</summary>
    public async Task IterateAsync(Func<int, Task> workAsync)
    {
        for (int i = 0; i < iterations; i++)
        {
            _moments[2 * i] = Contract.NowNs;
            await workAsync(i);
            _moments[(2 * i) + 1] = Contract.NowNs;
        }
    }

    /// <summary>Writes what the family adds to the record of an iteration.</summary>
    public abstract void WriteFields(Utf8JsonWriter line, int iteration);
}

/// <summary>The job, or the arguments of a person, cannot be done.</summary>
internal sealed class BadJobException(string message) : Exception(message);

/// <summary>The runner contract, version 1, for all families: a job comes in, the records of its iterations go out.</summary>
internal static class Contract
{
    private static readonly long s_nsPerTick = 1_000_000_000 / Stopwatch.Frequency;

    /// <summary>The machine's monotonic clock, in ns.</summary>
    public static long NowNs => Stopwatch.GetTimestamp() * s_nsPerTick;

    /// <summary>Does the one job that the harness sends; returns the exit status.</summary>
    /// <param name="performAsync">Does all iterations, or throws a <see cref="BadJobException"/>.</param>
    public static Task<int> ServeHarnessAsync(Func<RawJob, Task<Recording>> performAsync) => DoOrRefuseAsync(async () =>
    {
        using var input = new StreamReader(Console.OpenStandardInput());
        using Stream output = Console.OpenStandardOutput();
        Write(output, line =>
        {
            line.WriteNumber("ready", 1);
            line.WriteString("runtime", RuntimeInformation.FrameworkDescription);
            line.WriteNumber("cpus", Environment.ProcessorCount);
        });
        Recording recording = await performAsync(Parse(await input.ReadLineAsync()));
        for (int i = 0; i < recording.Iterations; i++) // each formatted when the one before is out: memory is read at the first
        {
            Write(output, line =>
            {
                line.WriteNumber("iteration", i);
                line.WriteNumber("start_ns", recording.StartNs(i));
                line.WriteNumber("end_ns", recording.EndNs(i));
                recording.WriteFields(line, i);
            });
        }
        Write(output, line => line.WriteBoolean("done", true));
        await input.ReadToEndAsync();
    });

    /// <summary>Does some work; returns the exit status: 2, with a sentence on standard error, at a bad job.</summary>
    public static async Task<int> DoOrRefuseAsync(Func<Task> workAsync)
    {
        try
        {
            await workAsync();
            return 0;
        }
        catch (Exception error) when (error is BadJobException or JsonException)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return 2;
        }
    }

    /// <summary>Reads one line of the harness, strictly: every member due, each of its type, and no other.</summary>
    private static RawJob Parse(string? line)
    {
        RawJob? job = JsonSerializer.Deserialize(line ?? "", ContractJson.Default.RawJob);
        return job is { Iterations: > 0, Params.ValueKind: JsonValueKind.Object }
            ? job
            : throw new BadJobException("A job has a family, a number of iterations and params; this one differs.");
    }

    /// <summary>Sends one line to the harness.</summary>
    private static void Write(Stream output, Action<Utf8JsonWriter> writeMembers)
    {
        using (var line = new Utf8JsonWriter(output))
        {
            line.WriteStartObject();
            writeMembers(line);
            line.WriteEndObject();
        }
        output.Write("\n"u8);
    }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Strict, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(RawJob))]
internal sealed partial class ContractJson : JsonSerializerContext;
