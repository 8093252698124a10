namespace Awaitbench.Probes;

/// <summary>A clock that jumps to the next timer when nothing else is left to do: waiting without time.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly List<ManualTimer> _timers = [];
    private long _nowTicks;

    /// <summary>The seconds that have passed.</summary>
    public int Seconds => (int)(_nowTicks / TimeSpan.TicksPerSecond);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _nowTicks;

    public override DateTimeOffset GetUtcNow() => new(_nowTicks, TimeSpan.Zero);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Fires timers, each at its time, until a task has ended; what awaits them runs inside.</summary>
    public void RunUntilEnded(Task task)
    {
        while (!task.IsCompleted)
        {
            ManualTimer next = _timers.MinBy(timer => timer.DueTicks)
                ?? throw new InvalidOperationException("The task waits for something that no timer will bring.");
            _nowTicks = next.DueTicks;
            _timers.Remove(next);
            next.Fire();
        }
        task.GetAwaiter().GetResult();
    }

    private sealed class ManualTimer(ManualTime time, Action fire) : ITimer
    {
        public long DueTicks { get; private set; }

        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            time._timers.Remove(this);
            if (dueTime >= TimeSpan.Zero)
            {
                DueTicks = time._nowTicks + dueTime.Ticks;
                time._timers.Add(this);
            }
            return true;
        }

        public void Dispose() => time._timers.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
