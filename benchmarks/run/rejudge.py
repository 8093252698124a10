"""A stored run, judged again by the rules of today. Nothing on disk changes."""

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.families import FAMILIES
from results.conform import Misfit
from results.errors import UnreadableRun, UsageError
from results.format import (
    AGAIN,
    INVOCATIONS_FILE,
    SCHEMA,
    ContenderPlan,
    RunFile,
    WorkloadPlan,
    length_of,
)
from results.invocation import PingFile
from results.line_format import Invocation
from results.run_folder import RunFolder
from results.text import plain
from runners.findings import Finding, first_per_rule
from runners.rules import Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is judged otherwise in one invocation: findings that are new, and rules that held."""

    line: Invocation
    found: tuple[Finding, ...]
    gone: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejudgement:
    """How many invocations were judged, and in which of them something changed."""

    invocations: int
    changes: tuple[Change, ...]


def rejudge(folder: RunFolder) -> Rejudgement:
    """Judge every invocation that is not superseded. Raises UsageError where that cannot be done."""
    run = folder.run
    _insist_on_judgeable(run)
    plans = {plan["name"]: plan for plan in run["workloads"]}
    contenders = {contender["id"]: contender for contender in run["contenders"]}
    pings = PingFile(folder=folder.path)
    lines = [r.recorded for r in folder.invocations if not r.recorded["superseded"]]
    changes = [
        _judged(line, plans[line["workload"]], contenders[_whose(line)], pings) for line in lines
    ]
    return Rejudgement(
        invocations=len(lines), changes=tuple(each for each in changes if each.found or each.gone)
    )


def _whose(line: Invocation) -> str:
    """The contender's id, of one that runs twice in the null arm, too."""
    return line["contender"].removesuffix(AGAIN)


def _insist_on_judgeable(run: RunFile) -> None:
    if run["schema"] != SCHEMA:
        raise UsageError(
            f"Run {run['id']} is of format {run['schema']}, which stored too little to judge it "
            "again; measure again."
        )
    if run["mode"] == "live":
        raise UsageError(f"Run {run['id']} is live: nothing in it was proven, or can be.")
    for family in run["families"]:
        if family["name"] not in FAMILIES:
            raise UsageError(
                f"Run {run['id']} measured {family['name']}, a family that this copy does not "
                "know; judge it with the copy that made it."
            )


def _judged(
    line: Invocation, plan: WorkloadPlan, contender: ContenderPlan, file: PingFile
) -> Change:
    proof = FAMILIES[plan["family"]].proof
    iterations = length_of(plan, line["contender"])["iterations"]
    packet = line["pings"]
    stored = None if packet is None else file.stored(packet)
    try:
        now = first_per_rule(proof.rejudge(plan, contender, iterations, line, stored))
    except Misfit as misfit:
        raise UnreadableRun(
            f"{file.folder / INVOCATIONS_FILE}: {_place(line)}: {misfit}; measure again."
        ) from misfit
    judged = {rule for rule in (*proof.rules, Rule.P6) if rule.on_every_run}
    then = {broken["rule"] for broken in line["broken"]} & judged
    return Change(
        line=line,
        found=tuple(finding for finding in now if finding.rule not in then),
        gone=tuple(sorted(then - {finding.rule for finding in now})),
    )


def told(rejudgement: Rejudgement, most: int) -> Sequence[str]:
    """Return what changed as lines for a terminal, of at most `most` invocations."""
    changes = rejudgement.changes
    noun = "invocation" if rejudgement.invocations == 1 else "invocations"
    head = f"Judged {rejudgement.invocations} {noun} again by today's rules: "
    if not changes:
        return [f"{head}nothing changed."]
    lines = [f"{head}{len(changes)} changed. The run on disk stays as it is."]
    for change in changes[:most]:
        lines += [f"  {_place(change.line)}: {f.rule} found: {plain(f.seen)}" for f in change.found]
        lines += [f"  {_place(change.line)}: {rule} no longer found" for rule in change.gone]
    return lines if len(changes) <= most else [*lines, f"  and {len(changes) - most} more"]


def _place(line: Invocation) -> str:
    again = ", repeated" if line["attempt"] else ""
    return f"block {line['block'] + 1}, {line['workload']}, {line['contender']}{again}"
