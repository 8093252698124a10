"""A session: in each block every pair once by our clock and once by its harness, side by side."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.agreement.harnesses import Harness, Harnesses
from benchmarks.agreement.timing import harness_start, time_once
from benchmarks.run.execution import Ground
from benchmarks.run.selection import Entry
from results.agreement import Agreement, Clock, Pair, Process
from results.format import Length, RunFile, WorkloadPlan, length_of
from results.text import plain
from runners.observation import in_order

_CLOCKS: tuple[Clock, ...] = ("ours", "harness")


@dataclass(frozen=True, slots=True, kw_only=True)
class Duel:
    """A contender in a workload, how long its processes live, and the harness beside us."""

    plan: WorkloadPlan
    entry: Entry
    harness: Harness

    @property
    def length(self) -> Length:
        """The life of a process."""
        return length_of(self.plan, self.entry.contender.id)

    def described(self, language: str) -> Pair:
        """Return what the file says of it."""
        return Pair(
            workload=self.plan["name"],
            contender=self.entry.contender.id,
            label=plain(self.entry.contender.label, 80),
            language=language,
            harness=self.harness.name,
            known=self.harness.known,
            warmup=self.length["warmup"],
            iterations=self.length["iterations"] - self.length["warmup"],
        )


def duels_of(run: RunFile, entries: Sequence[Entry], harnesses: Harnesses) -> list[Duel]:
    """Return the pairs of the table that a plan has, in the plan's order."""
    return [
        Duel(plan=plan, entry=entry, harness=harnesses.by_runner[entry.contender.runner])
        for plan in run["workloads"]
        for entry in entries
        if entry.contender.id in harnesses.pairs[plan["name"]]
    ]


def measure_block(block: int, duels: Sequence[Duel], ground: Ground, found: Agreement) -> None:
    """Measure a block, in an order that its seed draws, and add its processes to what was `found`.

    Raises OriginLostError or RefusedError.
    """
    generator = random.Random(f"{found['seed']} {block}")
    for duel in generator.sample(duels, len(duels)):
        for clock in generator.sample(_CLOCKS, len(_CLOCKS)):
            measure = _ours if clock == "ours" else _theirs
            found["processes"].append(measure(block, duel, ground, found))


def _ours(block: int, duel: Duel, ground: Ground, found: Agreement) -> Process:
    contender, length = duel.entry.contender.id, duel.length
    measured = ground.perform(duel.plan["name"], contender, length["iterations"])
    records = in_order(measured.observation.records) if measured.observation.well_formed else []
    times = [float(record.end_ns - record.start_ns) for record in records]
    broken = [plain(f"{each.rule}: {each.seen}", 300) for each in measured.findings]
    if measured.observation.lacks is not None:
        broken.append(plain(measured.observation.lacks, 300))
    counting = times[length["warmup"] :]
    return Process(
        block=block,
        workload=duel.plan["name"],
        contender=contender,
        clock="ours",
        warmup=length["warmup"],
        calls=len(times),
        times_ns=times,
        mean_ns=sum(counting) / len(counting) if counting and not broken else None,
        low_ns=None,
        high_ns=None,
        broken=broken,
    )


def _theirs(block: int, duel: Duel, ground: Ground, found: Agreement) -> Process:
    workload, contender = duel.plan["name"], duel.entry.contender
    start = harness_start(duel.harness, duel.entry.runner, ground.start(workload, contender.id))
    timed = time_once(start, contender.command[-1], duel.plan, duel.length, ground.origin)
    told, broken = timed["told"], timed["broken"]
    if told is not None:
        _name(found, workload, contender.id, told["harness"])
    return Process(
        block=block,
        workload=workload,
        contender=contender.id,
        clock="harness",
        warmup=duel.length["warmup"],
        calls=told["calls"] if told is not None else 0,
        times_ns=told["samples_ns"] if told is not None else [],
        mean_ns=told["mean_ns"] if told is not None and not broken else None,
        low_ns=told.get("low_ns") if told is not None else None,
        high_ns=told.get("high_ns") if told is not None else None,
        broken=broken,
    )


def _name(found: Agreement, workload: str, contender: str, harness: str) -> None:
    for pair in found["pairs"]:
        if (pair["workload"], pair["contender"]) == (workload, contender):
            pair["harness"] = plain(harness, 80)
