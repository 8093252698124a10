using System.Text.Json;
using Awaitbench.Agreement;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

// One workload of the programs in csharp/, timed by BenchmarkDotNet: agreement JOB RESULT.
if (args is not [string jobFile, string resultFile])
{
    Console.Error.WriteLine("Usage: dotnet agreement.dll JOB RESULT");
    return 2;
}
Asked asked = Asked.Read(jobFile);
Iteration.Work = asked.Work();
Summary summary = BenchmarkRunner.Run<Iteration>(ManualConfig.CreateEmpty()
    .AddJob(asked.Timing())
    .AddLogger(ConsoleLogger.Default)
    .WithOptions(ConfigOptions.DisableLogFile)
    .WithArtifactsPath(Path.GetDirectoryName(Path.GetFullPath(resultFile))!));
if (summary.Reports is not [{ ResultStatistics: { } found } report])
{
    Console.Error.WriteLine("BenchmarkDotNet gave no result.");
    return 1;
}
File.WriteAllBytes(resultFile, JsonSerializer.SerializeToUtf8Bytes(Told.Of(report, found), Asked.Strict));
return 0;
