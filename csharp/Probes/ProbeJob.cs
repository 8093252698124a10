using System.Text.Json;

namespace Awaitbench.Probes;

/// <summary>The probes of the seeds' claims: a job names one, its facts go out.</summary>
internal static class ProbeJob
{
    /// <summary>Does the job that the harness sends; returns the exit status.</summary>
    public static Task<int> ServeAsync() => Contract.ServeHarnessAsync(PerformAsync, WriteFields);

    /// <summary>Runs the probe that a job names.</summary>
    private static Task<Iteration<Observations>[]> PerformAsync(RawJob raw)
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
        return Contract.IterateAsync(_ => OnPlainThreadAsync(probe), raw.Iterations);
    }

    /// <summary>Runs a probe on a plain thread without a context, and meanwhile blocks none of the pool's.</summary>
    private static Task<Observations> OnPlainThreadAsync(Action<Observations> probe)
    {
        var ended = new TaskCompletionSource<Observations>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            var seen = new Observations();
            probe(seen);
            ended.SetResult(seen);
        }).Start();
        return ended.Task;
    }

    /// <summary>Writes what the probe saw.</summary>
    private static void WriteFields(Utf8JsonWriter line, Iteration<Observations> iteration)
    {
        line.WritePropertyName("facts");
        iteration.Result.Facts.WriteTo(line);
        line.WritePropertyName("info");
        iteration.Result.Info.WriteTo(line);
    }
}
