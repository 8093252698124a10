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

    /// <summary>How many pings an iteration has.</summary>
    public int Pings { get; } = Chains.Sum(sites => sites.Length);

    /// <summary>The chains as a program sees them: it makes a target of each site, one where a site comes again.</summary>
    public TTarget[][] Targets<TTarget>(Func<Site, TTarget> make) => [.. Chains.Select(sites =>
    {
        var targets = sites.Distinct().ToDictionary(site => site, make);
        return sites.Select(site => targets[site]).ToArray();
    })];
}

/// <summary>Why a ping has no status, as the contract calls it; recorded in place of the status.</summary>
internal static class Failure
{
    public const int Refused = -1;
    public const int Reset = -2;
    public const int Timeout = -3;
    public const int Protocol = -4;

    private static readonly string[] s_words = ["refused", "reset", "timeout", "protocol"];

    public static string Word(int failure) => s_words[-failure - 1];

    /// <summary>Which failure an error of the network is; null for any other, which is this program's mistake or this
    /// machine's trouble, and nothing to blame a site for.</summary>
    public static int? Of(SocketException error, bool connected) => error.SocketErrorCode switch
    {
        SocketError.ConnectionRefused or SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown
            or SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.HostDown or SocketError.NetworkDown
            or SocketError.TimedOut or SocketError.AccessDenied
            or SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoRecovery or SocketError.NoData =>
            connected ? Reset : Refused,
        _ => null,
    };
}

/// <summary>What came is not an HTTP answer.</summary>
internal sealed class NotHttpException() : Exception("What came is not an HTTP answer.");

/// <summary>All pings of a job: five words each, start, connect, head, end and status.</summary>
internal sealed class PingRecording(Job job) : Recording(job.Iterations)
{
    /// <summary>In place of a moment that was not seen.</summary>
    public const long NotSeen = -1;

    private const int Words = 5;

    private readonly long[] _words = new long[(long)Words * job.Iterations * job.Pings];

    /// <summary>Keeps one ping: its moments in ns of the monotonic clock, and its status or failure.</summary>
    /// <param name="slot">Its place among all pings of the job: iteration after iteration, chain after chain.</param>
    public void Record(int slot, long startNs, long connectNs, long headNs, long endNs, int status)
    {
        Span<long> words = _words.AsSpan(Words * slot, Words);
        words[0] = startNs;
        words[1] = connectNs;
        words[2] = headNs;
        words[3] = endNs;
        words[4] = status;
    }

    /// <summary>Writes an iteration's pings, their times counted from its start.</summary>
    public override void WriteFields(Utf8JsonWriter line, int iteration)
    {
        int slot = iteration * job.Pings;
        line.WriteStartArray("pings");
        foreach (Site[] sites in job.Chains)
        {
            line.WriteStartArray();
            foreach (Site _ in sites)
            {
                WritePing(line, _words.AsSpan(Words * slot++, Words), StartNs(iteration));
            }
            line.WriteEndArray();
        }
        line.WriteEndArray();
    }

    private static void WritePing(Utf8JsonWriter line, ReadOnlySpan<long> words, long zeroNs)
    {
        line.WriteStartArray();
        foreach (long ns in words[..4])
        {
            if (ns == NotSeen)
            {
                line.WriteNullValue();
            }
            else
            {
                line.WriteNumberValue(ns - zeroNs);
            }
        }
        if (words[4] < 0)
        {
            line.WriteStringValue(Failure.Word((int)words[4]));
        }
        else
        {
            line.WriteNumberValue(words[4]);
        }
        line.WriteEndArray();
    }

    /// <summary>Prints the survey's three lines of the first iteration, in seconds.</summary>
    public void Print()
    {
        var pings = job.Chains.SelectMany(sites => sites)
            .Zip(_words.Chunk(Words), (site, words) => (
                site.Name,
                Seconds: (words[3] - words[0]) / 1e9,
                Note: words[4] < 0 ? $" ({Failure.Word((int)words[4])})" : ""))
            .ToList();
        Console.WriteLine($"Real time: {(EndNs(0) - StartNs(0)) / 1e9:F6}");
        Console.WriteLine($"Time per site: {string.Join(", ", pings.Select(p => $"{p.Name} {p.Seconds:F6}{p.Note}"))}");
        Console.WriteLine($"Total time: {pings.Sum(p => p.Seconds):F6}");
    }
}

/// <summary>What a ping program offers: all chains of its job at once; disposed, it closes its connections.</summary>
internal interface IPings : IDisposable
{
    Task ParallelAsync(int iteration);
}

/// <summary>Makes a program for a job, to keep its pings in a recording.</summary>
internal delegate IPings Program(Job job, PingRecording recording);

/// <summary>Family ping of the runner contract, version 1: its jobs, its records, and a person's way to ask.</summary>
internal static class PingContract
{
    private const long ADayNs = 86_400_000_000_000;

    /// <summary>Does the job that the harness sends, or pings a person's sites once; returns the exit status.</summary>
    public static Task<int> ServeAsync(Program program, string[] chains) => chains is []
        ? Contract.ServeHarnessAsync(async raw => await PerformAsync(program, ParseJob(raw)))
        : Contract.DoOrRefuseAsync(() => ServePersonAsync(program, [.. chains.Select(chain => chain.Split(','))]));

    /// <summary>Pings once, and prints the times.</summary>
    private static async Task ServePersonAsync(Program program, string[][] names)
    {
        var job = new Job(1, ParseChains(names), "/", "close", TimeSpan.FromSeconds(5));
        (await PerformAsync(program, job)).Print();
    }

    /// <summary>Does all iterations of a job, and closes its connections.</summary>
    private static async Task<PingRecording> PerformAsync(Program program, Job job)
    {
        var recording = new PingRecording(job);
        using IPings pings = program(job, recording);
        await recording.IterateAsync(pings.ParallelAsync);
        return recording;
    }

    /// <summary>Reads a job of the harness, strictly: every member due, each of its type, and no other.</summary>
    private static Job ParseJob(RawJob raw)
    {
        (string[][] chains, string path, string connection, long timeoutNs) = raw.Params.Deserialize(PingJson.Default.PingParams)!;
        bool understood = raw.Family == "ping" && path.StartsWith('/') && connection is "close" or "keep-alive"
            && timeoutNs is > 0 and <= ADayNs;
        return understood
            ? new(raw.Iterations, ParseChains(chains), path, connection, TimeSpan.FromMilliseconds(Math.Ceiling(timeoutNs / 1e6)))
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
    public static int ValidStatus(int status) => status is >= 100 and <= 599 ? status : throw new NotHttpException();
}

internal sealed record PingParams(string[][] Chains, string Path, string Connection, long TimeoutNs);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Strict, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(PingParams))]
internal sealed partial class PingJson : JsonSerializerContext;
