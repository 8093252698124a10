"""Family `ping`: the survey's application, and what its parts cost.

`survey` is one short application, and so about young processes, but in a publication.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from functools import partial
from typing import Any

from benchmarks.families._model import Family, Workload
from benchmarks.families._trial import (
    Examination,
    Measurement,
    Scenario,
    Trial,
    determined_by_protocol,
)
from benchmarks.families._witness import Witness
from benchmarks.ping.measure import Measured, job_of, measure_ping, origin_record
from benchmarks.ping.origin.handle import Origin
from benchmarks.ping.origin.plan import ConnectionMode
from benchmarks.ping.params import PingParams
from benchmarks.ping.referee import judge
from benchmarks.ping.rejudge import rejudge_ping
from benchmarks.ping.scenarios import PingScenario, can_judge, scenarios
from benchmarks.ping.stored import stored_pings
from results.conform import Misfit
from results.format import ContenderPlan, WorkloadPlan
from results.line_format import Invocation
from results.pings import StoredPings
from runners.findings import Finding
from runners.limits import Needs
from runners.rules import WIRE_RULES, Rule
from runners.spawning import Start

_OWN_DESCRIPTORS = 128  # of a runtime: libraries, pipes, what it waits with


class OnTheWire:
    """Proof by the origin, which sees every ping."""

    rules = WIRE_RULES
    network = True
    fields: tuple[str, ...] = ()
    part: str | None = None

    def needs(self, params: Mapping[str, Any], iterations: int) -> Needs:
        """Return what an invocation takes: a listener and a connection a site, ports for its pings.

        Those of one iteration and the next: the origin closes first, so that a client's port is free
        again at once. 2,500 iterations of `sequential` have made 80,000 connections to one site.
        """
        task = PingParams.of(params).task(iterations)
        often = max(Counter(task.visits).values())
        kept = task.connection is ConnectionMode.KEEP_ALIVE
        return Needs(
            descriptors=_OWN_DESCRIPTORS + 3 * len(task.sites),
            ports=1 if kept else 2 * often,
        )

    def measure(
        self, workload: WorkloadPlan, iterations: int, start: Start, origin: Origin
    ) -> Measurement:
        """Run one invocation against the origin. Raises OriginLostError."""
        task = PingParams.of(workload["params"]).task(iterations)
        measured = measure_ping(task, start, origin, job_limit_s=workload["job_limit_s"])
        return Measurement(
            observation=measured.observation,
            findings=measured.findings,
            job=job_of(measured),
            origin=origin_record(measured),
            pings=measured.pings,
        )

    def witness(
        self, workload: WorkloadPlan, iterations: int, start: Start, origin: Origin
    ) -> Witness:
        """Prove by the origin's record that each ping was made. Raises OriginLostError."""
        task = PingParams.of(workload["params"]).task(iterations)
        plan = origin.expect(
            task.placed(origin.fresh_addresses(len(task.sites))),
            task.connection,
            requests=task.pings * task.iterations,
            extra_headers=start.extra_headers,
        )

        def judge_done(calls: int, checksum: int) -> Sequence[Finding]:
            record = origin.collect()
            if calls == 0:
                return ()
            saw = stored_pings(task.chain_lengths, task.visits, [], record)
            return judge(
                replace(task, iterations=calls), plan, saw, record.unrecorded, None
            ).findings

        return Witness(job=replace(task.job(plan), iterations=1), judge=judge_done)

    def rejudge(
        self,
        workload: WorkloadPlan,
        contender: ContenderPlan,
        iterations: int,
        line: Invocation,
        pings: StoredPings | None,
    ) -> list[Finding]:
        """Judge a stored invocation again. Raises Misfit."""
        if pings is None:
            return []
        try:
            connection = ConnectionMode(workload["params"]["connection"])
        except (KeyError, ValueError) as error:
            raise Misfit("its workload says nothing of connections") from error
        return rejudge_ping(line, pings, iterations, connection, contender.get("extra_headers", []))

    def scenarios(self, family: Family) -> Iterator[Scenario]:
        """Every rule's own, and jobs as long as a run's."""
        for each in scenarios(family.examined):
            yield Scenario(name=each.name, rule=each.rule, perform=partial(_examine, each))


def _examine(scenario: PingScenario, trial: Trial) -> Examination:
    measured = measure_ping(
        scenario.task,
        trial.start,
        trial.origin,
        job_limit_s=trial.job_limit_s,
        until_ns=trial.until_ns,
    )
    answer = can_judge(measured)
    return Examination(
        stopped=measured.observation.stopped,
        findings=measured.findings,
        determined=_determined(measured),
        answer=answer,
        ended=measured.observation.ended,
        lacks=measured.observation.lacks,
        problem=scenario.judge(measured) if answer and scenario.judge is not None else None,
    )


def _determined(measured: Measured) -> list[Rule]:
    rules = determined_by_protocol(measured.observation, measured.task.iterations)
    if measured.observation.job_ns is not None:
        rules += [Rule.W1, Rule.W2, Rule.W3, Rule.W4]
    if measured.rows is not None and measured.joined is not None:
        rules.append(Rule.W9)
    return rules


FAMILY = Family(
    name="ping",
    set="ping",
    place=0,
    by_default=True,
    tiered=True,
    proof=OnTheWire(),
    example={
        "chains": [["127.0.0.1:9"]],
        "path": "/none",
        "connection": "close",
        "timeout_ns": 1_000_000_000,
    },
    item="ping",
    size=("chains", "sites_per_chain", "pings_per_site"),
    workloads=(
        Workload(
            name="survey",
            question="How long does the survey's own program take: two chains of two sites, "
            "each site answering after 5 ms?",
            params=asdict(PingParams(chains=2, sites_per_chain=2, delay_ns=5_000_000)),
            young=11,
            steady=("publication",),
            pilot_s=0.013,
        ),
        Workload(
            name="sequential",
            question="What does one awaited ping cost when nothing else goes on: "
            "32 in a row, no delay?",
            params=asdict(PingParams(chains=1, pings_per_site=32)),
            young=8,
            life_s=2.8,
            pilot_s=0.017,
        ),
        Workload(
            name="parallel",
            question="How many pings get through when 64 chains of 2 run at once, no delay?",
            params=asdict(PingParams(chains=64, pings_per_site=2)),
            young=8,
            life_s=2.8,
            pilot_s=0.04,
        ),
        Workload(
            name="keep-alive",
            question="What does a ping cost on a warm connection: 8 chains of 32, no delay?",
            params=asdict(
                PingParams(chains=8, pings_per_site=32, connection=ConnectionMode.KEEP_ALIVE)
            ),
            young=8,
            life_s=2.8,
            pilot_s=0.03,
        ),
    ),
)
