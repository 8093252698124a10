"""Families without a network: the work is proven by a checksum that follows from the job.

Iteration i's k-th value is (seed + i + k) mod 2³², k = 0, 1, …; a program must carry it through the
await that the family is about, and fold what arrives: h = (31·h + value) mod 2³², from h = 0.
The checksum catches wrong and lost work, not work done in another way: for that stand the
published sources and, where a family has one, a lower bound on time.
"""

import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

from benchmarks.families._model import Family
from benchmarks.families._record import WorkFormat, WorkRecord
from benchmarks.families._trial import (
    Examination,
    Measurement,
    Scenario,
    Trial,
    determined_by_protocol,
)
from benchmarks.families._witness import Witness
from benchmarks.ping.origin.handle import Origin
from results.conform import Misfit
from results.format import ContenderPlan, WorkloadPlan
from results.line_format import Invocation, JobRow
from results.pings import StoredPings
from runners.consistency import check_consistency
from runners.findings import Finding, first_per_rule
from runners.invocation import invoke
from runners.limits import Needs
from runners.observation import Observation, in_order
from runners.protocol import Job, MalformedLine
from runners.rules import Rule
from runners.spawning import Start

_FEW = 3
_LARGEST = 10**7  # values that a checksum folds; of more, a stored run would not be judged soon
_PROCESS_BYTES = 256 * 2**20
_MODULUS = 2**32
_SEEDS = 2**31  # what fits every language's plain integer


@dataclass(frozen=True, slots=True, kw_only=True)
class Checksum:
    """Proof of an iteration by its checksum, and by a lower bound on its time.

    `fields` are integer-or-null fields of a record beside the common ones; `part` is the one of
    them that times a part of the iteration, in ns, and is never null. `rounds` names the parameter
    that says how often a job transforms its value before delivering it; `bound` the parameter that
    no iteration can be shorter than, in ns; `per_item` how many values one unit of size delivers;
    `pending_bytes` what one of many that are pending at once weighs at most.
    """

    rules: ClassVar[Sequence[Rule]] = (Rule.C1,)
    network: ClassVar[bool] = False

    fields: tuple[str, ...] = ()
    part: str | None = None
    rounds: str | None = None
    bound: str | None = None
    per_item: int = 1
    pending_bytes: int = 0

    def needs(self, params: Mapping[str, Any], iterations: int) -> Needs:
        """Return what an invocation takes: memory, where items are pending all at once."""
        return Needs(memory_bytes=_PROCESS_BYTES + params["size"] * self.pending_bytes)

    def measure(
        self, workload: WorkloadPlan, iterations: int, start: Start, origin: Origin
    ) -> Measurement:
        """Run and judge one invocation."""
        params = _seeded(workload["params"])
        seen = self._invoke(
            workload["family"],
            params,
            iterations,
            start,
            job_limit_s=workload["job_limit_s"],
            on_spawn=origin.guard,
        )
        origin.guard(0)
        return Measurement(
            observation=seen,
            findings=first_per_rule(seen.findings),
            job=_job(params["seed"], seen),
        )

    def witness(
        self, workload: WorkloadPlan, iterations: int, start: Start, origin: Origin
    ) -> Witness:
        """Prove by the sum of all checksums that each iteration was done."""
        params = _seeded(workload["params"])
        form = self.form(params)

        def judge(calls: int, checksum: int) -> list[Finding]:
            due = sum(map(form.checksum, range(calls))) % _MODULUS
            if checksum == due:
                return []
            seen = f"{calls} iterations, whose checksums add up to {checksum}, not {due}"
            return [Finding(rule=Rule.C1, seen=seen)]

        job = Job(family=workload["family"], iterations=1, params=params)
        return Witness(job=job, judge=judge)

    def rejudge(
        self,
        workload: WorkloadPlan,
        contender: ContenderPlan,
        iterations: int,
        line: Invocation,
        pings: StoredPings | None,
    ) -> list[Finding]:
        """Judge a stored invocation again. Raises Misfit."""
        job = line["job"]
        if job is None or job["seed"] is None:
            return []
        try:
            form = self.form({**workload["params"], "seed": job["seed"]})
            if form.values + form.rounds > _LARGEST:
                raise Misfit("its work is more than any that can be judged")
            records = [form.parse(record) for record in line["iterations"]]
        except (KeyError, TypeError, MalformedLine) as error:
            raise Misfit(f"its records or parameters are not the family's ({error})") from error
        problem = form.check_work(records)
        findings = [Finding(rule=Rule.C1, seen=problem)] if problem else []
        if len(records) == iterations and job["first_record_ns"] is not None:
            inconsistent = check_consistency(
                in_order(records),
                form=form,
                job_ns=job["written_ns"],
                first_record_ns=job["first_record_ns"],
            )
            findings += [inconsistent] if inconsistent else []
        return findings

    def scenarios(self, family: Family) -> Iterator[Scenario]:
        """Few iterations, and as many as a run asks for."""
        for iterations in dict.fromkeys((_FEW, family.examined)):
            yield Scenario(
                name=f"{family.name}, {iterations} iterations",
                perform=partial(self._examine, family, iterations),
            )

    def _examine(self, family: Family, iterations: int, trial: Trial) -> Examination:
        seen = self._invoke(
            family.name,
            _seeded(family.smallest.params),
            iterations,
            trial.start,
            job_limit_s=trial.job_limit_s,
            until_ns=trial.until_ns,
            on_spawn=trial.origin.guard,
        )
        trial.origin.guard(0)
        rules = determined_by_protocol(seen, iterations)
        if seen.well_formed and seen.records:
            rules.append(Rule.C1)
        return Examination(
            stopped=seen.stopped,
            findings=seen.findings,
            determined=rules,
            ended=seen.ended,
            lacks=seen.lacks,
        )

    def _invoke(
        self,
        family: str,
        params: Mapping[str, Any],
        iterations: int,
        start: Start,
        *,
        job_limit_s: float,
        on_spawn: Callable[[int], None],
        until_ns: int | None = None,
    ) -> Observation[WorkRecord]:
        return invoke(
            start,
            Job(family=family, iterations=iterations, params=params),
            records=self.form(params),
            job_limit_s=job_limit_s,
            until_ns=until_ns,
            on_spawn=on_spawn,
        )

    def form(self, params: Mapping[str, Any]) -> WorkFormat:
        """Return the records that a job with these parameters asks for."""
        return WorkFormat(
            fields=self.fields,
            part=self.part,
            seed=params["seed"],
            values=params["size"] * self.per_item,
            rounds=0 if self.rounds is None else params[self.rounds],
            bound_ns=None if self.bound is None else params[self.bound],
        )


def _seeded(params: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parameters with a fresh seed, so that no answer can be known beforehand."""
    return {**params, "seed": secrets.randbelow(_SEEDS)}


def _job(seed: int, seen: Observation[WorkRecord]) -> JobRow | None:
    if seen.job_ns is None:
        return None
    return JobRow(
        seed=seed,
        port=None,
        path=None,
        addresses=[],
        written_ns=seen.job_ns,
        first_record_ns=seen.first_record_ns,
    )
