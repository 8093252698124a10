"""The scenarios of `check`: the jobs that bring each rule's breach to light."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

import numpy as np

from benchmarks.ping.measure import Measured
from benchmarks.ping.origin.plan import Behaviour, ConnectionMode
from benchmarks.ping.task import PingTask, SiteSpec
from results.failures import Failure, status_of
from runners.rules import Rule

# Enough for a median gap (P6) that one pre-emption of a cold process does not decide; for the
# same reason the scenarios of W5 to W8 have a single iteration, and so no gap.
BASIC_ITERATIONS = 8
DELAY_NS = 5_000_000
CLOSE_DELAY_NS = 1_000_000_000
FRAMING_LIMIT_NS = 500_000_000  # what a busy machine can make of a ping is below
SILENT_TIMEOUT_NS = 500_000_000
_FAILURES = {
    Behaviour.REFUSE: Failure.REFUSED,
    Behaviour.RESET: Failure.RESET,
    Behaviour.CLOSE: Failure.RESET,
    Behaviour.SILENT: Failure.TIMEOUT,
    Behaviour.GARBLE: Failure.PROTOCOL,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PingScenario:
    """A job and how it is judged.

    With `rule` None the scenario examines every rule marked • through the findings of the
    invocation; otherwise it was made for that one rule, which breaks when `judge` finds fault, or
    when a rule is broken that held until then. `judge` returns what was wrong, or None.
    """

    name: str
    task: PingTask
    rule: Rule | None = None
    judge: Callable[[Measured], str | None] | None = None


def basic(iterations: int, connection: ConnectionMode, name: str) -> PingScenario:
    """3 chains × 2 sites, each chain with one slow site."""
    sites = (SiteSpec(delay_ns=DELAY_NS), SiteSpec()) * 3
    chains = ((0, 1), (3, 2), (4, 5))
    task = PingTask(sites=sites, chains=chains, iterations=iterations, connection=connection)
    return PingScenario(name=name, task=task)


def scenarios(long_iterations: int) -> tuple[PingScenario, ...]:
    """All scenarios of family ping, in the order in which they are run."""
    return (
        basic(BASIC_ITERATIONS, ConnectionMode.CLOSE, "close"),
        basic(BASIC_ITERATIONS, ConnectionMode.KEEP_ALIVE, "keep-alive"),
        basic(long_iterations, ConnectionMode.CLOSE, f"{long_iterations} iterations"),
        _overlap(),
        _framing(),
        _redirect(),
        _failures(),
    )


def _overlap() -> PingScenario:
    sites = (SiteSpec(behaviour=Behaviour.HOLD), SiteSpec()) * 3
    task = PingTask(sites=sites, chains=((0, 1), (2, 3), (4, 5)), iterations=1, hold=3)
    return PingScenario(name="rendezvous", task=task, rule=Rule.W5, judge=judge_overlap)


def _framing() -> PingScenario:
    late = SiteSpec(behaviour=Behaviour.LATE_CLOSE, close_delay_ns=CLOSE_DELAY_NS)
    # Each chain comes to a site again while the origin still holds its last connection open: a
    # client that pools connections against its job would reuse that one.
    chains = ((0, 0, 1), (2, 2, 3), (4, 4, 5))
    task = PingTask(sites=(late,) * 6, chains=chains, iterations=1)
    return PingScenario(name="delayed close", task=task, rule=Rule.W6, judge=judge_framing)


def _redirect() -> PingScenario:
    sites = (SiteSpec(behaviour=Behaviour.REDIRECT), SiteSpec()) * 2
    task = PingTask(sites=sites, chains=((0, 1), (3, 2)), iterations=1)
    return PingScenario(name="redirect", task=task, rule=Rule.W7, judge=judge_statuses)


def _failures() -> PingScenario:
    sites = tuple(
        spec for behaviour in _FAILURES for spec in (SiteSpec(behaviour=behaviour), SiteSpec())
    )
    chains = tuple((site, site + 1) for site in range(0, len(sites), 2))
    task = PingTask(sites=sites, chains=chains, iterations=1, timeout_ns=SILENT_TIMEOUT_NS)
    return PingScenario(name="failures", task=task, rule=Rule.W8, judge=judge_failures)


def can_judge(measured: Measured) -> bool:
    """Tell whether there are records to judge, each request attributed to its ping.

    A refusing site sees no request, so that nothing can be attributed where there is one.
    """
    refuses = any(site.behaviour is Behaviour.REFUSE for site in measured.task.sites)
    return measured.rows is not None and (refuses or measured.joined is not None)


def judge_overlap(measured: Measured) -> str | None:
    """W5: the origin answered every request with 200."""
    if late := np.count_nonzero(measured.pings.answered == 504):
        return f"{late} of the chains' first requests waited 2 s for the others in vain"
    return None


def judge_framing(measured: Measured) -> str | None:
    """W6: the median ping ends less than 500 ms after its answer was sent."""
    assert measured.rows is not None and measured.joined is not None
    sent = measured.pings.sent[measured.joined].tolist()
    # As Python's integers, since sums of what a program reports may be beyond 64 bits.
    times = zip(measured.rows.began_ns.tolist(), measured.rows.end.tolist(), sent, strict=True)
    late = median(began + end - answer for began, end, answer in times)
    if late >= FRAMING_LIMIT_NS:
        return f"the median ping ends {late / 1e6:.0f} ms after its answer was sent"
    return None


def judge_statuses(measured: Measured) -> str | None:
    """W7: every ping, a redirected one too, is recorded with the status that was sent."""
    assert measured.rows is not None and measured.joined is not None
    sent = measured.pings.answered[measured.joined].tolist()
    recorded = map(status_of, measured.rows.status.tolist())
    for number, (one, other) in enumerate(zip(recorded, sent, strict=True)):
        if one != other:
            return f"ping {number} is recorded as {one!r}, where {other} was sent"
    return None


def judge_failures(measured: Measured) -> str | None:
    """W8: each failure has its name, one request at most, and its chain goes on."""
    pings, rows = measured.pings, measured.rows
    assert rows is not None
    waits, statuses = (rows.end - rows.start).tolist(), [*map(status_of, rows.status.tolist())]
    requested = pings.connection_site[pings.connection]
    per_site = np.bincount(requested, minlength=len(measured.task.sites))
    early_ns = 0.9 * measured.task.timeout_ns
    for number, (behaviour, word) in enumerate(_FAILURES.items()):
        failed, answered = 2 * number, 2 * number + 1  # the pings of a chain, and its sites
        due = _outcome(word, 0 if behaviour is Behaviour.REFUSE else 1)
        seen = _outcome(statuses[failed], per_site[failed])
        if seen == due and word == Failure.TIMEOUT and waits[failed] < early_ns:
            due += f", no earlier than {early_ns / 1e6:.0f} ms"
            seen += f" after {waits[failed] / 1e6:.0f} ms"
        if seen != due:
            return f"site ‘{behaviour}’ ({_name(measured, failed)}): expected {due}; seen {seen}"
        due, seen = _outcome(200, 1), _outcome(statuses[answered], per_site[answered])
        if seen != due:
            where = f"the next site ({_name(measured, answered)})"
            return f"{where}, after ‘{behaviour}’: expected {due}; seen {seen}"
    return None


def _outcome(status: int | str, requests: int) -> str:
    return f"{json.dumps(status)}, {requests} request{'' if requests == 1 else 's'}"


def _name(measured: Measured, site: int) -> str:
    return f"{measured.plan.sites[site].address}:{measured.plan.port}"
