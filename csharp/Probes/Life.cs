using System.Reflection;
using System.Runtime.CompilerServices;

namespace Awaitbench.Probes;

/// <summary>Probes of how a program starts, and of how it ends.</summary>
internal static class Life
{
    /// <summary>How long a process may take to end that has nothing left to do.</summary>
    private const int LingerMs = 200;

    // probe: no-boilerplate
    /// <summary>What a program needs around its first await, and how its errors come out.</summary>
    public static void NoBoilerplate(Observations seen)
    {
        MethodInfo entry = Assembly.GetEntryAssembly()!.EntryPoint!;
        seen.Fact("entry-point", entry.Name);
        seen.Fact("entry-point-returns", entry.ReturnType.Name);
        Task<int> failed = FailAsync();
#pragma warning disable CA1849 // blocking on tasks is what is studied
        seen.Fact("result-raises", Capture.ThrownName(() => _ = failed.Result));
        seen.Fact("wait-raises", Capture.ThrownName(failed.Wait));
        seen.Fact("get-result-raises", Capture.ThrownName(() => failed.GetAwaiter().GetResult()));
#pragma warning restore CA1849
        Pump.Run(async () =>
        {
            try
            {
                await failed;
            }
            catch (InvalidOperationException error)
            {
                seen.Fact("await-raises", error.GetType().Name);
            }
        });

        static async Task<int> FailAsync()
        {
            await Task.Yield();
            throw new InvalidOperationException();
        }
    }

    // probe: loop-lifecycle
    /// <summary>Nothing has to be started, scheduled or stopped.</summary>
    public static void LoopLifecycle(Observations seen)
    {
        seen.Fact("works-without-set-up", Task.Run(() => true).Result);
        seen.Fact("blocking-inside-a-task-works", Task.Run(() => Task.Run(() => true).Result).Result);
    }

    // probe: exit-with-pending
    /// <summary>A program that awaits what never comes.</summary>
    public static void ExitWithPending(Observations seen)
    {
        var pending = ChildProcess.Run("pending");
        seen.Fact("outcome", pending.Outcome);
        seen.Fact("finally-runs", pending.Printed.Contains("finally"));
    }

    // probe: orphan-at-exit
    /// <summary>A program that ends while something goes on.</summary>
    public static void OrphanAtExit(Observations seen)
    {
        var orphan = ChildProcess.Run("orphan");
        seen.Fact("outcome", orphan.Outcome);
        seen.Fact("lines", orphan.Printed);
        seen.Fact("finally-runs", orphan.Printed.Contains("finally"));

        bool lingers = false;
        var foreground = ChildProcess.Run("foreground-thread", process =>
        {
            lingers = !process.WaitForExit(LingerMs);
            process.StandardInput.WriteLine();
        });
        seen.Fact("foreground-thread-is-waited-for", lingers);
        seen.Fact("foreground-thread-lines", foreground.Printed);
        seen.Fact("background-thread-lines", ChildProcess.Run("background-thread").Printed);

        bool finallyRan = false;
        WeakReference forgotten = Forget();
        for (int i = 0; i < 5 && forgotten.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        seen.Fact("forgotten-is-collected", !forgotten.IsAlive);
        seen.Fact("forgotten-finally-runs", finallyRan);

        [MethodImpl(MethodImplOptions.NoInlining)] // or this frame would hold the task
        WeakReference Forget() => new(PendingAsync());

        async Task PendingAsync()
        {
            try
            {
                await new TaskCompletionSource().Task;
            }
            finally
            {
                finallyRan = true;
            }
        }
    }
    // end of probes
}
