"""One invocation: start a program, hand it a job, read its records, see it out.

Judges the rules P1 to P4 and P6 on the way; what the origin knows is judged elsewhere.
"""

import time
from collections.abc import Callable
from typing import Generic

from results.text import gist, plain, quote
from runners import memory
from runners.consistency import check_consistency
from runners.deadline import Deadline
from runners.metering import Meter, Metered
from runners.observation import Observation, in_order
from runners.process import Ended, Late, Line, Program, TooLong, ended_with, how_ended
from runners.protocol import Job, MalformedLine, Object, is_done, parse_object, parse_ready, salvage
from runners.records import R, RecordFormat
from runners.rules import Rule
from runners.spawning import CannotStart, Start, machine_calls

READY_LIMIT_S = 10.0
EXIT_LIMIT_S = 5.0
RUN_JOB_LIMIT_S = 120.0
LACKING = 3  # how a program exits that finds something missing on this machine
STRAY_LINES = 100  # what a chatty program may print before it counts as flooding


def invoke(
    start: Start,
    job: Job,
    *,
    records: RecordFormat[R],
    job_limit_s: float = RUN_JOB_LIMIT_S,
    until_ns: int | None = None,
    companion: int | None = None,
    on_spawn: Callable[[int], None] | None = None,
) -> Observation[R]:
    """Run one invocation to its end.

    `records` are those that the job asks for; `companion` is a process whose CPU time over the
    job is read as well (the origin); `until_ns` cuts every limit short; `on_spawn` is told the
    program's process id. Raises RefusedError where the machine does not let the harness do its part.
    """
    try:
        with machine_calls():
            started = Program(start)
    except CannotStart as error:
        # It could be started when the run or check began: meanwhile its file was moved, perhaps.
        return Observation(stopped=True, lacks=f"its program could not be started: {error}")
    with machine_calls(), started as program:
        if on_spawn is not None:
            on_spawn(program.pid)
        session = _Session(program, job, records, until_ns, companion)
        try:
            if session.await_ready():
                session.send_job()
                if session.read_records(job_limit_s):
                    session.see_out()
        finally:
            session.seen.lifetime_ns = time.monotonic_ns() - program.spawned_ns
            program.kill()
        session.conclude()
        return session.seen


