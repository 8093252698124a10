"""What a gate says of each workload, worded once for terminal and Markdown."""

from collections.abc import Iterator, Sequence

from reports.analysis.gate import Gated
from reports.words import units
from reports.words.escaping import escaped


def line(row: Gated, base: str, new: str, margin: float) -> str:
    """Say what came out in a workload; `base` and `new` are labels."""
    limit = units.percent(margin)
    if row.broken:
        rules = "; ".join(f"{rule['rule']}, {rule['seen']}" for rule in row.broken)
        return f"{row.workload}: {new} is invalid: {rules}"
    if row.centre is None or row.centre.wide is None or row.visible is None:
        return (
            f"{row.workload}: nothing to compare, since {base} and {new} share too few valid blocks"
        )
    found = row.centre
    shown = units.ratio(found.value, row.centre.wide.low, row.centre.wide.high)
    evidence = f"{row.quantity}, 95 % interval {shown.interval}, {found.blocks} blocks"
    told = f"{row.workload}: {new} takes {shown.value} the time of {base} ({evidence})"
    if row.unsteady:
        who = " and ".join(f"{name}: {pace.value}" for name, pace in row.unsteady)
        return f"{told}; no verdict, for want of a steady pace ({who})"
    if row.contradicted:
        return f"{told}; no verdict, as the halves of what was measured prove opposite signs"
    if row.regressed:
        return f"{told}: slower by more than {limit}, proven (corrected p {row.p_adjusted:.2g})"
    visible = units.percent(row.visible - 1)
    return (
        f"{told}: not proven slower by more than {limit}; a slowdown of {visible} or more would have "
        "been seen"
    )


def conclusion(rows: Sequence[Gated], base: str, new: str, margin: float) -> str:
    """Say in one sentence what the gate decides."""
    limit = units.percent(margin)
    failed = [row.workload for row in rows if row.regressed]
    broken = [row.workload for row in rows if row.broken]
    parts = []
    if failed:
        parts.append(f"{new} is slower than {base} by more than {limit} in {', '.join(failed)}")
    if broken:
        parts.append(f"{new} is invalid in {', '.join(broken)}")
    if parts:
        return f"{' and '.join(parts)}."
    undecided = [row.workload for row in rows if not row.decided]
    if len(undecided) == len(rows):
        return f"{new} passes, but without a verdict: in no workload could it be told from {base}."
    none = f" Without a verdict: {', '.join(undecided)}." if undecided else ""
    return (
        f"{new} passes: in no workload is it proven slower than {base} by more than {limit}.{none}"
    )


def markdown(rows: Sequence[Gated], base: str, new: str, margin: float) -> Iterator[str]:
    """Yield the lines of a comment for a pull request."""
    yield f"**{escaped(conclusion(rows, base, new, margin))}**"
    yield ""
    yield from (f"- {escaped(line(row, base, new, margin))}" for row in rows)
    yield ""
    yield (
        "Both ran side by side in the same blocks of one run; p is corrected over these workloads "
        "(max-T)."
    )
