"""Invocations of a family's programs: what one gave in a run, and what `check` tries with them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.ping.origin.handle import Origin
from results.line_format import JobRow, OriginRecord
from results.pings import StoredPings
from runners.findings import Finding
from runners.observation import Observation
from runners.rules import Rule
from runners.spawning import Start


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """What one invocation of a run gave: the program's side, the findings, what else is stored.

    `pings` are both sides of a family with a network.
    """

    observation: Observation[Any]
    findings: Sequence[Finding]
    job: JobRow | None = None
    origin: OriginRecord | None = None
    pings: StoredPings | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """With what a scenario is tried: the program, the origin, and the limits."""

    start: Start
    origin: Origin
    job_limit_s: float
    until_ns: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Examination:
    """What a scenario showed.

    `determined` are the rules that hold where none of the `findings` breaks them. In a scenario
    that was made for one rule, `problem` is what was wrong with it, and None, too, where there was
    no `answer` to judge. `ended` is how the program ended by itself before all records had come. Where the program `lacks` something on this machine nothing is judged.
    """

    stopped: bool
    findings: Sequence[Finding]
    determined: Sequence[Rule]
    answer: bool = True
    problem: str | None = None
    ended: str | None = None
    lacks: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A job of `check`.

    With `rule` None it examines every rule marked • through the findings of the invocation;
    otherwise it was made for that one rule, which breaks with the scenario's own problem, or when a
    rule is broken that held until then.
    """

    name: str
    perform: Callable[[Trial], Examination]
    rule: Rule | None = None


def determined_by_protocol(seen: Observation[Any], iterations: int) -> list[Rule]:
    """Return the • rules of the protocol that an invocation lets us judge at all."""
    rules = []
    if seen.startup_ns is not None:
        rules += [Rule.P1, Rule.P2]
    if seen.job_ns is not None:
        rules.append(Rule.P3)
        if seen.exit_status is not None:
            rules.append(Rule.P4)
    if seen.well_formed and len(seen.records) == iterations:
        rules.append(Rule.P6)
    return rules