class _Session(Generic[R]):
    """The steps of one invocation, in order, filling an Observation."""

    def __init__(
        self,
        program: Program,
        job: Job,
        form: RecordFormat[R],
        until_ns: int | None,
        companion: int | None,
    ) -> None:
        self.program, self.job, self.form = program, job, form
        self.until_ns = until_ns
        self.seen: Observation[R] = Observation()
        self.numbers: list[object] = []  # of the iterations that came, as the program gives them
        self.strays = 0
        self._kills_before = memory.kills()
        self._meter = Meter(program.pid, companion)
        self._metered: Metered | None = None

    def deadline(self, from_ns: int, seconds: float) -> Deadline:
        return Deadline(self.program.pid, from_ns, seconds, self.until_ns)

    def await_ready(self) -> bool:
        """Read up to `ready`; False when it did not come as it should (P1)."""
        deadline = self.deadline(self.program.spawned_ns, READY_LIMIT_S)
        while True:
            match self.program.next_line(deadline.ns):
                case Line(data=data, read_ns=read_ns):
                    self.seen.spoke = True
                    ready = self._take_before_ready(data, read_ns)
                    if ready is not None:
                        return ready
                case Late() if deadline.extend():
                    pass
                case Late():
                    return self._not_ready(f"no `ready` within {READY_LIMIT_S:.0f} s")
                case Ended():
                    status = self._wait_exit()
                    if self._out_of_memory(status):
                        return self._stop()
                    return self._not_ready(f"{how_ended(status)} before `ready`")
                case TooLong():
                    self.seen.broke(Rule.P2, "a line of over 16 MiB before `ready`")
                    return self._not_ready("no `ready`, but a line of over 16 MiB")

    def send_job(self) -> None:
        """Write the job; the clocks are read just before it."""
        self._meter.start()
        self.seen.job_ns = time.monotonic_ns()
        self.program.send(self.job.to_line())

    def read_records(self, limit_s: float) -> bool:
        """Read the records and `done`; False when the program must be stopped."""
        assert self.seen.job_ns is not None
        deadline = self.deadline(self.seen.job_ns, limit_s)
        while True:
            match self.program.next_line(deadline.ns):
                case Line(data=data, read_ns=read_ns):
                    # Before it is parsed: meanwhile the program writes on.
                    self._metered = self._metered or self._meter.read()
                    done = self._take(data, read_ns)
                    if done is not None:
                        return done
                case Late() if deadline.extend():
                    pass
                case Late():
                    self.seen.late = True
                    count, due = len(self.numbers), self.job.iterations
                    spent = (time.monotonic_ns() - self.seen.job_ns) / 1e9
                    self.seen.broke(
                        Rule.P3, f"{count} of {due} iterations after {spent:.1f} s, no `done`"
                    )
                    return self._stop()
                case TooLong():
                    self.seen.broke(Rule.P2, "a line of over 16 MiB")
                    return self._stop()
                case Ended(rest=rest):
                    self._output_ended(rest)
                    return self.seen.lacks is None

    def see_out(self) -> None:
        """End the program's input and watch it leave (P4)."""
        closed_ns = time.monotonic_ns()
        self.program.close_stdin()
        deadline = self.deadline(closed_ns, EXIT_LIMIT_S)
        while (status := self.program.wait_exit(deadline.ns)) is None and deadline.extend():
            pass
        self.seen.exit_status = status
        if status is None:
            self.seen.stopped = True
            self.seen.broke(
                Rule.P4, f"still running {EXIT_LIMIT_S:.0f} s after the end of its input"
            )
            return
        if status != 0:
            self.seen.broke(Rule.P4, f"{ended_with(status)}{self._stderr_said()}")
        if left := self.program.left_behind(deadline.ns):
            self.seen.stopped = True
            self.seen.broke(Rule.P4, f"left {len(left)} process(es) behind: {', '.join(left[:3])}")
        match self.program.next_line(0):
            case Line(data=data):
                self.seen.broke(Rule.P2, f"a line after `done`: {quote(data)}")
            case Ended(rest=rest) if rest:
                self.seen.broke(Rule.P2, f"output after `done`: {quote(rest)}")
            case TooLong():
                self.seen.broke(Rule.P2, "a line of over 16 MiB after `done`")

    def conclude(self) -> None:
        """Judge what can only be judged at the end."""
        seen = self.seen
        seen.stderr = self.program.stderr
        if seen.lacks is not None:
            return
        if seen.well_formed and (problem := self.form.check_work(seen.records)):
            seen.broke(Rule.C1, problem)
        complete = len(seen.records) == self.job.iterations and seen.well_formed
        if not complete or seen.job_ns is None or seen.first_record_ns is None:
            return
        finding = check_consistency(
            in_order(seen.records),
            form=self.form,
            job_ns=seen.job_ns,
            first_record_ns=seen.first_record_ns,
        )
        if finding is not None:
            seen.broke(finding.rule, finding.seen)

    def _take_before_ready(self, data: bytes, read_ns: int) -> bool | None:
        """Take one line before the job; None to go on, True at `ready`, False to stop."""
        try:
            value = parse_object(data)
            if "ready" not in value:
                raise MalformedLine("an object that is no protocol line")
            said = parse_ready(value)
            self.seen.runtime, self.seen.cpus = plain(said.runtime), said.cpus
        except MalformedLine as error:
            if b'"ready"' in data:
                return self._not_ready(f"{error}: {quote(data)}")
            if self._stray(f"{error} before `ready`: {quote(data)}"):
                return None
            return self._not_ready("no `ready` in a flood of other lines")
        self.seen.startup_ns = read_ns - self.program.spawned_ns
        return True

    def _take(self, data: bytes, read_ns: int) -> bool | None:
        """Take one line of the job; None to go on, True at `done`, False to stop."""
        try:
            value = parse_object(data)
            if is_done(value):
                self._check_iterations()
                return True
            if "iteration" not in value:
                raise MalformedLine("an object that is no protocol line")
        except MalformedLine as error:
            seen = f"{error}: {quote(data)}"
            salvaged = salvage(data)
            if salvaged is None or "iteration" not in salvaged:
                return None if self._stray(seen) else self._stop()
            value = salvaged
            self.seen.broke(Rule.P2, seen)
            self.seen.well_formed = False
        return self._take_record(value, data, read_ns)

    def _take_record(self, record: Object, data: bytes, read_ns: int) -> bool | None:
        seen = self.seen
        if len(self.numbers) == self.job.iterations:
            seen.broke(Rule.P2, f"a line more than due: {quote(data)}")
            seen.broke(Rule.P3, f"more than the {self.job.iterations} iterations asked for")
            return self._stop()
        try:
            seen.records.append(self.form.parse(record))
        except MalformedLine as error:
            seen.broke(Rule.P2, str(error))
            seen.well_formed = False
        if seen.first_record_ns is None:
            seen.first_record_ns = read_ns
        self.numbers.append(record["iteration"])
        if len(self.numbers) == self.job.iterations and self._metered is not None:
            seen.cpu_ns, seen.companion_cpu_ns, seen.peak_rss_bytes = self._metered
        return None

    def _check_iterations(self) -> None:
        numbers, due = self.numbers, list(range(self.job.iterations))
        if len(numbers) < len(due):
            self.seen.broke(Rule.P3, f"{len(numbers)} of {len(due)} iterations, then `done`")
        elif numbers != due:
            place = next(i for i, number in enumerate(numbers) if number != due[i])
            self.seen.broke(Rule.P3, f"record {place} is of iteration {numbers[place]!r}")

    def _output_ended(self, rest: bytes) -> None:
        seen = self.seen
        if rest:
            seen.broke(Rule.P2, f"output that ends within a line: {quote(rest)}")
        if len(self.numbers) == self.job.iterations:
            seen.broke(Rule.P2, "no `done` line")
            self._check_iterations()
        else:
            count, due = len(self.numbers), self.job.iterations
            status = self._wait_exit()
            said = gist(self.program.stderr)
            if self._out_of_memory(status):
                return
            if said and not (seen.findings or count) and status == LACKING:
                seen.lacks = plain(f"this machine lacks something, it says: {said.rstrip('.')}")
                return
            seen.ended = f"{how_ended(status)} after {count} of {due} iterations"
            seen.broke(Rule.P3, f"{seen.ended}{self._stderr_said()}")

    def _out_of_memory(self, status: int | None) -> bool:
        """Tell whether the program, or a child that it needed, was ended for want of memory."""
        if not status or memory.kills() == self._kills_before:
            return False
        self.seen.lacks = "this machine ran out of memory, and the kernel ended a process for it"
        self.seen.out_of_memory = True
        return True

    def _stray(self, seen: str) -> bool:
        """Note a line that is not the protocol's; False when there were too many."""
        self.strays += 1
        self.seen.broke(Rule.P2, seen)
        return self.strays < STRAY_LINES

    def _stop(self) -> bool:
        self.seen.stopped = True
        return False

    def _not_ready(self, seen: str) -> bool:
        self.seen.broke(Rule.P1, f"{seen}{self._stderr_said()}")
        return self._stop()

    def _wait_exit(self) -> int | None:
        return self.program.wait_exit(time.monotonic_ns() + 2_000_000_000)

    def _stderr_said(self) -> str:
        said = gist(self.program.stderr)
        return f"; standard error: {said}" if said else ""
