using System.Net.Sockets;

namespace Awaitbench;

/// <summary>HTTP HEAD pings with HttpClient, as in the survey.</summary>
internal sealed class PingHttpClient : IPings
{
    private readonly Job _job;
    private readonly HttpClient _client;
    private readonly Target[][] _chains;

    public PingHttpClient(Job job, PingRecording recording)
    {
        _job = job;
        _client = new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ActivityHeadersPropagator = null,
            MaxConnectionsPerServer = 1,
            MaxResponseHeadersLength = 16, // KiB
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
            PooledConnectionLifetime = job.KeepAlive ? Timeout.InfiniteTimeSpan : TimeSpan.Zero,
            ConnectTimeout = Timeout.InfiniteTimeSpan,
            ConnectCallback = (context, _) => ((HeadRequest)context.InitialRequestMessage).Target.ConnectAsync(),
        })
        { Timeout = Timeout.InfiniteTimeSpan };
        _client.DefaultRequestHeaders.Connection.Add(job.Connection);
        _chains = job.Targets(site => new Target(_client, site, job, recording));
    }

    /// <summary>A site as its chain sees it: what is asked for there, and whether a connection to it is open.</summary>
    private sealed class Target(HttpClient client, Site site, Job job, PingRecording recording)
    {
        private readonly Uri _uri = new($"http://{site.Name}{job.Path}");
        private bool _connected;
        private long _connectNs;
        private CancellationToken _deadline;

        /// <summary>Sends one HEAD request and reads the head of its answer.</summary>
        public async Task PingAsync(int slot)
        {
            long startNs = Contract.NowNs;
            _connectNs = PingRecording.NotSeen;
            using var deadline = new CancellationTokenSource(job.Timeout);
            _deadline = deadline.Token;
            try
            {
                using var request = new HeadRequest(this, _uri);
                using HttpResponseMessage response =
                    await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, deadline.Token);
                int status = PingContract.ValidStatus((int)response.StatusCode);
                long endNs = Contract.NowNs;
                recording.Record(slot, startNs, _connectNs, endNs, endNs, status);
                _connected = job.KeepAlive;
            }
            catch (Exception error) when (FailureOf(error) is int failure)
            {
                long endNs = Contract.NowNs;
                recording.Record(slot, startNs, _connectNs, PingRecording.NotSeen, endNs, failure);
                _connected = false;
            }
        }

        /// <summary>Opens the connection of a ping.</summary>
        public async ValueTask<Stream> ConnectAsync()
        {
            // When a site closes without an answer, HttpClient sends the request again, up to three times, and no setting
            // stops it. Refusing the second connection does.
            if (_connected)
            {
                throw new SentAgainException();
            }
            Socket socket = await site.ConnectAsync(_deadline);
            _connectNs = Contract.NowNs;
            _connected = true;
            return new NetworkStream(socket, ownsSocket: true);
        }

        /// <summary>Names what went wrong in the contract's words; null for a mistake of this program.</summary>
        private int? FailureOf(Exception? error) => error switch
        {
            OperationCanceledException => Failure.Timeout,
            SentAgainException or HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded } => Failure.Reset,
            SocketException network => Failure.Of(network, _connected),
            NotHttpException or HttpRequestException
            {
                HttpRequestError: HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded,
            } => Failure.Protocol,
            HttpRequestException or IOException => FailureOf(error.InnerException),
            _ => null,
        };
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
        int slot = iteration * _job.Pings;
        var chains = new Task[_chains.Length];
        for (int i = 0; i < chains.Length; i++)
        {
            chains[i] = ChainAsync(_chains[i], slot);
            slot += _chains[i].Length;
        }
        return Task.WhenAll(chains);
    }

    public void Dispose() => _client.Dispose();

    private sealed class HeadRequest(Target target, Uri uri) : HttpRequestMessage(HttpMethod.Head, uri)
    {
        public Target Target => target;
    }

    /// <summary>HttpClient wants to send a request again.</summary>
    private sealed class SentAgainException() : Exception("The connection ended without an answer.");
}
