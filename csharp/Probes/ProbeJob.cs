using System.Text.Json;

namespace Awaitbench.Probes;

/// <summary>The probes of the seeds' claims: a job names one, its facts go out.</summary>
internal static class ProbeJob
{
    /// <summary>Does the job that the harness sends; returns the exit status.</summary>
    public static Task<int> ServeAsync() => Contract.ServeHarnessAsync(PerformAsync);

    /// <summary>Runs the probe that a job names.</summary>
    private static async Task<Recording> PerformAsync(RawJob raw)
    {
        if (raw is not { Family: "semantics", Iterations: 1 }
            || raw.Params.GetPropertyCount() != 1
            || !raw.Params.TryGetProperty("probe", out JsonElement id)
            || id.ValueKind != JsonValueKind.String)
        {
            throw new BadJobException("This program does jobs of the family semantics with one iteration and, in params,"
                + " a probe; this one differs.");
        }
        Action<Observations> probe = Catalogue.Find(id.GetString()!)
            ?? throw new BadJobException($"There is no probe {id.GetRawText()} in C#.");
        var seen = new Observations();
        await seen.IterateAsync(_ => OnPlainThreadAsync(probe, seen));
        return seen;
    }

    /// <summary>Runs a probe on a plain thread without a context, and meanwhile blocks none of the pool's.</summary>
    private static Task OnPlainThreadAsync(Action<Observations> probe, Observations seen)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            probe(seen);
            ended.SetResult();
        }).Start();
        return ended.Task;
    }
}
