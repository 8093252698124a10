using System.Globalization;
using Awaitbench.Seed;

namespace Awaitbench.Probes;

// probe: fork-join-makespan
/// <summary>What the survey's ping program says of chains that last 1 + 2 and 3 + 1 seconds.</summary>
internal static class Timing
{
    private static readonly Dictionary<string, int> s_seconds = new() { ["a"] = 1, ["b"] = 2, ["c"] = 3, ["d"] = 1 };

    public static void ForkJoinMakespan(Observations seen)
    {
        var time = new ManualTime();
        var sites = new VirtualSites(time);
        Restored.Clock = time;
        HttpPingTest.s_client = new HttpClient(sites);
        Restored.Hosts = ["a", "b", "c", "d"];
        Task<IDictionary<string, TimeSpan>> pings = HttpPingTest.parallel_http_ping_sites();
        time.RunUntilEnded(pings);
        int[] reported = [.. Restored.Hosts.Select(host => (int)pings.Result[host].TotalSeconds)];
        int[] spent = [.. Restored.Hosts.Select(host => sites.Spent[host])];
        seen.Fact("real", time.Seconds);
        seen.Fact("per-site", spent);
        seen.Fact("total", spent.Sum());
        seen.Fact("seed-per-site", reported);
        seen.Fact("seed-total", reported.Sum());

        Restored.Hosts = ["a", "b", "a", "b"];
        seen.Fact("site-in-both-chains-raises",
            Capture.ThrownName(() => time.RunUntilEnded(HttpPingTest.parallel_http_ping_sites())));
        string printed = "Real time : {0}\nTime per site : {1}\nTotal time : {2}";
        seen.Fact("printed-write-line-raises",
            Capture.ThrownName(() => _ = string.Format(CultureInfo.InvariantCulture, printed, "sites", "total")));
    }

    /// <summary>Sites that answer when their seconds have passed on a clock.</summary>
    private sealed class VirtualSites(ManualTime time) : HttpMessageHandler
    {
        /// <summary>How long each site's ping lasted.</summary>
        public Dictionary<string, int> Spent { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            string host = request.RequestUri!.Host;
            int start = time.Seconds;
            await Task.Delay(TimeSpan.FromSeconds(s_seconds[host]), time, cancellationToken);
            Spent[host] = time.Seconds - start;
            return new HttpResponseMessage();
        }
    }
}
