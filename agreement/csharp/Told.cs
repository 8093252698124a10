using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Environments;
using BenchmarkDotNet.Mathematics;
using BenchmarkDotNet.Reports;
using Perfolizer.Mathematics.Common;

namespace Awaitbench.Agreement;

/// <summary>What BenchmarkDotNet found, in ns of one iteration, and how much was done for it.</summary>
/// <param name="LowNs">The lower end of its interval, of 95 %.</param>
internal sealed record Told(
    string Harness, double MeanNs, double LowNs, double HighNs, double[] SamplesNs, long Calls, uint Checksum)
{
    public static Told Of(BenchmarkReport report, Statistics found)
    {
        ConfidenceInterval interval = new ConfidenceIntervalEstimator(found.N, found.Mean, found.StandardError)
            .ConfidenceInterval(ConfidenceLevel.L95);
        IEnumerable<Measurement> results = report.AllMeasurements.Where(each =>
            each.IterationMode == IterationMode.Workload && each.IterationStage == IterationStage.Result);
        (long calls, uint checksum) = Iteration.Done;
        return new($"BenchmarkDotNet {HostEnvironmentInfo.GetCurrent().BenchmarkDotNetVersion}",
            found.Mean, interval.Lower, interval.Upper, [.. results.Select(each => each.GetAverageTime().Nanoseconds)],
            calls, checksum);
    }
}
