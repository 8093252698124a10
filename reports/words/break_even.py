"""Break-even points where they are shown: whose are told, and how many items in words."""

import math

from reports.analysis.analysed import Analysis
from reports.analysis.break_even_rows import BreakEvenRow
from reports.analysis.standing import Standing


def told_break_even(analysis: Analysis, standing: Standing) -> str:
    """The sentence on the two best of a workload and tier; empty where there is nothing to tell."""
    best = {place.contender for place in standing.places[:2]}
    for row in analysis.summary["break_even"]:
        if row["workload"] == standing.workload and {row["a"], row["b"]} == best:
            return row["sentence"] if _tells(row) else ""
    return ""


def _tells(row: BreakEvenRow) -> bool:
    """Whether one of the two leads when run once, or is ahead in the end."""
    low, high = row["once_low"], row["once_high"]
    once = low is None or high is None or not low <= 1 <= high
    return once or (row["low"], row["high"]) != (0, None)


def rounded(items: float) -> str:
    """A number of items with two significant digits: an interval of blocks supports no more."""
    return f"{float(f'{math.ceil(items):.2g}'):,.0f}"


def plural(item: str) -> str:
    """More than one of a family's items."""
    return f"{item}es" if item.endswith("ch") else f"{item}s"
