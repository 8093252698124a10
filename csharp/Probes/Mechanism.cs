using System.Reflection;
using System.Runtime.CompilerServices;

namespace Awaitbench.Probes;

/// <summary>Probes of what the compiler makes of an async method, and of what can be awaited.</summary>
internal static class Mechanism
{
    private static readonly CancellationToken s_cancelled = new(canceled: true);

    private static async Task BodyAsync() => await Task.Yield();

    // probe: state-machine-artifact
    /// <summary>An async method is a state machine of its own type.</summary>
    public static void StateMachineArtifact(Observations seen)
    {
        MethodInfo method = typeof(Mechanism)
            .GetMethod(nameof(BodyAsync), BindingFlags.NonPublic | BindingFlags.Static)!;
        Type? machine = method.GetCustomAttribute<AsyncStateMachineAttribute>()?.StateMachineType;
        Task pending = BodyAsync();
        Type pendingType = pending.GetType();
        pending.Wait();
        // 0x2000 marks a method whose state the runtime keeps (runtime-async), for which there is no machine.
        seen.Fact("runtime-async", ((int)method.MethodImplementationFlags & 0x2000) != 0);
        seen.Fact("has-attribute", machine is not null);
        seen.Fact("implements-state-machine", typeof(IAsyncStateMachine).IsAssignableFrom(machine));
        seen.Fact("nested-in-declaring-type", machine?.DeclaringType == typeof(Mechanism));
        seen.Fact("is-struct", machine is { IsValueType: true });
        seen.Fact("pending-type", pendingType.Name);
        seen.Fact("completed-is-singleton", ReferenceEquals(CompletedAsync(), Task.CompletedTask));
        seen.Note("type-name", machine?.Name ?? "");
        seen.Note("fields", machine?.GetRuntimeFields().Select(field => field.Name) ?? []);

#pragma warning disable CS1998 // that it awaits nothing is the point
        static async Task CompletedAsync()
        {
        }
#pragma warning restore CS1998
    }

    // probe: handwritten-state-machine
    /// <summary>The printed state machine against a corrected one and the compiled method.</summary>
    public static void HandwrittenStateMachine(Observations seen)
    {
        var seedEqual = new List<string>();
        var correctedEqual = new List<string>();
        foreach (string kind in (string[])["pending", "completed", "faulted", "pending-then-faulted", "cancelled"])
        {
            string[] seed = Drive(StartSeed, kind);
            string[] corrected = Drive(CorrectedStateMachine.Start, kind);
            string[] compiled = Drive(CompiledAsync, kind);
            seen.Fact($"seed-{kind}", seed);
            seen.Fact($"by-hand-{kind}", corrected);
            seen.Fact($"compiled-{kind}", compiled);
            if (seed.SequenceEqual(compiled))
            {
                seedEqual.Add(kind);
            }
            if (corrected.SequenceEqual(compiled))
            {
                correctedEqual.Add(kind);
            }
        }
        seen.Fact("seed-equal-on", seedEqual);
        seen.Fact("equal-on", correctedEqual);
        var local = new AsyncLocal<int>();
        seen.Fact("start-leaks-async-local", Leaks(() => CorrectedStateMachine.Start(SetLocal)));
        seen.Fact("move-next-leaks-async-local", Leaks(() => CorrectedStateMachine.Create(SetLocal).MoveNext()));

        Task SetLocal()
        {
            local.Value = 7;
            return Task.CompletedTask;
        }

        bool Leaks(Action start)
        {
            local.Value = 1;
            Capture.Printed(start);
            return local.Value == 7;
        }
    }

    private static async Task CompiledAsync(Func<Task> delay)
    {
        Console.WriteLine("Working...");
        await delay();
        Console.WriteLine("Done!");
    }

    private static Task StartSeed(Func<Task> delay)
    {
        var machine = new Seed.DoWorkAsyncStateMachine { builder = AsyncTaskMethodBuilder.Create(), delay = delay };
        machine.builder.Start(ref machine);
        return machine.builder.Task;
    }

    /// <summary>Runs a machine over one kind of awaitable: the lines it prints and how its task ends.</summary>
    private static string[] Drive(Func<Func<Task>, Task> start, string kind)
    {
        var gate = new TaskCompletionSource();
        Task awaited = kind switch
        {
            "completed" => Task.CompletedTask,
            "faulted" => Task.FromException(new InvalidOperationException()),
            "cancelled" => Task.FromCanceled(s_cancelled),
            _ => gate.Task,
        };
        Task? task = null;
        string[] printed = Capture.Printed(() =>
        {
            task = start(() => awaited);
            _ = kind switch
            {
                "pending" => gate.TrySetResult(),
                "pending-then-faulted" => gate.TrySetException(new InvalidOperationException()),
                _ => false,
            };
            Capture.ThrownName(task);
        });
        return [.. printed, $"{task!.Status}"];
    }

    // probe: manual-drive
    /// <summary>An async method over a custom awaiter is driven by calling its continuation.</summary>
    public static void ManualDrive(Observations seen)
    {
        var log = new EventLog();
        Task<string> task = BodyAsync();
        log.Add("caller");
        seen.Fact("parked", !task.IsCompleted);
        DummyIOFuture.Newest!.Send("x");
        seen.Fact("complete-on-return", task.IsCompleted);
        seen.Fact("value", task.Result);
        seen.Fact("order", log.ToArray());

        async Task<string> BodyAsync()
        {
            log.Add("started");
            string got = await new DummyIOFuture();
            log.Add($"got-{got}");
            return $"{got}!";
        }
    }

    // probe: awaitable-kinds
    /// <summary>What can be awaited, and what can be settled.</summary>
    public static void AwaitableKinds(Observations seen) => Pump.Run(async () =>
    {
        var source = new TaskCompletionSource<int>();
        Pump.CallSoon(() => source.SetResult(1));
        seen.Fact("task-completion-source", await source.Task);
        seen.Fact("value-task", await new ValueTask<int>(2));
        seen.Fact("extension-get-awaiter", await 3);
        seen.Fact("set-result-again", Capture.ThrownName(() => source.SetResult(2)));
        seen.Fact("task-has-set-result",
            typeof(Task<int>).GetMethods().Any(method => method.Name is "SetResult" or "TrySetResult"));
    });

    private static TaskAwaiter<int> GetAwaiter(this int value) => Task.FromResult(value).GetAwaiter();
    // end of probes
}
