"""`check`: examine one contender against every rule, within 100 s whatever it does."""

import time
from collections.abc import Collection, Sequence

from benchmarks.conformance.bad_jobs import judge_bad_jobs
from benchmarks.conformance.verdicts import CheckRow, Verdicts
from benchmarks.families import FAMILIES, Family
from benchmarks.families._trial import Examination, Scenario, Trial
from benchmarks.ping.origin.handle import Origin
from runners.discovery import BrokenManifest
from runners.findings import Finding
from runners.manifest import Contender
from runners.roster import Unavailable
from runners.rules import MANIFEST_RULES, PROTOCOL_RULES, Rule
from runners.spawning import Start

JOB_LIMIT_S = 20.0
CONTENDER_LIMIT_S = 90.0  # leaves ten seconds for ending processes and collecting records


def rows_of_broken(broken: BrokenManifest) -> list[CheckRow]:
    """Return the row of a folder whose manifest is not valid."""
    verdicts = Verdicts.of(broken.name, (Rule.M1,))
    verdicts.broke(Rule.M1, broken.problem)
    return list(verdicts.rows.values())


def rows_of_unavailable(contender: Contender, why: Unavailable) -> list[CheckRow]:
    """Return the rows of a contender whose runner could not be made ready."""
    rules = _rules(_families(contender))
    verdicts = Verdicts.of(contender.id, rules)
    verdicts.passed(Rule.M1, "valid")
    verdicts.broke(Rule.M2, why.reason)
    for rule in rules:
        verdicts.skipped(rule, "the runner could not be made ready")
    return list(verdicts.rows.values())


def rows_of_unstarted(contender: Contender, why: str) -> list[CheckRow]:
    """Return the rows of a contender that could not be started."""
    rules = _rules(_families(contender))
    verdicts = Verdicts.of(contender.id, rules)
    verdicts.passed(Rule.M1, "valid")
    verdicts.passed(Rule.M2, "ready")
    if Rule.P1 in rules:
        verdicts.broke(Rule.P1, f"could not be started: {why}")
    for rule in rules:
        verdicts.skipped(rule, "the program could not be started")
    return list(verdicts.rows.values())


def check_contender(
    contender: Contender, start: Start, origin: Origin
) -> tuple[list[CheckRow], str | None]:
    """Examine every rule that applies to a contender whose runner is ready.

    Returns the rows, and in a sentence what the program says that this machine lacks. Raises
    OriginLostError when the origin dies.
    """
    families = _families(contender)
    verdicts = Verdicts.of(contender.id, _rules(families))
    verdicts.passed(Rule.M1, "valid")
    verdicts.passed(Rule.M2, "ready")
    check = _Check(verdicts, start, origin)
    if families:
        check.run(families)
    return list(verdicts.rows.values()), check.lacks


def _families(contender: Contender) -> list[Family]:
    return [FAMILIES[name] for name in contender.families if name in FAMILIES]


def _rules(families: Sequence[Family]) -> tuple[Rule, ...]:
    """Return the rules that apply to a contender of these families, each once."""
    applying: set[Rule] = {*MANIFEST_RULES}
    for family in families:
        applying |= {*PROTOCOL_RULES, *family.proof.rules}
    return tuple(rule for rule in Rule if rule in applying)


class _Check:
    """Runs the scenarios of one contender until all are done or its time is used."""

    def __init__(self, verdicts: Verdicts, start: Start, origin: Origin) -> None:
        self.verdicts, self.start, self.origin = verdicts, start, origin
        self.until_ns = time.monotonic_ns() + int(CONTENDER_LIMIT_S * 1e9)
        self.stop: str | None = None
        self.lacks: str | None = None
        self.ended: str | None = None

    def run(self, families: Sequence[Family]) -> None:
        for family in families:
            for scenario in family.proof.scenarios(family):
                if self._may_go_on():
                    self._examine(scenario)
        if self._may_go_on():
            problem, outlived = judge_bad_jobs(families[0], self.start, lambda: self.until_ns)
            if problem is None or self._may_go_on():
                self._note(Rule.P5, problem, "all five refused with status 2")
            if outlived and self.stop is None:
                self.stop = "a process outlived its limit"
        for rule in self.verdicts.rows:
            why = self.stop or self.lacks or self.ended
            self.verdicts.skipped(rule, why or "another rule kept it from showing")

    def _may_go_on(self) -> bool:
        if self.stop is None and time.monotonic_ns() > self.until_ns:
            self.stop = f"{CONTENDER_LIMIT_S:.0f} s were used up"
        return self.stop is None

    def _examine(self, scenario: Scenario) -> None:
        examined = scenario.perform(
            Trial(
                start=self.start,
                origin=self.origin,
                job_limit_s=JOB_LIMIT_S,
                until_ns=self.until_ns,
            )
        )
        if examined.stopped and not self._may_go_on():
            return  # by the limit of all scenarios together: no fault of this one
        if examined.lacks is not None:
            self.lacks = examined.lacks
            return
        if examined.ended is not None and self.ended is None:
            who = self.verdicts.contender
            self.ended = f"{who} {examined.ended}, by itself, in scenario ‘{scenario.name}’"
        if examined.stopped:
            self.stop = f"the program had to be stopped in scenario ‘{scenario.name}’"
        if scenario.rule is None:
            self._note_all(scenario, examined)
        else:
            self._note_one(scenario, scenario.rule, examined)

    def _note_one(self, scenario: Scenario, rule: Rule, examined: Examination) -> None:
        """Note the one rule that a scenario was made for."""
        known = self.verdicts.broken()
        problem = examined.problem or _first_new(examined.findings, known)
        if problem is None and not examined.answer:
            kept = f"{', '.join(sorted(known))} kept it from showing"
            self.verdicts.skipped(rule, self.ended or kept)
            return
        self._note(rule, problem, f"held in scenario ‘{scenario.name}’")

    def _note_all(self, scenario: Scenario, examined: Examination) -> None:
        """Note every • rule that this invocation could show."""
        for finding in examined.findings:
            self.verdicts.broke(finding.rule, f"scenario ‘{scenario.name}’: {finding.seen}")
        for rule in examined.determined:
            self.verdicts.passed(rule, "held in every scenario")

    def _note(self, rule: Rule, problem: str | None, held: str) -> None:
        if problem is None:
            self.verdicts.passed(rule, held)
        else:
            self.verdicts.broke(rule, problem)


def _first_new(findings: Sequence[Finding], known: Collection[Rule]) -> str | None:
    """Return what kept an invocation from ending as it should, whatever the rule.

    What breaks a rule that is `known` to be broken says nothing more about this scenario's own.
    """
    for finding in findings:
        if finding.rule not in known:
            return f"{finding.rule}: {finding.seen}"
    return None
