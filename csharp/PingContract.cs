using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Awaitbench;

/// <summary>One server to ping.</summary>
/// <param name="Name">How the job writes it: HOST:PORT, or HOST for port 80.</param>
internal sealed record Site(string Name, EndPoint EndPoint)
{
    /// <summary>Opens a connection, without Nagle's delay.</summary>
    public async ValueTask<Socket> ConnectAsync(CancellationToken token)
    {
        Socket socket = EndPoint is IPEndPoint
            ? new(EndPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp)
            : new(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.NoDelay = true;
            await socket.ConnectAsync(EndPoint, token);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>What to do: so many times, ping all chains at once and the sites of a chain in turn.</summary>
/// <param name="Connection">What the header says: <c>close</c> or <c>keep-alive</c>.</param>
internal sealed record Job(int Iterations, Site[][] Chains, string Path, string Connection, TimeSpan Timeout)
{
    public bool KeepAlive => Connection == "keep-alive";
}

/// <summary>One ping's moments, in ns of the monotonic clock; null for what was not seen.</summary>
/// <param name="Status">The answer's status; 0 if there was none.</param>
/// <param name="Failure">Why there was none, in the contract's words.</param>
internal readonly record struct Ping(
    long StartNs, long? ConnectNs, long? HeadNs, long EndNs, int Status, string? Failure = null);

/// <summary>What a ping program offers: all chains of its job at once; disposed, it closes its connections.</summary>
internal interface IPings : IDisposable
{
    Task<Ping[][]> ParallelAsync();
}

/// <summary>Family ping of the runner contract, version 1: its jobs, its records, and a person's way to ask.</summary>
internal static class PingContract
{
    private const long ADayNs = 86_400_000_000_000;

    /// <summary>Does the job that the harness sends, or pings a person's sites once; returns the exit status.</summary>
    public static Task<int> ServeAsync(Func<Job, IPings> program, string[] chains) => chains is []
        ? Contract.ServeHarnessAsync(raw => PerformAsync(program, ParseJob(raw)), WriteFields)
        : Contract.DoOrRefuseAsync(() => ServePersonAsync(program, [.. chains.Select(chain => chain.Split(','))]));

    /// <summary>Pings once, and prints the times.</summary>
    private static async Task ServePersonAsync(Func<Job, IPings> program, string[][] names)
    {
        var job = new Job(1, ParseChains(names), "/", "close", TimeSpan.FromSeconds(5));
        foreach (Iteration<Ping[][]> iteration in await PerformAsync(program, job))
        {
            PrintTimes(job, iteration);
        }
    }

    /// <summary>Does all iterations of a job, and closes its connections.</summary>
    private static async Task<Iteration<Ping[][]>[]> PerformAsync(Func<Job, IPings> program, Job job)
    {
        using IPings pings = program(job);
        return await Contract.IterateAsync(_ => pings.ParallelAsync(), job.Iterations);
    }

    /// <summary>Reads a job of the harness, strictly: every member due, each of its type, and no other.</summary>
    private static Job ParseJob(RawJob raw)
    {
        (string[][] chains, string path, string connection, long timeoutNs) = raw.Params.Deserialize(PingJson.Default.PingParams)!;
        bool understood = raw.Family == "ping" && path.StartsWith('/') && connection is "close" or "keep-alive"
            && timeoutNs is > 0 and <= ADayNs;
        return understood
            ? new(raw.Iterations, ParseChains(chains), path, connection, TimeSpan.FromMicroseconds(timeoutNs / 1e3))
            : throw new BadJobException("This program does jobs of the family ping with iterations and, in params, chains,"
                + " path, connection and timeout_ns; this one differs.");
    }

    /// <summary>Reads chains of site names, at least one site in each.</summary>
    private static Site[][] ParseChains(string[][] chains) =>
        chains.Length > 0 && chains.All(sites => sites is { Length: > 0 })
            ? [.. chains.Select(sites => sites.Select(ParseSite).ToArray())]
            : throw new BadJobException("Chains must be lists of sites, none of them empty.");

    /// <summary>Reads HOST:PORT, or HOST; an IPv6 address stands in brackets.</summary>
    private static Site ParseSite(string? name)
    {
        string host = name ?? "";
        ushort port = 80;
        int colon = host.LastIndexOf(':');
        bool understood = colon <= host.LastIndexOf(']')
            || ushort.TryParse(host.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port);
        host = colon > host.LastIndexOf(']') ? host[..colon] : host;
        if (!understood || host is "" || host.Contains(':') != host.StartsWith('['))
        {
            throw new BadJobException($"A site is written HOST:PORT or HOST, not '{JsonEncodedText.Encode(name ?? "null")}'.");
        }
        return new Site(name!, IPAddress.TryParse(host, out IPAddress? address)
            ? new IPEndPoint(address, port)
            : new DnsEndPoint(host, port));
    }

    /// <summary>Checks that an answer's status is one.</summary>
    /// <exception cref="ProtocolViolationException">It is not.</exception>
    public static int ValidStatus(int status) =>
        status is >= 100 and <= 599 ? status : throw new ProtocolViolationException($"{status} is no HTTP status.");

    /// <summary>Writes an iteration's pings, their times counted from its start.</summary>
    private static void WriteFields(Utf8JsonWriter line, Iteration<Ping[][]> iteration)
    {
        line.WriteStartArray("pings");
        foreach (Ping[] chain in iteration.Result)
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
    private static void PrintTimes(Job job, Iteration<Ping[][]> iteration)
    {
        var pings = job.Chains.SelectMany(sites => sites)
            .Zip(iteration.Result.SelectMany(chain => chain), (site, ping) => (
                site.Name,
                Seconds: (ping.EndNs - ping.StartNs) / 1e9,
                Note: ping.Failure is null ? "" : $" ({ping.Failure})"))
            .ToList();
        Console.WriteLine($"Real time: {(iteration.EndNs - iteration.StartNs) / 1e9:F6}");
        Console.WriteLine($"Time per site: {string.Join(", ", pings.Select(p => $"{p.Name} {p.Seconds:F6}{p.Note}"))}");
        Console.WriteLine($"Total time: {pings.Sum(p => p.Seconds):F6}");
    }
}

internal sealed record PingParams(string[][] Chains, string Path, string Connection, long TimeoutNs);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Strict, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(PingParams))]
internal sealed partial class PingJson : JsonSerializerContext;
