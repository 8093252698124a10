using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Awaitbench;

/// <summary>A job as it came; what its params must hold is its family's to say.</summary>
internal sealed record RawJob(string Family, int Iterations, JsonElement Params);

/// <summary>One iteration: its moments in ns of the monotonic clock, and what its work gave.</summary>
internal readonly record struct Iteration<TResult>(long StartNs, long EndNs, TResult Result);

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
    /// <param name="writeFields">Writes what the family adds to the record of one.</param>
    public static Task<int> ServeHarnessAsync<TResult>(
        Func<RawJob, Task<Iteration<TResult>[]>> performAsync,
        Action<Utf8JsonWriter, Iteration<TResult>> writeFields) => DoOrRefuseAsync(async () =>
    {
        using var input = new StreamReader(Console.OpenStandardInput());
        using Stream output = Console.OpenStandardOutput();
        Write(output, line =>
        {
            line.WriteNumber("ready", 1);
            line.WriteString("runtime", RuntimeInformation.FrameworkDescription);
        });
        Iteration<TResult>[] iterations = await performAsync(Parse(await input.ReadLineAsync()));
        foreach ((int number, Iteration<TResult> iteration) in iterations.Index())
        {
            Write(output, line =>
            {
                line.WriteNumber("iteration", number);
                line.WriteNumber("start_ns", iteration.StartNs);
                line.WriteNumber("end_ns", iteration.EndNs);
                writeFields(line, iteration);
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

    /// <summary>Does all iterations back to back, each given its number.</summary>
    public static async Task<Iteration<TResult>[]> IterateAsync<TResult>(Func<int, Task<TResult>> workAsync, int iterations)
    {
        var done = new Iteration<TResult>[iterations];
        for (int i = 0; i < done.Length; i++)
        {
            long startNs = NowNs;
            TResult result = await workAsync(i);
            done[i] = new(startNs, NowNs, result);
        }
        return done;
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
