using System.Net;
using System.Text.Json;

namespace Awaitbench;

/// <summary>What the contract asks of ping programs.</summary>
internal static class PingContract
{
    /// <summary>Checks that an answer's status is one.</summary>
    /// <exception cref="ProtocolViolationException">It is not.</exception>
    public static int ValidStatus(int status) =>
        status is >= 100 and <= 599 ? status : throw new ProtocolViolationException($"{status} is no HTTP status.");

    /// <summary>Does the job that the harness sends, or pings a person's sites once; returns the exit status.</summary>
    public static Task<int> ServeAsync(Func<Job, IPings> program, string[] chains) => chains is []
        ? Contract.ServeAsync(async line => [.. (await IterateAsync(program, Job.Parse(line))).Select(WriterOf)])
        : Contract.RefuseAsync(async () =>
        {
            Job person = Job.OfPerson(chains);
            PrintTimes(person, (await IterateAsync(program, person))[0]);
        });

    /// <summary>Does all iterations back to back.</summary>
    private static async Task<Iteration[]> IterateAsync(Func<Job, IPings> program, Job job)
    {
        using IPings pings = program(job);
        var iterations = new Iteration[job.Iterations];
        for (int i = 0; i < iterations.Length; i++)
        {
            long startNs = Contract.NowNs;
            Ping[][] chains = await pings.ParallelAsync();
            iterations[i] = new Iteration(startNs, Contract.NowNs, chains);
        }
        return iterations;
    }

    private static Action<Utf8JsonWriter> WriterOf(Iteration iteration) => line => WriteIteration(line, iteration);

    /// <summary>Writes an iteration's members, its pings' times counted from the iteration's start.</summary>
    private static void WriteIteration(Utf8JsonWriter line, Iteration iteration)
    {
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
