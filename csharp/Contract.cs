using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Awaitbench;

/// <summary>The runner contract, version 1: a job comes in, the records of its iterations go out.</summary>
internal static class Contract
{
    private static readonly long s_nsPerTick = 1_000_000_000 / Stopwatch.Frequency;

    /// <summary>The machine's monotonic clock, in ns.</summary>
    public static long NowNs => Stopwatch.GetTimestamp() * s_nsPerTick;

    /// <summary>Serves the harness; returns the exit status.</summary>
    /// <param name="workAsync">Does the job that a line asks for, all iterations back to back; returns for each what
    /// writes the members of its record.</param>
    public static Task<int> ServeAsync(Func<string?, Task<Action<Utf8JsonWriter>[]>> workAsync) => RefuseAsync(async () =>
    {
        using var input = new StreamReader(Console.OpenStandardInput());
        using Stream output = Console.OpenStandardOutput();
        Write(output, line =>
        {
            line.WriteNumber("ready", 1);
            line.WriteString("runtime", RuntimeInformation.FrameworkDescription);
        });
        foreach ((int number, Action<Utf8JsonWriter> writeMembers) in (await workAsync(await input.ReadLineAsync())).Index())
        {
            Write(output, line =>
            {
                line.WriteNumber("iteration", number);
                writeMembers(line);
            });
        }
        Write(output, line => line.WriteBoolean("done", true));
        await input.ReadToEndAsync();
    });

    /// <summary>Does some work, or says why it cannot be done; returns the exit status.</summary>
    public static async Task<int> RefuseAsync(Func<Task> workAsync)
    {
        try
        {
            await workAsync();
            return 0;
        }
        catch (JsonException error)
        {
            await Console.Error.WriteLineAsync($"This job cannot be done: {error.Message}");
            return 2;
        }
    }

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
