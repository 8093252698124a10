using System.Diagnostics;
using System.Net;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Awaitbench;

/// <summary>The runner contract, version 1, for ping programs: a job comes in, the records of its iterations go out.</summary>
internal static class Contract
{
    private static readonly long s_nsPerTick = 1_000_000_000 / Stopwatch.Frequency;

    /// <summary>The machine's monotonic clock, in ns.</summary>
    public static long NowNs => Stopwatch.GetTimestamp() * s_nsPerTick;

    /// <summary>Checks that an answer's status is one.</summary>
    /// <exception cref="ProtocolViolationException">It is not.</exception>
    public static int ValidStatus(int status) =>
        status is >= 100 and <= 599 ? status : throw new ProtocolViolationException($"{status} is no HTTP status.");

    /// <summary>Does the job that the harness sends, or pings a person's sites once; returns the exit status.</summary>
    public static async Task<int> ServeAsync(Func<Job, IPings> program, string[] chains)
    {
        try
        {
            if (chains is not [])
            {
                Job person = Job.OfPerson(chains);
                PrintTimes(person, (await IterateAsync(program, person))[0]);
                return 0;
            }
            using var input = new StreamReader(Console.OpenStandardInput());
            using Stream output = Console.OpenStandardOutput();
            Write(output, line =>
            {
                line.WriteNumber("ready", 1);
                line.WriteString("runtime", RuntimeInformation.FrameworkDescription);
            });
            var job = Job.Parse(await input.ReadLineAsync());
            Iteration[] iterations = await IterateAsync(program, job);
            for (int number = 0; number < iterations.Length; number++)
            {
                Write(output, line => WriteIteration(line, number, iterations[number]));
            }
            Write(output, line => line.WriteBoolean("done", true));
            await input.ReadToEndAsync();
            return 0;
        }
        catch (JsonException error)
        {
            await Console.Error.WriteLineAsync($"This job cannot be done: {error.Message}");
            return 2;
        }
    }

    /// <summary>Does all iterations back to back.</summary>
    private static async Task<Iteration[]> IterateAsync(Func<Job, IPings> program, Job job)
    {
        using IPings pings = program(job);
        var iterations = new Iteration[job.Iterations];
        for (int i = 0; i < iterations.Length; i++)
        {
            long startNs = NowNs;
            Ping[][] chains = await pings.ParallelAsync();
            iterations[i] = new Iteration(startNs, NowNs, chains);
        }
        return iterations;
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

    /// <summary>Writes an iteration's members, its pings' times counted from the iteration's start.</summary>
    private static void WriteIteration(Utf8JsonWriter line, int number, Iteration iteration)
    {
        line.WriteNumber("iteration", number);
        line.WriteNumber("start_ns", iteration.StartNs);
        line.WriteNumber("end_ns", iteration.EndNs);
        line.WriteStartArray("pings");
        foreach (Ping[] chain in iteration.Pings)
        {
            line.WriteStartArray();
            foreach (Ping ping in chain)
            {
                line.WriteStartArray();
                WriteTime(ping.StartNs);
                WriteTime(ping.ConnectNs);
                WriteTime(ping.HeadNs);
                WriteTime(ping.EndNs);
                if (ping.Failure is null)
                {
                    line.WriteNumberValue(ping.Status);
                }
                else
                {
                    line.WriteStringValue(ping.Failure);
                }
                line.WriteEndArray();
            }
            line.WriteEndArray();
        }
        line.WriteEndArray();

        void WriteTime(long? timeNs)
        {
            if (timeNs is long ns)
            {
                line.WriteNumberValue(ns - iteration.StartNs);
            }
            else
            {
                line.WriteNullValue();
            }
        }
    }

    /// <summary>Prints the survey's three lines, in seconds.</summary>
    private static void PrintTimes(Job job, Iteration iteration)
    {
        var pings = job.Chains.SelectMany(sites => sites)
            .Zip(iteration.Pings.SelectMany(chain => chain), (site, ping) => (
                site.Name,
                Seconds: (ping.EndNs - ping.StartNs) / 1e9,
                Note: ping.Failure is null ? "" : $" ({ping.Failure})"))
            .ToList();
        Console.WriteLine($"Real time: {(iteration.EndNs - iteration.StartNs) / 1e9:F6}");
        Console.WriteLine($"Time per site: {string.Join(", ", pings.Select(p => $"{p.Name} {p.Seconds:F6}{p.Note}"))}");
        Console.WriteLine($"Total time: {pings.Sum(p => p.Seconds):F6}");
    }
}
