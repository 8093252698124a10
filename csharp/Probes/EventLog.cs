namespace Awaitbench.Probes;

/// <summary>What happened, in order; any thread may write.</summary>
internal sealed class EventLog
{
    private readonly Lock _lock = new();
    private readonly List<string> _events = [];

    public void Add(string happened)
    {
        lock (_lock)
        {
            _events.Add(happened);
        }
    }

    public string[] ToArray()
    {
        lock (_lock)
        {
            return [.. _events];
        }
    }
}
