using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Awaitbench.Probes;

/// <summary>A site on the loopback that records request heads, and closes no connection it has answered.</summary>
internal sealed class Recorder : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly ConcurrentQueue<(Socket Connection, string Head)> _requests = [];
    private readonly ConcurrentQueue<Socket> _connections = [];
    private readonly Func<string, string?> _answer;

    /// <param name="answer">Gives the answer to a head; null closes the connection instead.</param>
    public Recorder(Func<string, string?> answer)
    {
        _answer = answer;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        OnThread(Accept);
    }

    public string Host => $"{_listener.LocalEndPoint}";

    public string[] Heads => [.. _requests.Select(request => request.Head)];

    /// <summary>How many connections carried a request.</summary>
    public int Connections => _requests.Select(request => request.Connection).Distinct().Count();

    public static string Answer(string status, string headers = "") =>
        $"HTTP/1.1 {status}\r\nContent-Length: 0\r\n{headers}\r\n";

    private static void OnThread(Action serve) => new Thread(() =>
    {
        try
        {
            serve();
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // The client or the probe closed the socket: there is no more to record.
        }
    })
    { IsBackground = true }.Start();

    private void Accept()
    {
        while (true)
        {
            Socket connection = _listener.Accept();
            _connections.Enqueue(connection);
            OnThread(() => Serve(connection));
        }
    }

    private void Serve(Socket connection)
    {
        byte[] buffer = new byte[64 * 1024];
        string received = "";
        while (connection.Receive(buffer) is > 0 and int length)
        {
            received += Encoding.ASCII.GetString(buffer, 0, length);
            while (received.IndexOf("\r\n\r\n", StringComparison.Ordinal) is >= 0 and int end)
            {
                string head = received[..(end + 4)];
                received = received[(end + 4)..];
                _requests.Enqueue((connection, head));
                if (_answer(head) is not string answer)
                {
                    connection.Dispose();
                    return;
                }
                connection.Send(Encoding.ASCII.GetBytes(answer));
            }
        }
    }

    public void Dispose()
    {
        _listener.Dispose();
        foreach (Socket connection in _connections)
        {
            connection.Dispose();
        }
    }
}
