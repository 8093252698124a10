"""Families without a network: the work is proven by a checksum that follows from the job.

Iteration i's k-th value is (seed + i + k) mod 2³², k = 0, 1, …; a program must carry it through the
await that the family is about, and fold what arrives: h = (31·h + value) mod 2³², from h = 0.
The checksum catches wrong and lost work, not work done in another way: for that stand the
published sources and, where a family has one, a lower bound on time.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any, ClassVar

from benchmarks.families._measure import measure_work
from benchmarks.families._model import Family
from benchmarks.families._trial import (
    Examination,
    Measurement,
    Scenario,
    Trial,
    determined_by_protocol,
)
from benchmarks.ping.origin.handle import Origin
from results.format import WorkloadPlan
from runners.findings import first_per_rule
from runners.observation import Start
from runners.protocol import MalformedLine, Record, check_keys, is_time

_FEW = 3
_MODULUS = 2**32
_KEYS = frozenset({"iteration", "start_ns", "end_ns", "checksum"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Checksum:
    """Proof of an iteration by its checksum, and by a lower bound on its time.

    `fields` are integer-or-null fields of a record beside the common ones. `rounds` names the
    parameter that says how often a job transforms its value before delivering it; `bound` the
    parameter that no iteration can be shorter than, in ns; `per_item` how many values one unit of
    size delivers.
    """

    rules: ClassVar[Sequence[str]] = ("C1",)
    network: ClassVar[bool] = False

    fields: tuple[str, ...] = ()
    rounds: str | None = None
    bound: str | None = None
    per_item: int = 1

    def measure(
        self, workload: WorkloadPlan, iterations: int, start: Start, origin: Origin
    ) -> Measurement:
        """Run and judge one invocation."""
        seen = measure_work(
            workload["family"],
            workload["params"],
            iterations,
            start,
            self,
            job_limit_s=workload["job_limit_s"],
            on_spawn=origin.guard,
        )
        return Measurement(observation=seen, findings=first_per_rule(seen.findings))

    def scenarios(self, family: Family) -> Iterator[Scenario]:
        """Few iterations, and as many as a run asks for."""
        for iterations in dict.fromkeys((_FEW, family.longest("default"))):
            yield Scenario(
                name=f"{family.name}, {iterations} iterations",
                perform=partial(self._examine, family, iterations),
            )

    def _examine(self, family: Family, iterations: int, trial: Trial) -> Examination:
        seen = measure_work(
            family.name,
            family.smallest.params,
            iterations,
            trial.start,
            self,
            job_limit_s=trial.job_limit_s,
            until_ns=trial.until_ns,
            on_spawn=trial.origin.guard,
        )
        rules = determined_by_protocol(seen, iterations)
        if seen.well_formed and seen.records:
            rules.append("C1")
        return Examination(stopped=seen.stopped, findings=seen.findings, determined=rules)

    def check_record(self, record: Record, params: Mapping[str, Any]) -> None:
        """Insist on the keys, types and ranges due. Raises MalformedLine."""
        check_keys(record, _KEYS | {*self.fields})
        for key in _KEYS:
            if not is_time(record[key]):
                raise MalformedLine(f"a record whose {key} is {record[key]!r}")
        for key in self.fields:
            if record[key] is not None and not is_time(record[key]):
                raise MalformedLine(f"a record whose {key} is {record[key]!r}")

    def check_times(self, record: Record) -> str | None:
        """Return None: an iteration of these families has no times inside it."""
        return None

    def check_work(self, record: Record, params: Mapping[str, Any]) -> str | None:
        """Return what shows that an iteration's work was not done (C1), or None."""
        due = self.checksum(record["iteration"], params)
        if record["checksum"] != due:
            return f"iteration {record['iteration']}: checksum {record['checksum']}, not {due}"
        took = record["end_ns"] - record["start_ns"]
        if self.bound is not None and took < params[self.bound]:
            return f"iteration {record['iteration']}: took {took} ns, under {params[self.bound]} ns"
        return None

    def checksum(self, iteration: int, params: Mapping[str, Any]) -> int:
        """Return the checksum that follows from the job.

        Each value is its iteration's first one plus k, and transforming is affine, so the fold is
        slope·first + offset mod 2³²; slope and offset depend on the sizes alone.
        """
        rounds = params[self.rounds] if self.rounds is not None else 0
        slope, offset = _fold(params["size"] * self.per_item, rounds)
        first: int = (params["seed"] + iteration) % _MODULUS
        return (slope * first + offset) % _MODULUS


@lru_cache(maxsize=64)
def _fold(count: int, rounds: int) -> tuple[int, int]:
    """Return slope and offset of the fold over `count` values, each transformed `rounds` times."""
    factor, shift = 1, 0
    for _ in range(rounds):
        factor = factor * 1664525 % _MODULUS
        shift = (shift * 1664525 + 1013904223) % _MODULUS
    slope = offset = 0
    for k in range(count):
        slope = (31 * slope + factor) % _MODULUS
        offset = (31 * offset + factor * k + shift) % _MODULUS
    return slope, offset
