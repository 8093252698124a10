"""What a reader must know beside the figures, worded once."""

from reports.analysis.analysed import Analysis
from reports.analysis.summary import planned_contenders
from reports.words.noise import noise_lines
from reports.words.openings import trust_lines
from reports.words.surplus import surplus_lines
from results.format import GivenUp, RunFile
from results.plan import FEWEST_BLOCKS


def opening_lines(analysis: Analysis) -> list[str]:
    """What is said before any figure: how far to trust it; what was skipped, invalid, cut off."""
    run, notes, labels = analysis.run, analysis.notes, analysis.labels
    lines = _provisional(analysis) + trust_lines(analysis)
    for skipped in run["skipped"]:
        cure = f" ({skipped['install']})" if skipped["install"] else ""
        lines.append(f"{skipped['id']} was skipped: {skipped['reason']}{cure}")
    for other in notes.contradictions:
        who = ", ".join(labels[contender] for contender in other.contenders)
        lines.append(
            f"{who} ran on {other.runtime}, but the toolchain's version is {other.version}: what "
            "ran is not what was asked for its version, so look at PATH and at version managers"
        )
    lines += [*surplus_lines(run), *_without_await(run)]
    if idle := [name for name, own in planned_contenders(run).items() if not own]:
        lines.append(f"No contender of this run takes part in {', '.join(idle)}")
    for rule in analysis.summary["invalid"]:
        who = labels[rule["contender"]]
        lines.append(f"{who} is invalid in {rule['workload']}: {rule['rule']}, {rule['seen']}")
    # A null arm's second process that was given up takes nothing from its contender's figures.
    given_up = [gone for gone in run.get("given_up", []) if gone["contender"] in labels]
    lines += [_given_up(gone, labels[gone["contender"]]) for gone in given_up]
    if analysis.live:
        lines.append(
            "Live sites: nothing proves that the programs did the same work, name look-up is part "
            "of the time of each program that does one a ping, and there are no verdicts"
        )
    if short := _short_warmups(run):
        lines.append(
            f"Warm-up is shorter than pilot runs called for in {short}: programs that compile as "
            "they run look slower there than in the long run; --profile publication warms up enough"
        )
    if notes.torn:
        lines.append("The last line of the results was cut off and is left out")
    invalid = {(rule["workload"], rule["contender"]) for rule in analysis.summary["invalid"]}
    for (workload, contender), count in notes.repeated:
        if (workload, contender) not in invalid:
            times = "one invocation" if count == 1 else f"{count} invocations"
            lines.append(f"{labels[contender]} broke a rule in {times} of {workload}")
    for (workload, contender), block, lost in notes.standstills:
        lines.append(
            f"Everything stood still for {lost / 1e9:.0f} s while {labels[contender]} ran "
            f"{workload} in block {block + 1}: the machine slept, or was stopped"
        )
    lines += noise_lines(notes.noise)
    for (workload, contender), failed, pings in notes.failed:
        lines.append(f"{labels[contender]}: {failed} of {pings} pings failed in {workload}")
    return lines


def _without_await(run: RunFile) -> list[str]:
    """Say of each language without await what it has instead."""
    told = {plan["language"]: plan.get("instead_of_await") for plan in run["contenders"]}
    return [f"{name} has no await; instead: {what}" for name, what in told.items() if what]


def _provisional(analysis: Analysis) -> list[str]:
    run, done = analysis.run, analysis.notes.blocks
    if run["status"] == "complete":
        return []
    lacks = "no verdicts" if done >= FEWEST_BLOCKS else "neither verdicts nor intervals"
    return [
        f"Provisional, block {done} of {run['blocks']}: the run was still measuring, or was cut off, "
        f"and has {lacks}"
    ]


def _given_up(gone: GivenUp, who: str) -> str:
    if gone.get("lacks"):
        return f"{who} takes no part in {gone['workload']}: {gone['reason']}"
    if gone["workload"] is None:
        return (
            f"{who} was not started again after block {gone['block'] + 1}, where it failed twice "
            f"alike: {gone['reason']}"
        )
    return f"{who} was not started again in {gone['workload']} after block {gone['block'] + 1}"


def _short_warmups(run: RunFile) -> str:
    return ", ".join(
        f"{workload['name']} ({workload['warmup']} of {due} iterations)"
        for workload in run["workloads"]
        if (due := workload.get("steady_after", 0)) > workload["warmup"]
    )
