"""`check`: examine one contender against every rule, within 100 s whatever it does."""

import time
from collections.abc import Sequence

from benchmarks.conformance.bad_jobs import judge_bad_jobs
from benchmarks.ping.scenarios import Scenario, can_judge, problem_of, scenarios
from benchmarks.conformance.verdicts import (
    MANIFEST_RULES,
    PING_RULES,
    WORK_RULES,
    CheckRow,
    Verdicts,
)
from benchmarks.ping.measure import Measured, measure_ping
from benchmarks.families._measure import measure_work
from benchmarks.ping.origin.handle import Origin
from benchmarks.families import WORK_FAMILIES, longest, smallest
from runners.discovery import BrokenManifest
from runners.observation import Observation, Start
from runners.manifest import Contender
from runners.roster import Unavailable

JOB_LIMIT_S = 20.0
_WORK_ITERATIONS = 3
CONTENDER_LIMIT_S = 90.0  # leaves ten seconds for ending processes and collecting records


def rows_of_broken(broken: BrokenManifest) -> list[CheckRow]:
    """Return the row of a folder whose manifest is not valid."""
    verdicts = Verdicts.of(broken.name, ("M1",))
    verdicts.broke("M1", broken.problem)
    return list(verdicts.rows.values())


def rows_of_unavailable(contender: Contender, why: Unavailable) -> list[CheckRow]:
    """Return the rows of a contender whose runner could not be made ready."""
    rules = _rules(contender)
    verdicts = Verdicts.of(contender.id, rules)
    verdicts.passed("M1", "valid")
    verdicts.broke("M2", why.reason)
    for rule in rules:
        verdicts.skipped(rule, "the runner could not be made ready")
    return list(verdicts.rows.values())


def check_contender(contender: Contender, start: Start, origin: Origin) -> list[CheckRow]:
    """Examine every rule that applies to a contender whose runner is ready.

    Raises OriginLostError when the origin dies.
    """
    verdicts = Verdicts.of(contender.id, _rules(contender))
    verdicts.passed("M1", "valid")
    verdicts.passed("M2", "ready")
    families = [f for f in contender.families if f == "ping" or f in WORK_FAMILIES]
    if families:
        _Check(verdicts, start, origin).run(families)
    return list(verdicts.rows.values())


def _rules(contender: Contender) -> tuple[str, ...]:
    """Return the rules that apply to a contender, each once."""
    rules = [*MANIFEST_RULES]
    if "ping" in contender.families:
        rules += PING_RULES
    if WORK_FAMILIES.keys() & set(contender.families):
        rules += WORK_RULES
    return tuple(dict.fromkeys(rules))


class _Check:
    """Runs the scenarios of one contender until all are done or its time is used."""

    def __init__(self, verdicts: Verdicts, start: Start, origin: Origin) -> None:
        self.verdicts, self.start, self.origin = verdicts, start, origin
        self.until_ns = time.monotonic_ns() + int(CONTENDER_LIMIT_S * 1e9)
        self.stop: str | None = None

    def run(self, families: Sequence[str]) -> None:
        for family in families:
            if family == "ping":
                for scenario in scenarios(longest("ping", "default")):
                    if self._may_go_on():
                        self._examine(scenario)
            else:
                self._examine_work(family)
        if self._may_go_on():
            problem, outlived = judge_bad_jobs(families[0], self.start, lambda: self.until_ns)
            self._note("P5", problem, "all five refused with status 2")
            if outlived:
                self.stop = "a process outlived its limit"
        for rule in self.verdicts.rows:
            self.verdicts.skipped(rule, self.stop or "another rule kept it from showing")

    def _may_go_on(self) -> bool:
        if self.stop is None and time.monotonic_ns() > self.until_ns:
            self.stop = f"{CONTENDER_LIMIT_S:.0f} s were used up"
        return self.stop is None

    def _examine(self, scenario: Scenario) -> None:
        measured = measure_ping(
            scenario.task,
            self.start,
            self.origin,
            job_limit_s=JOB_LIMIT_S,
            until_ns=self.until_ns,
        )
        if measured.observation.stopped:
            self.stop = f"the program had to be stopped in scenario ‘{scenario.name}’"
        if scenario.rule is None:
            self._note_all(scenario, measured)
        else:
            self._note_one(scenario, scenario.rule, measured)

    def _note_one(self, scenario: Scenario, rule: str, measured: Measured) -> None:
        """Note the one rule that a scenario was made for."""
        known = self.verdicts.broken()
        problem = problem_of(measured, known)
        if problem is None and not can_judge(measured):
            self.verdicts.skipped(rule, f"{', '.join(sorted(known))} kept it from showing")
            return
        if problem is None and scenario.judge is not None:
            problem = scenario.judge(measured)
        self._note(rule, problem, f"held in scenario ‘{scenario.name}’")

    def _examine_work(self, family: str) -> None:
        """Examine a family without a network: few iterations, and as many as a run asks for."""
        params = smallest(family).shape.params()
        for iterations in dict.fromkeys((_WORK_ITERATIONS, longest(family, "default"))):
            if not self._may_go_on():
                return
            seen = measure_work(
                family,
                params,
                iterations,
                self.start,
                job_limit_s=JOB_LIMIT_S,
                until_ns=self.until_ns,
                on_spawn=self.origin.guard,
            )
            name = f"{family}, {iterations} iterations"
            if seen.stopped:
                self.stop = f"the program had to be stopped in scenario ‘{name}’"
            for finding in seen.findings:
                self.verdicts.broke(finding.rule, f"scenario ‘{name}’: {finding.seen}")
            for rule in _determined_alone(seen, iterations):
                self.verdicts.passed(rule, "held in every scenario")

    def _note(self, rule: str, problem: str | None, held: str) -> None:
        if problem is None:
            self.verdicts.passed(rule, held)
        else:
            self.verdicts.broke(rule, problem)

    def _note_all(self, scenario: Scenario, measured: Measured) -> None:
        """Note every • rule that this invocation could show."""
        for finding in measured.findings:
            self.verdicts.broke(finding.rule, f"scenario ‘{scenario.name}’: {finding.seen}")
        for rule in _determined(measured):
            self.verdicts.passed(rule, "held in every scenario")


def _determined(measured: Measured) -> list[str]:
    """Return the • rules that an invocation of family ping lets us judge at all."""
    rules = _determined_by_protocol(measured.observation, measured.task.iterations)
    if measured.observation.job_ns is not None:
        rules += ["W1", "W2", "W3", "W4"]
    if measured.complete and measured.joined is not None:
        rules.append("W9")
    return rules


def _determined_alone(seen: Observation, iterations: int) -> list[str]:
    """Return the • rules that an invocation without a network lets us judge at all."""
    rules = _determined_by_protocol(seen, iterations)
    return [*rules, "C1"] if seen.well_formed and seen.records else rules


def _determined_by_protocol(seen: Observation, iterations: int) -> list[str]:
    rules = []
    if seen.startup_ns is not None:
        rules += ["P1", "P2"]
    if seen.job_ns is not None:
        rules.append("P3")
        if seen.exit_status is not None:
            rules.append("P4")
    if seen.well_formed and len(seen.records) == iterations:
        rules.append("P6")
    return rules
