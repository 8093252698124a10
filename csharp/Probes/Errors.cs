using System.Runtime.CompilerServices;

namespace Awaitbench.Probes;

/// <summary>Probes of the ways that exceptions take.</summary>
internal static class Errors
{
    private static readonly string[] s_thrown = [nameof(InvalidOperationException), nameof(FormatException)];

    // probe: exception-path
    /// <summary>An async method keeps its exception for those who await it.</summary>
    public static void ExceptionPath(Observations seen)
    {
        Task failed = Task.CompletedTask;
        seen.Fact("async-raises-at", RaisedAt(() => failed = FailAsync()));
        seen.Fact("status-after-call", $"{failed.Status}");
        Exception? first = Capture.Thrown(() => failed.GetAwaiter().GetResult());
        seen.Fact("awaited-type", first!.GetType().Name);
        seen.Fact("twice-is-same", ReferenceEquals(first, Capture.Thrown(() => failed.GetAwaiter().GetResult())));
        seen.Fact("wait-raises", Capture.ThrownName(failed.Wait));
        seen.Fact("plain-raises-at", RaisedAt(() => CheckThenReturn(null)));
        seen.Fact("async-argument-check-raises-at", RaisedAt(() => CheckAsync(null)));

        static string RaisedAt(Func<Task> call)
        {
            Task task = Task.CompletedTask;
            return Capture.Thrown(() => task = call()) is not null ? "call"
                : Capture.Thrown(() => task.GetAwaiter().GetResult()) is not null ? "await"
                : "nowhere";
        }

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

    // probe: unobserved-failure
    /// <summary>A failure that nobody awaits, or only later.</summary>
    public static void UnobservedFailure(Observations seen)
    {
        var dropped = ChildProcess.Run("dropped-failure");
        seen.Fact("dropped", dropped.Outcome);
        seen.Fact("dropped-is-logged", dropped.Errors.Length > 0);

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

        seen.Fact("async-void", ChildProcess.Run("async-void").Outcome);
        seen.Fact("async-void-on-pump-raises-in", AsyncVoidOnPump());
        seen.Fact("callback", ChildProcess.Run("pool-callback").Outcome);
        seen.Fact("timer-callback", ChildProcess.Run("timer-callback").Outcome);
        var handled = ChildProcess.Run("unhandled-handler");
        seen.Fact("with-handler", handled.Outcome);
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

    // probe: throw-in-catch
    /// <summary>Throwing in a catch block reaches whoever awaits.</summary>
    public static void ThrowInCatch(Observations seen)
    {
        Exception passed = Capture.Thrown(() => RethrowAsync(pass: true).GetAwaiter().GetResult())!;
        seen.Fact("awaiter-catches", passed.GetType().Name);
        seen.Fact("first-error-kept", KeptBy(passed));
        seen.Fact("first-error-kept-unasked", KeptBy(
            Capture.Thrown(() => RethrowAsync(pass: false).GetAwaiter().GetResult())!));
        seen.Fact("dropped", ChildProcess.Run("dropped-failure-in-catch").Outcome);
        var uncaught = ChildProcess.Run("uncaught-in-catch");
        seen.Fact("uncaught", uncaught.Outcome);
        seen.Note("uncaught-exit-code", uncaught.ExitCode);
        seen.Fact("uncaught-shows", s_thrown.Where(uncaught.Errors.Contains).ToArray());
        string stack = Capture.Thrown(() => OuterAsync().GetAwaiter().GetResult())!.StackTrace!;
        seen.Fact("stack-names-async-callers",
            stack.Contains(nameof(MiddleAsync), StringComparison.Ordinal)
            && stack.Contains(nameof(OuterAsync), StringComparison.Ordinal));

        static async Task OuterAsync() => await MiddleAsync();

        static async Task MiddleAsync() => await RethrowAsync(pass: true);

        static string KeptBy(Exception error) => error.InnerException?.GetType().Name ?? "none";

        static async Task RethrowAsync(bool pass)
        {
            try
            {
                await Task.Yield();
                throw new InvalidOperationException();
            }
            catch (InvalidOperationException error)
            {
                throw pass ? new FormatException("again", error) : new FormatException("again");
            }
        }
    }
    // end of probes
}
