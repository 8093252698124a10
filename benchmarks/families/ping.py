"""Family `ping`: the survey's application, and what its parts cost.

In the pilots Node's compiler took longest: its clients come within a tenth of their steady time
after 5 iterations of `survey`, some 11 of `sequential`, 13 of `parallel` and 20 of `keep-alive`.
The publication profile waits that long. The default, which is to end within five minutes, waits
half as long in `parallel`, where they were up to 1.4 times as slow as in the end; quick is a first
look. Reports say so.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from functools import partial
from typing import Any

from benchmarks.families._model import Family, Workload, lengths
from benchmarks.families._trial import (
    Examination,
    Measurement,
    Scenario,
    Trial,
    determined_by_protocol,
)
from benchmarks.ping.measure import Measured, job_of, measure_ping, origin_record
from benchmarks.ping.origin.handle import Origin
from benchmarks.ping.origin.plan import ConnectionMode
from benchmarks.ping.params import PingParams
from benchmarks.ping.rejudge import rejudge_ping
from benchmarks.ping.scenarios import PingScenario, can_judge, scenarios
from results.conform import Misfit
from results.format import ContenderPlan, Invocation, WorkloadPlan
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

    def needs(self, params: Mapping[str, Any], iterations: int) -> Needs:
        """Return what an invocation takes: a listener and a connection a site, ports for its pings.

        A connection may be gone for its client before the origin comes to close it.
        """
        task = PingParams.of(params).task(iterations)
        often = max(Counter(task.visits).values())
        kept = task.connection is ConnectionMode.KEEP_ALIVE
        return Needs(
            descriptors=_OWN_DESCRIPTORS + 3 * len(task.sites),
            ports=1 if kept else often * iterations,
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
        for each in scenarios(family.longest("default")):
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
            lengths=lengths(quick=(12, 5), default=(12, 5), publication=(30, 8)),
            pilot_s=0.012,
        ),
        Workload(
            name="sequential",
            question="What does one awaited ping cost when nothing else goes on: "
            "32 in a row, no delay?",
            params=asdict(PingParams(chains=1, pings_per_site=32)),
            lengths=lengths(quick=(8, 6), default=(14, 11), publication=(40, 16)),
            pilot_s=0.01,
            steady_after=11,
        ),
        Workload(
            name="parallel",
            question="How many pings get through when 64 chains of 8 run at once, no delay?",
            params=asdict(PingParams(chains=64, pings_per_site=8)),
            lengths=lengths(quick=(5, 4), default=(8, 6), publication=(24, 14)),
            pilot_s=0.105,
            steady_after=13,
        ),
        Workload(
            name="keep-alive",
            question="What does a ping cost on a warm connection: 8 chains of 32, no delay?",
            params=asdict(
                PingParams(chains=8, pings_per_site=32, connection=ConnectionMode.KEEP_ALIVE)
            ),
            lengths=lengths(quick=(13, 12), default=(22, 20), publication=(40, 22)),
            pilot_s=0.025,
            steady_after=20,
        ),
    ),
)
