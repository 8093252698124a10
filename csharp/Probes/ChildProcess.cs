using System.Diagnostics;

namespace Awaitbench.Probes;

/// <summary>How a process of its own ended that ran one of <see cref="Children"/>.</summary>
/// <param name="Outcome"><c>exit-N</c>, <c>crash</c> (an unhandled exception) or <c>hang</c>.</param>
/// <param name="ExitCode">Its exit status, as the system tells it.</param>
/// <param name="Printed">The lines it printed.</param>
/// <param name="Errors">What it wrote on standard error.</param>
internal sealed record ChildProcess(string Outcome, int ExitCode, string[] Printed, string Errors)
{
    private const int HangMs = 2_000;

    /// <summary>Runs a child to its end, or until it hangs, counted from its first line.</summary>
    /// <param name="meanwhile">Is called once the child has printed that first line.</param>
    public static ChildProcess Run(string name, Action<Process>? meanwhile = null)
    {
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["child", name])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        if (process.StandardOutput.ReadLine() != Children.Started)
        {
            throw new InvalidOperationException($"The child {name} did not start: {errors.Result}");
        }
        Task<string> printed = process.StandardOutput.ReadToEndAsync();
        meanwhile?.Invoke(process);
        bool ended = process.WaitForExit(HangMs);
        if (!ended)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }
        string outcome = !ended ? "hang"
            : errors.Result.StartsWith("Unhandled exception.", StringComparison.Ordinal) ? "crash"
            : $"exit-{process.ExitCode}";
        return new ChildProcess(outcome, process.ExitCode, printed.Result.Split('\n')[..^1], errors.Result);
    }
}
