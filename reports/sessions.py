"""Two runs side by side on a terminal: what differs around them first, then the figures."""

from collections.abc import Sequence
from statistics import median

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from reports.analysis.analysed import Analysis
from reports.analysis.sessions import Beside, Difference, beside, differences
from reports.words import units
from results.errors import UsageError

_MOST_DIFFERENCES = 12


def render(then: Analysis, now: Analysis) -> RenderableType:
    """Everything that is said of two runs. Raises UsageError where they share nothing."""
    rows = [*beside(then, now)]
    if not rows:
        raise UsageError(
            f"{then.run['id']} and {now.run['id']} have no contender in common in any workload of "
            "the same parameters: there is nothing to lay side by side."
        )
    parts: list[RenderableType] = [Text(line) for line in _heading(then, now)]
    parts += [Text(line) for line in _around([*differences(then.run, now.run)])]
    parts += [Text(), _table(rows), Text(), Text(_conclusion(rows))]
    return Group(*parts)


def _heading(then: Analysis, now: Analysis) -> list[str]:
    lines = ["Two sessions: nothing is paired, so there are no verdicts."]
    for name, each in (("1", then), ("2", now)):
        run = each.run
        whole = run["status"] == "complete" and each.notes.blocks == run["blocks"]
        cut = "" if whole else f"; partial, {each.notes.blocks} of them are in it"
        lines.append(f"  {name}: {run['id']}, begun {run['started']}, {run['blocks']} blocks{cut}")
    return lines


def _around(found: Sequence[Difference]) -> list[str]:
    if not found:
        return [
            "Machine, suite, sources and runtimes are the same in both, as far as they are recorded."
        ]
    lines = ["What differs around them:"]
    for each in found[:_MOST_DIFFERENCES]:
        lines.append(f"  {each.what}: {each.then or 'unknown'} → {each.now or 'unknown'}")
    if len(found) > _MOST_DIFFERENCES:
        lines.append(f"  and {len(found) - _MOST_DIFFERENCES} more")
    return lines


def _table(rows: Sequence[Beside]) -> Table:
    table = Table(show_lines=False, pad_edge=False)
    for name in ("workload", "contender", "quantity"):
        table.add_column(Text(name), overflow="fold")
    for name in ("1", "2", "2 over 1"):
        table.add_column(Text(name), justify="right")
    for row in rows:
        quantity = " / ".join(dict.fromkeys(row.quantities))
        figures = (str(units.told(row.then, "ns")), str(units.told(row.now, "ns")))
        cells = (row.workload, row.label, quantity, *figures, units.ratio(row.ratio).value)
        table.add_row(*(Text(cell) for cell in cells))
    return table


def _conclusion(rows: Sequence[Beside]) -> str:
    """What all share is the machine's sooner than any program's."""
    shared = median(row.ratio for row in rows)
    return (
        f"The middle ratio is {units.ratio(shared).value}. The difference between two sessions includes "
        "the machine's: its neighbours, its temperature, its kernel. `gate` compares two contenders "
        "within one run, where that drops out."
    )
