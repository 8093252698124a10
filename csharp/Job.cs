using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Awaitbench;

/// <summary>What to do: so many times, ping all chains at once and the sites of a chain in turn.</summary>
/// <param name="Connection">What the header says: <c>close</c> or <c>keep-alive</c>.</param>
internal sealed record Job(int Iterations, Site[][] Chains, string Path, string Connection, TimeSpan Timeout)
{
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(1);

    public bool KeepAlive => Connection == "keep-alive";

    /// <summary>Reads one line of the harness, strictly: every member due, each of its type, and no other.</summary>
    /// <exception cref="JsonException">The line is not such a job.</exception>
    public static Job Parse(string? line)
    {
        JobMessage message = JsonSerializer.Deserialize(line ?? "", JobContext.Default.JobMessage)
            ?? throw new JsonException("The job is null.");
        (string[][] chains, string path, string connection, long timeoutNs) = message.Params;
        bool understood = message is { Family: "ping", Iterations: > 0 }
            && path.StartsWith('/')
            && connection is "close" or "keep-alive"
            && timeoutNs > 0 && timeoutNs <= s_longest.TotalNanoseconds;
        return understood
            ? new Job(message.Iterations, ParseChains(chains), path, connection, TimeSpan.FromMicroseconds(timeoutNs / 1e3))
            : throw new JsonException("Not a job of the family ping with values in their ranges.");
    }

    /// <summary>Reads the chains a person names, each <c>SITE,SITE,…</c>, to be pinged once.</summary>
    public static Job OfPerson(string[] chains) =>
        new(1, ParseChains([.. chains.Select(chain => chain.Split(','))]), "/", "close", TimeSpan.FromSeconds(5));

    private static Site[][] ParseChains(string[][] chains) =>
        chains.Length > 0 && chains.All(sites => sites is { Length: > 0 })
            ? [.. chains.Select(sites => sites.Select(Site.Parse).ToArray())]
            : throw new JsonException("Chains must be lists of sites, none of them empty.");
}

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

    public static Site Parse(string name)
    {
        string[] parts = name?.Split(':') ?? [];
        ushort port = 80;
        if (parts is not [not "", ..] || parts.Length > 2 || (parts is [_, var text] && !ushort.TryParse(text, out port)))
        {
            throw new JsonException($"A site is written HOST:PORT or HOST, not '{name}'.");
        }
        return new Site(name!, IPAddress.TryParse(parts[0], out IPAddress? address)
            ? new IPEndPoint(address, port)
            : new DnsEndPoint(parts[0], port));
    }
}

internal sealed record JobMessage(string Family, int Iterations, ParamsMessage Params);

internal sealed record ParamsMessage(string[][] Chains, string Path, string Connection, long TimeoutNs);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(JobMessage))]
internal sealed partial class JobContext : JsonSerializerContext;
