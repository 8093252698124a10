using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Awaitbench;

/// <summary>HTTP HEAD pings with HttpClient, as in the survey.</summary>
internal sealed class PingHttpClient(Job job) : IPings
{
    private readonly HttpClient _client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        ActivityHeadersPropagator = null,
        MaxConnectionsPerServer = 1,
        PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
        ConnectTimeout = job.Timeout,
        ConnectCallback = ConnectAsync,
    })
    { Timeout = job.Timeout };

    private readonly ConcurrentDictionary<Site, bool> _kept = [];

    /// <summary>Sends one HEAD request and reads the head of its answer.</summary>
    private async Task<Ping> PingAsync(Site site)
    {
        long startNs = Contract.NowNs;
        using var request = new HeadRequest(site, job.Path) { MayConnect = !_kept.TryRemove(site, out _) };
        request.Headers.Connection.Add(job.Connection);
        try
        {
            using HttpResponseMessage response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            int status = PingContract.ValidStatus((int)response.StatusCode);
            long headNs = Contract.NowNs;
            if (job.KeepAlive)
            {
                _kept[site] = true;
            }
            return new Ping(startNs, request.ConnectNs, headNs, headNs, status);
        }
        catch (Exception error) when (FailureOf(error) is string failure)
        {
            return new Ping(startNs, request.ConnectNs, null, Contract.NowNs, 0, failure);
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

    /// <summary>Opens the connection of a ping.</summary>
    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken token)
    {
        // When a site closes without an answer, HttpClient sends the request again, up to three times, and no setting
        // stops it. Refusing the second connection does.
        var request = (HeadRequest)context.InitialRequestMessage;
        if (!request.MayConnect)
        {
            throw new HttpIOException(HttpRequestError.ResponseEnded);
        }
        request.MayConnect = false;
        Socket socket = await request.Site.ConnectAsync(token);
        request.ConnectNs = Contract.NowNs;
        return new NetworkStream(socket, ownsSocket: true);
    }

    /// <summary>Names what went wrong in the contract's words; null for a mistake of this program.</summary>
    private static string? FailureOf(Exception error) => error switch
    {
        OperationCanceledException => "timeout",
        HttpRequestException { InnerException: HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded } } => "reset",
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError } => "refused",
        HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse } => "protocol",
        ProtocolViolationException => "protocol",
        HttpRequestException => "reset",
        _ => null,
    };

    public void Dispose() => _client.Dispose();

    private sealed class HeadRequest(Site site, string path)
        : HttpRequestMessage(HttpMethod.Head, $"http://{site.Name}{path}")
    {
        public Site Site => site;

        public bool MayConnect { get; set; }

        public long? ConnectNs { get; set; }
    }
}
