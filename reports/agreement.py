"""Two clocks on the same programs, on a terminal: a table, and what is said of each difference."""

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from reports.analysis.agreement import Agreed
from reports.analysis.amounts import Amount
from reports.words import units
from results.agreement import Agreement
from results.plan import FEWEST_BLOCKS


def render(found: Agreement, rows: Sequence[Agreed]) -> RenderableType:
    """Everything that is said of a session."""
    parts: list[RenderableType] = [
        Text(f"Left out: {reason}", style="yellow") for reason in found["left_out"]
    ]
    parts += [Text(f"Broken: {why}", style="yellow") for row in rows for why in _broken(row)]
    parts += [Text(), Text(_caption(found)), _table(rows), Text()]
    parts += [Text(sentence(row)) for row in rows]
    return Group(*parts)


def _caption(found: Agreement) -> str:
    return (
        f"Mean time of an iteration after its warm-up, {found['blocks']} processes by each clock, in turn; 95 % "
        "intervals over the processes. Theirs: the harness's mean; own: the harness's own interval, within one process."
    )


def _table(rows: Sequence[Agreed]) -> Table:
    # No lines between columns: with them names would be broken on 80 columns.
    table = Table(box=None, padding=(0, 1, 0, 0), pad_edge=False)
    for name in ("program", "harness"):
        table.add_column(Text(name), overflow="fold")
    for name in ("ours", "theirs", "own", "over ours"):
        table.add_column(Text(name), justify="right")
    for row in rows:
        own = (
            f"± {units.percent(row.own)}"
            if row.own is not None
            else "none"
            if row.theirs is not None
            else "–"
        )
        harness = row.pair["harness"].replace(" ", "\n", 1)  # its version on the second line
        names = (f"{row.pair['label']}\n{row.pair['workload']}", harness)
        times = (_time(row.ours), _time(row.theirs))
        ratio = "–" if row.ratio is None else _two_lines(units.ratio(*row.ratio.numbers))
        table.add_row(*(Text(cell) for cell in (*names, *times, own, ratio)))
    return table


def _time(amount: Amount | None) -> str:
    return "–" if amount is None else _two_lines(units.told(amount, "ns"))


def _two_lines(text: units.FigureText) -> str:
    return "\n".join(line for line in (text.value, text.interval) if line)


def sentence(row: Agreed) -> str:
    """Say whether two clocks agree on a pair, and what is known where they do not."""
    where = f"{row.pair['label']}, {row.pair['workload']}"
    ratio = row.ratio
    if ratio is None:
        return f"{where}: no block has both figures."
    if ratio.low is None or ratio.high is None:
        return f"{where}: {row.blocks} blocks have both figures, and an interval needs {FEWEST_BLOCKS}."
    if row.differs:
        more = "more" if ratio.value > 1 else "less"
        low, high = sorted(abs(end - 1) for end in (ratio.low, ratio.high))
        by = f"{units.percent(abs(ratio.value - 1))} {more} than we do"
        between = f"{units.percent(low)} to {units.percent(high)}"
        return f"{where}: {row.pair['harness']} finds {by} ({between}). Known of it: {row.pair['known']}"
    furthest = max(1 - ratio.low, ratio.high - 1)
    return f"{where}: no difference shown; one beyond {units.percent(furthest)} is excluded."


def _broken(row: Agreed) -> list[str]:
    return [f"{row.pair['label']}, {row.pair['workload']}, {why}" for why in row.broken]
