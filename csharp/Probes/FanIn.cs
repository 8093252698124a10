namespace Awaitbench.Probes;

/// <summary>Probes of joining several tasks.</summary>
internal static class FanIn
{
    // probe: fan-in-order
    /// <summary>Results come in the order of the list, or of completion, by the way of joining.</summary>
    public static void FanInOrder(Observations seen) => Pump.Run(async () =>
    {
        TaskCompletionSource<int>[] gates = [new(), new(), new()];
        Task<int>[] jobs = [.. gates.Select(gate => gate.Task)];
        Task<int[]> joined = Task.WhenAll(jobs);
        Task<List<int>> each = EachAsync();
        foreach (int number in (int[])[2, 0, 1])
        {
            gates[number].SetResult(number);
        }
        seen.Fact("join", await joined);
        seen.Fact("as-completed", await each);

        async Task<List<int>> EachAsync()
        {
            var numbers = new List<int>();
            await foreach (Task<int> job in Task.WhenEach(jobs))
            {
                numbers.Add(await job);
            }
            return numbers;
        }
    });

    // probe: fan-in-failure
    /// <summary>When a join reports a failure, which one, and what becomes of the others.</summary>
    public static void FanInFailure(Observations seen)
    {
        JoinOnPump(seen);
        BothFail(seen);

        Task failed = Task.FromException(new InvalidOperationException("A"));
        Task cancelled = Task.FromCanceled(new CancellationToken(canceled: true));
        seen.Fact("any-raises", Capture.ThrownName(Task.WhenAny(failed, new TaskCompletionSource().Task)));
        Task mixed = Task.WhenAll(cancelled, failed);
        seen.Fact("failed-and-cancelled-status", $"{mixed.Status}");
        seen.Fact("failed-and-cancelled-exceptions", mixed.Exception!.InnerExceptions.Count);
        seen.Fact("suppressed-raises", Capture.ThrownName(SuppressAsync(failed)));

        static async Task SuppressAsync(Task task) => await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>A fails while B goes on.</summary>
    private static void JoinOnPump(Observations seen)
    {
        var log = new EventLog();
        Pump.Run(async () =>
        {
            var gateA = new TaskCompletionSource();
            var gateB = new TaskCompletionSource();
            Task second = SecondAsync(gateB.Task);
            Task all = Task.WhenAll(FirstAsync(gateA.Task), second);
            Task joined = JoinAsync(all);
            gateA.SetResult();
            await Task.Yield();
            seen.Fact("complete-after-first-failure", all.IsCompleted);
            gateB.SetResult();
            await joined;
            seen.Fact("other-status", $"{second.Status}");
        });
        seen.Fact("join", log.ToArray());

        async Task FirstAsync(Task gate)
        {
            await gate;
            log.Add("A-fails");
            throw new InvalidOperationException("A");
        }

        async Task SecondAsync(Task gate)
        {
            await gate;
            log.Add("B-ends");
        }

        async Task JoinAsync(Task all)
        {
            try
            {
                await all;
            }
            catch (InvalidOperationException error)
            {
                log.Add($"raised:{error.Message}");
            }
        }
    }

    /// <summary>Both fail, the second of the list first in time: which failure is the join's first?</summary>
    private static void BothFail(Observations seen)
    {
        TaskCompletionSource plainA = new(), plainB = new();
        Task plain = Task.WhenAll(plainA.Task, plainB.Task);
        plainB.SetException(new InvalidOperationException("B"));
        plainA.SetException(new InvalidOperationException("A"));
        seen.Fact("both-fail-raised", Capture.Thrown(() => plain.GetAwaiter().GetResult())!.Message);
        seen.Fact("both-fail-exceptions", Messages(plain));

        TaskCompletionSource<int> valueA = new(), valueB = new();
        Task values = Task.WhenAll(valueA.Task, valueB.Task);
        valueB.SetException(new InvalidOperationException("B"));
        valueA.SetException(new InvalidOperationException("A"));
        seen.Fact("both-fail-with-results-raised", Capture.Thrown(() => values.GetAwaiter().GetResult())!.Message);
        seen.Fact("both-fail-with-results-exceptions", Messages(values));
        seen.Fact("failed-before-the-join-exceptions", Messages(Task.WhenAll(plainA.Task, plainB.Task)));
    }

    private static IEnumerable<string> Messages(Task failed) =>
        failed.Exception!.InnerExceptions.Select(error => error.Message);
    // end of probes
}
