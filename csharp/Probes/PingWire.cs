using System.Net;
using System.Net.Sockets;
using Awaitbench.Seed;

namespace Awaitbench.Probes;

// probe: ping-wire-as-written
/// <summary>What the survey's ping program, restored, sends.</summary>
internal static class PingWire
{
    private const int MeetingMs = 2_000;

    public static void PingWireAsWritten(Observations seen)
    {
        // A proxy of this machine would stand between the program and the recorder.
        HttpClient.DefaultProxy = new WebProxy();
        WholeProgram(seen);
        OneSite(seen);
        Redirected(seen);
        Unanswered(seen);
        Refused(seen);
    }

    /// <summary>Four sites that answer each pair of requests once both have come, and never close.</summary>
    private static void WholeProgram(Observations seen)
    {
        using var pair = new Barrier(2);
        Recorder[] sites = [.. Enumerable.Range(0, 4).Select(_ => new Recorder(AnswerPair))];
        Restored.Hosts = [.. sites.Select(site => site.Host)];
        bool ended = false;
        string[] printed = Capture.Printed(() => ended = Task.Run(HttpPingTest.Main).Wait(2 * MeetingMs));
        seen.Fact("prints", printed.Select(line => line.Split(" : ")[0]));
        seen.Fact("chains-overlap", pair.CurrentPhaseNumber == 2);
        seen.Fact("waits-for-close", !ended);
        seen.Fact("requests", sites.Sum(site => site.Heads.Length));
        seen.Fact("connections", sites.Sum(site => site.Connections));
        seen.Fact("heads",
            sites.SelectMany(site => site.Heads.Select(head => head.Replace(site.Host, "SITE"))).Distinct());
        foreach (Recorder site in sites)
        {
            site.Dispose();
        }

        string AnswerPair(string head) =>
            Recorder.Answer(pair.SignalAndWait(MeetingMs) ? "200 OK" : "504 Gateway Timeout");
    }

    /// <summary>Two pings of one site in turn, then two at once.</summary>
    private static void OneSite(Observations seen)
    {
        using var site = new Recorder(_ => Recorder.Answer("200 OK"));
        FourPings(site.Host);
        seen.Fact("one-site-requests", site.Heads.Length);
        seen.Fact("one-site-connections-1-or-2", site.Connections is 1 or 2);
        seen.Note("one-site-connections", site.Connections);
    }

    private static void FourPings(string host)
    {
        HttpPingTest.single_site_http_ping(host).Wait();
        HttpPingTest.single_site_http_ping(host).Wait();
        Task.WaitAll(HttpPingTest.single_site_http_ping(host), HttpPingTest.single_site_http_ping(host));
    }

    private static void Redirected(Observations seen)
    {
        using var site = new Recorder(head => head.StartsWith("HEAD /redir ", StringComparison.Ordinal)
            ? Recorder.Answer("302 Found", "Location: /\r\n")
            : Recorder.Answer("200 OK"));
        FourPings($"{site.Host}/redir");
        seen.Fact("redirected-requests", site.Heads.Length);
    }

    private static void Unanswered(Observations seen)
    {
        using var site = new Recorder(_ => null);
        seen.Fact("unanswered-raises", Capture.ThrownName(HttpPingTest.single_site_http_ping(site.Host)));
        seen.Fact("unanswered-requests", site.Heads.Length);
    }

    private static void Refused(Observations seen)
    {
        using var silent = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        silent.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Restored.Hosts = [.. Enumerable.Repeat($"{silent.LocalEndPoint}", 4)];
        seen.Fact("refused-raises", Capture.ThrownName(HttpPingTest.Main));
    }
}
