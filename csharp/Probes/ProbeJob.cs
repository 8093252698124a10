using System.Text.Json;
using System.Text.Json.Serialization;

namespace Awaitbench.Probes;

/// <summary>A job of the family semantics: execute one probe.</summary>
internal static class ProbeJob
{
    /// <summary>Does the job of a line; returns what writes its only record.</summary>
    /// <exception cref="JsonException">The line is no such job, or asks for a probe that does not exist.</exception>
    public static async Task<Action<Utf8JsonWriter>[]> RunAsync(string? line)
    {
        JobMessage job = JsonSerializer.Deserialize(line ?? "", JobContext.Default.JobMessage)
            ?? throw new JsonException("The job is null.");
        if (job is not { Family: "semantics", Iterations: 1 })
        {
            throw new JsonException("Not a job of the family semantics for one iteration.");
        }
        Action<Observations> probe = Catalogue.Find(job.Params.Probe)
            ?? throw new JsonException($"There is no probe '{job.Params.Probe}' in C#.");
        var seen = new Observations();
        long startNs = Contract.NowNs;
        await OnPlainThreadAsync(() => probe(seen));
        long endNs = Contract.NowNs;
        return
        [
            record =>
            {
                record.WriteNumber("start_ns", startNs);
                record.WriteNumber("end_ns", endNs);
                record.WritePropertyName("facts");
                seen.Facts.WriteTo(record);
                record.WritePropertyName("info");
                seen.Info.WriteTo(record);
            },
        ];
    }

    /// <summary>Runs a probe on a plain thread without a context, and meanwhile blocks none of the pool's.</summary>
    private static Task OnPlainThreadAsync(Action probe)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            probe();
            ended.SetResult();
        }).Start();
        return ended.Task;
    }
}

internal sealed record JobMessage(string Family, int Iterations, ParamsMessage Params);

internal sealed record ParamsMessage(string Probe);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(JobMessage))]
internal sealed partial class JobContext : JsonSerializerContext;
