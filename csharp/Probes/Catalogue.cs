namespace Awaitbench.Probes;

/// <summary>The probes by the names of the catalogue; those that C# has nothing to show for are not here.</summary>
internal static class Catalogue
{
    private static readonly Dictionary<string, Action<Observations>> s_probes = new()
    {
        ["hello-order"] = StartResume.HelloOrder,
        ["call-runs-body"] = StartResume.CallRunsBody,
        ["suspend-returns-to"] = StartResume.SuspendReturnsTo,
        ["await-completed-inline"] = StartResume.AwaitCompletedInline,
        ["resume-order"] = ResumeOrder.Run,
        ["await-twice"] = StartResume.AwaitTwice,
        ["state-machine-artifact"] = Mechanism.StateMachineArtifact,
        ["handwritten-state-machine"] = Mechanism.HandwrittenStateMachine,
        ["manual-drive"] = Mechanism.ManualDrive,
        ["awaitable-kinds"] = Mechanism.AwaitableKinds,
        ["dummy-loop-transcript"] = DummyLoop.DummyLoopTranscript,
        ["resume-thread"] = Threads.ResumeThread,
        ["no-boilerplate"] = Life.NoBoilerplate,
        ["loop-lifecycle"] = Life.LoopLifecycle,
        ["blocking-rendezvous"] = Threads.BlockingRendezvous,
        ["pool-exhaustion"] = PoolExhaustion.Run,
        ["parallel-spin-flag"] = Races.ParallelSpinFlag,
        ["lost-update"] = Races.LostUpdate,
        ["sync-over-async"] = Threads.SyncOverAsync,
        ["exit-with-pending"] = Life.ExitWithPending,
        ["orphan-at-exit"] = Life.OrphanAtExit,
        ["fan-in-order"] = FanIn.FanInOrder,
        ["fan-in-failure"] = FanIn.FanInFailure,
        ["exception-path"] = Errors.ExceptionPath,
        ["unobserved-failure"] = Errors.UnobservedFailure,
        ["throw-in-catch"] = Errors.ThrowInCatch,
        ["cancel-swallow"] = Cancellation.CancelSwallow,
        ["cancel-needs-token"] = Cancellation.CancelNeedsToken,
        ["valuetask-allocation"] = Allocation.ValuetaskAllocation,
        ["fork-join-makespan"] = Timing.ForkJoinMakespan,
        ["ping-wire-as-written"] = PingWire.PingWireAsWritten,
    };

    public static Action<Observations>? Find(string name) => s_probes.GetValueOrDefault(name);
}
