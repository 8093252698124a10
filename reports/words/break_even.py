"""Break-even points where they are shown: whose are told, and how many items in words."""

import math

from reports.analysis.analysed import Analysis
from reports.analysis.standing import Standing


def told_break_even(analysis: Analysis, standing: Standing) -> str:
    """The sentence on the two best of a workload and tier; empty where there is none."""
    best = {place.contender for place in standing.places[:2]}
    rows = (r for r in analysis.summary["break_even"] if r["workload"] == standing.workload)
    return next((row["sentence"] for row in rows if {row["a"], row["b"]} == best), "")


def rounded(items: float) -> str:
    """A number of items with two significant digits: an interval of blocks supports no more."""
    return f"{float(f'{math.ceil(items):.2g}'):,.0f}"


def plural(item: str) -> str:
    """More than one of a family's items."""
    return f"{item}es" if item.endswith("ch") else f"{item}s"
