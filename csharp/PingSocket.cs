using System.Buffers;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Awaitbench;

/// <summary>HTTP HEAD pings over sockets.</summary>
internal sealed class PingSocket(Job job, PingRecording recording) : IPings
{
    private const int HeadLimit = 16 * 1024; // what the pool gives is of this length, being a power of two

    private readonly Target[][] _chains = job.Targets(site => new Target(site, job, recording));

    /// <summary>A site as its chain sees it: what is sent there, and the connection to it.</summary>
    private sealed class Target(Site site, Job job, PingRecording recording) : IDisposable
    {
        private readonly byte[] _request =
            Encoding.ASCII.GetBytes($"HEAD {job.Path} HTTP/1.1\r\nHost: {site.Name}\r\nConnection: {job.Connection}\r\n\r\n");

        private Socket? _socket;

        /// <summary>Sends one HEAD request and reads the head of its answer.</summary>
        public async Task PingAsync(int slot)
        {
            long startNs = Contract.NowNs;
            long connectNs = PingRecording.NotSeen;
            using var deadline = new CancellationTokenSource(job.Timeout);
            byte[] answer = ArrayPool<byte>.Shared.Rent(HeadLimit);
            try
            {
                if (_socket is null)
                {
                    _socket = await site.ConnectAsync(deadline.Token);
                    connectNs = Contract.NowNs;
                }
                await _socket.SendAsync(_request, deadline.Token);
                int status = await ReadStatusAsync(_socket, answer, deadline.Token);
                long endNs = Contract.NowNs;
                recording.Record(slot, startNs, connectNs, endNs, endNs, status);
                if (!job.KeepAlive)
                {
                    Dispose();
                }
            }
            catch (Exception error) when (FailureOf(error) is int failure)
            {
                long endNs = Contract.NowNs;
                recording.Record(slot, startNs, connectNs, PingRecording.NotSeen, endNs, failure);
                Dispose();
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(answer);
            }
        }

        /// <summary>Names what went wrong in the contract's words; null for a mistake of this program.</summary>
        private int? FailureOf(Exception error) => error switch
        {
            OperationCanceledException => Failure.Timeout,
            EndOfStreamException => Failure.Reset,
            SocketException network => Failure.Of(network, connected: _socket is not null),
            NotHttpException => Failure.Protocol,
            _ => null,
        };

        /// <summary>Closes the connection.</summary>
        public void Dispose()
        {
            _socket?.Dispose();
            _socket = null;
        }
    }

    /// <summary>Pings the targets of a chain one after another.</summary>
    private static async Task ChainAsync(Target[] targets, int slot)
    {
        foreach (Target target in targets)
        {
            await target.PingAsync(slot++);
        }
    }

    /// <summary>Starts all chains, and joins them.</summary>
    public Task ParallelAsync(int iteration)
    {
        int slot = iteration * job.Pings;
        var chains = new Task[_chains.Length];
        for (int i = 0; i < chains.Length; i++)
        {
            chains[i] = ChainAsync(_chains[i], slot);
            slot += _chains[i].Length;
        }
        return Task.WhenAll(chains);
    }

    /// <summary>Reads a response head to its blank line and returns its status.</summary>
    private static async ValueTask<int> ReadStatusAsync(Socket socket, Memory<byte> answer, CancellationToken token)
    {
        int length = 0;
        while (answer.Span[..length].IndexOf("\r\n\r\n"u8) < 0)
        {
            if (length == answer.Length)
            {
                throw new NotHttpException();
            }
            int received = await socket.ReceiveAsync(answer[length..], token);
            length += received > 0 ? received : throw new EndOfStreamException();
        }
        return StatusOf(answer.Span[..length]);
    }

    private static int StatusOf(ReadOnlySpan<byte> head) =>
        head.Length > 12 && head.StartsWith("HTTP/1."u8) && head[7] is (byte)'0' or (byte)'1' && head[8] == ' '
        && int.TryParse(head[9..12], NumberStyles.None, CultureInfo.InvariantCulture, out int status)
        && head[12] is (byte)' ' or (byte)'\r'
            ? PingContract.ValidStatus(status)
            : throw new NotHttpException();

    public void Dispose()
    {
        foreach (Target target in _chains.SelectMany(targets => targets))
        {
            target.Dispose();
        }
    }
}
