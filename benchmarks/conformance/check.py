"""`check`: examine one contender against every rule, within 100 s whatever it does."""

import time

from benchmarks.conformance.bad_jobs import judge_bad_jobs
from benchmarks.conformance.scenarios import Scenario, can_judge, problem_of, scenarios
from benchmarks.conformance.verdicts import MANIFEST_RULES, PING_RULES, CheckRow, Verdicts
from benchmarks.measure import Measured, measure_ping
from benchmarks.origin.handle import Origin
from benchmarks.workloads import longest
from runners.discovery import BrokenManifest
from runners.invocation import Start
from runners.manifest import Contender
from runners.roster import Unavailable

JOB_LIMIT_S = 20.0
CONTENDER_LIMIT_S = 90.0  # leaves ten seconds for ending processes and collecting records


def rows_of_broken(broken: BrokenManifest) -> list[CheckRow]:
    """Return the row of a folder whose manifest is not valid."""
    verdicts = Verdicts.of(broken.name, ("M1",))
    verdicts.broke("M1", broken.problem)
    return list(verdicts.rows.values())


def rows_of_unavailable(contender: Contender, why: Unavailable) -> list[CheckRow]:
    """Return the rows of a contender whose runner could not be made ready."""
    rules = (*MANIFEST_RULES, *(PING_RULES if "ping" in contender.families else ()))
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
    pings = "ping" in contender.families
    verdicts = Verdicts.of(contender.id, (*MANIFEST_RULES, *(PING_RULES if pings else ())))
    verdicts.passed("M1", "valid")
    verdicts.passed("M2", "ready")
    if pings:
        _Check(verdicts, start, origin).run()
    return list(verdicts.rows.values())


class _Check:
    """Runs the scenarios of one contender until all are done or its time is used."""

    def __init__(self, verdicts: Verdicts, start: Start, origin: Origin) -> None:
        self.verdicts, self.start, self.origin = verdicts, start, origin
        self.until_ns = time.monotonic_ns() + int(CONTENDER_LIMIT_S * 1e9)
        self.stop: str | None = None

    def run(self) -> None:
        for scenario in scenarios(longest("ping", "default")):
            if self._may_go_on():
                self._examine(scenario)
        if self._may_go_on():
            problem, outlived = judge_bad_jobs(self.start, lambda: self.until_ns)
            self._note("P5", problem, "all five refused with status 2")
            if outlived:
                self.stop = "a process outlived its limit"
        for rule in PING_RULES:
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
    """Return the • rules that an invocation lets us judge at all."""
    seen = measured.observation
    rules = []
    if seen.startup_ns is not None:
        rules += ["P1", "P2"]
    if seen.job_ns is not None:
        rules += ["P3", "W1", "W2", "W3", "W4"]
    if seen.exit_status is not None and seen.job_ns is not None:
        rules.append("P4")
    if measured.complete:
        rules.append("P6")
        if measured.joined is not None:
            rules.append("W9")
    return rules
