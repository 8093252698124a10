namespace Awaitbench.Probes;

/// <summary>Probes of starting, suspending and resuming.</summary>
internal static class StartResume
{
    /// <summary>Probe 2: a call runs the body to its first incomplete await; a task thrown away runs on.</summary>
    public static void CallRunsBody(Observations seen)
    {
        var log = new EventLog();
        Pump.Run(async () =>
        {
            log.Add("before");
            Task body = BodyAsync();
            log.Add("after");
            await body;
            log.Add("awaited");
        });
        seen.Fact("order", log.ToArray());

        async Task BodyAsync()
        {
            log.Add("body-start");
            await Task.Yield();
            log.Add("body-end");
        }
    }
}
