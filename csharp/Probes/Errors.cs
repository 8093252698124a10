using System.Runtime.CompilerServices;

namespace Awaitbench.Probes;

/// <summary>Probes of the ways that exceptions take.</summary>
internal static class Errors
{
    /// <summary>Probe 27: an async method keeps its exception for those who await it.</summary>
    public static void ExceptionPath(Observations seen)
    {
        Task? task = null;
        seen.Fact("call-raises", Capture.ThrownName(() => task = FailAsync()));
        seen.Fact("status-after-call", $"{task!.Status}");
        Exception? first = Capture.Thrown(() => task.GetAwaiter().GetResult());
        seen.Fact("await-raises", first!.GetType().Name);
        seen.Fact("same-object-again", ReferenceEquals(first, Capture.Thrown(() => task.GetAwaiter().GetResult())));
        seen.Fact("wait-raises", Capture.ThrownName(task.Wait));
        seen.Fact("plain-function-call-raises", Capture.ThrownName(() => { _ = CheckThenReturn(null); }));
        seen.Fact("argument-check-call-raises", Capture.ThrownName(() => task = CheckAsync(null)));
        seen.Fact("argument-check-await-raises", Capture.ThrownName(task));

        static Task CheckThenReturn(object? argument)
        {
            ArgumentNullException.ThrowIfNull(argument);
            return Task.CompletedTask;
        }

#pragma warning disable CS1998 // that they throw before any await is the point
        static async Task FailAsync() => throw new InvalidOperationException();

        static async Task CheckAsync(object? argument) => ArgumentNullException.ThrowIfNull(argument);
#pragma warning restore CS1998
    }

    /// <summary>Probe 28: a failure that nobody awaits, or only later.</summary>
    public static void UnobservedFailure(Observations seen)
    {
        var dropped = ChildProcess.Run("dropped-failure");
        seen.Fact("outcome", dropped.Outcome);
        seen.Fact("error-shown", dropped.Errors.Length > 0);

        int events = 0;
        TaskScheduler.UnobservedTaskException += (_, _) => Interlocked.Increment(ref events);
        Drop();
        for (int i = 0; i < 10 && Volatile.Read(ref events) == 0; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        seen.Fact("unobserved-events", events);
        seen.Fact("late-await-catches", LateAwaitCatches());

        seen.Fact("async-void-outcome", ChildProcess.Run("async-void").Outcome);
        seen.Fact("async-void-on-pump-raises-in", AsyncVoidOnPump());
        seen.Fact("callback-outcome", ChildProcess.Run("pool-callback").Outcome);
        seen.Fact("timer-callback-outcome", ChildProcess.Run("timer-callback").Outcome);
        var handled = ChildProcess.Run("unhandled-handler");
        seen.Fact("with-handler-outcome", handled.Outcome);
        seen.Fact("with-handler-lines", handled.Printed);

        [MethodImpl(MethodImplOptions.NoInlining)] // or this frame would hold the task
        static void Drop()
        {
            Task failed = Task.FromException(new InvalidOperationException());
            GC.KeepAlive(failed);
        }
    }

    private static bool LateAwaitCatches()
    {
        bool caught = false;
        Pump.Run(async () =>
        {
            Task failed = Task.FromException(new InvalidOperationException());
            await Task.Yield();
            try
            {
                await failed;
            }
            catch (InvalidOperationException)
            {
                caught = true;
            }
        });
        return caught;
    }

    /// <summary>Where the exception of an <c>async void</c> method comes out that was called on a pump.</summary>
    private static string AsyncVoidOnPump()
    {
        var end = new TaskCompletionSource();
        return Capture.ThrownName(() => Pump.Run(() =>
        {
            FailVoid();
            return end.Task;
        })) == nameof(InvalidOperationException) ? "drain loop" : "nowhere";

        // `async void`, which nothing can await, is what is studied.
        static async void FailVoid()
        {
            await Task.Yield();
            throw new InvalidOperationException();
        }
    }

    /// <summary>Probe 29: throwing in a catch block reaches whoever awaits.</summary>
    public static void ThrowInCatch(Observations seen)
    {
        Exception passed = Capture.Thrown(() => RethrowAsync(pass: true).GetAwaiter().GetResult())!;
        seen.Fact("await-raises", passed.Message);
        seen.Fact("keeps-cause-passed-on", passed.InnerException?.Message == "first");
        Exception bare = Capture.Thrown(() => RethrowAsync(pass: false).GetAwaiter().GetResult())!;
        seen.Fact("keeps-cause", bare.InnerException is not null);
        seen.Fact("unawaited-outcome", ChildProcess.Run("dropped-failure-in-catch").Outcome);
        var uncaught = ChildProcess.Run("uncaught-in-catch");
        seen.Fact("uncaught-outcome", uncaught.Outcome);
        seen.Note("uncaught-exit-code", uncaught.ExitCode);
        seen.Fact("uncaught-shows-both", uncaught.Errors.Contains("first") && uncaught.Errors.Contains("second"));

        static async Task RethrowAsync(bool pass)
        {
            try
            {
                await Task.Yield();
                throw new InvalidOperationException("first");
            }
            catch (InvalidOperationException error)
            {
                throw pass ? new InvalidOperationException("second", error) : new InvalidOperationException("second");
            }
        }
    }
}
