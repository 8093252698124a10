using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Awaitbench;

/// <summary>HTTP HEAD pings over sockets.</summary>
internal sealed class PingSocket(Job job) : IPings
{
    private readonly ConcurrentDictionary<Site, Socket> _kept = [];

    /// <summary>Sends one HEAD request and reads the head of its answer.</summary>
    private async Task<Ping> PingAsync(Site site)
    {
        long startNs = Contract.NowNs;
        long? connectNs = null;
        using var deadline = new CancellationTokenSource(job.Timeout);
        _kept.TryRemove(site, out Socket? socket);
        try
        {
            if (socket is null)
            {
                socket = await site.ConnectAsync(deadline.Token);
                connectNs = Contract.NowNs;
            }
            await socket.SendAsync(
                Encoding.ASCII.GetBytes(
                    $"HEAD {job.Path} HTTP/1.1\r\nHost: {site.Name}\r\nConnection: {job.Connection}\r\n\r\n"),
                deadline.Token);
            int status = await ReadStatusAsync(socket, deadline.Token);
            long headNs = Contract.NowNs;
            if (job.KeepAlive)
            {
                _kept[site] = socket;
                socket = null;
            }
            return new Ping(startNs, connectNs, headNs, headNs, status);
        }
        catch (Exception error) when (FailureOf(error) is string failure)
        {
            return new Ping(startNs, connectNs, null, Contract.NowNs, 0, failure);
        }
        finally
        {
            socket?.Dispose();
        }
    }

    /// <summary>Pings sites one after another.</summary>
    private async Task<Ping[]> ChainAsync(Site[] sites)
    {
        var pings = new Ping[sites.Length];
        for (int i = 0; i < sites.Length; i++)
        {
            pings[i] = await PingAsync(sites[i]);
        }
        return pings;
    }

    /// <summary>Starts all chains, and joins them.</summary>
    public Task<Ping[][]> ParallelAsync() => Task.WhenAll(job.Chains.Select(ChainAsync));

    /// <summary>Reads a response head to its blank line and returns its status.</summary>
    private static async ValueTask<int> ReadStatusAsync(Socket socket, CancellationToken token)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
        try
        {
            int length = 0;
            while (buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8) < 0)
            {
                if (length == buffer.Length)
                {
                    throw new ProtocolViolationException("The answer's head has no end.");
                }
                int received = await socket.ReceiveAsync(buffer.AsMemory(length), token);
                length += received > 0 ? received : throw new EndOfStreamException();
            }
            return StatusOf(buffer.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static int StatusOf(ReadOnlySpan<byte> head) =>
        head.Length > 12 && head.StartsWith("HTTP/1."u8) && head[8] == ' ' && head[12] is (byte)' ' or (byte)'\r'
        && int.TryParse(head[9..12], NumberStyles.None, CultureInfo.InvariantCulture, out int status)
            ? PingContract.ValidStatus(status)
            : throw new ProtocolViolationException("This is not an HTTP answer.");

    /// <summary>Names what went wrong in the contract's words; null for a mistake of this program.</summary>
    private static string? FailureOf(Exception error) => error switch
    {
        OperationCanceledException => "timeout",
        EndOfStreamException => "reset",
        SocketException { SocketErrorCode: SocketError.ConnectionReset or SocketError.Shutdown } => "reset",
        SocketException => "refused",
        ProtocolViolationException => "protocol",
        _ => null,
    };

    public void Dispose()
    {
        foreach (Socket socket in _kept.Values)
        {
            socket.Dispose();
        }
    }
}
