"""Every comparison of real time between two contenders, as one table."""

from reports.analysis.analysed import Analysis
from reports.analysis.verdict_rows import ComparisonRow
from reports.page.anchors import anchor
from reports.words import units
from reports.words.quantities import workload_quantity
from reports.words.tables import Cell, Column, Row, RowGroup, Table
from results.format import WorkloadPlan, decisive_metric

# Headings, and what the page knows their columns by.
_COLUMNS = (
    ("Ratio", "ratio"),
    ("95 % interval", "wide"),
    ("90 % interval", "narrow"),
    ("p", ""),
    ("p, corrected", ""),
    ("Verdict", "verdict"),
)
# Rows of a table: of more than these nobody reads those that have no verdict.
_MOST = 60
# The summary's verdicts name the pair's contenders a and b.
_VERDICTS = {"a faster": "first faster", "b faster": "second faster"}


def pair_table(analysis: Analysis, workload: WorkloadPlan) -> Table | None:
    """The pairs within tiers, then those across, where there are few; None without comparisons."""
    rows = [
        row
        for row in analysis.summary["comparisons"]
        if row["workload"] == workload["name"] and row["metric"] == decisive_metric(workload)
    ]
    within = [row for row in rows if row["verdict"] is not None]
    across = [row for row in rows if row["verdict"] is None]
    left_out = len(across) if len(rows) > _MOST else 0
    tiered = any(standing.tier is not None for standing in analysis.standings[workload["name"]])
    groups = tuple(
        RowGroup(heading=heading if tiered else None, rows=tuple(map(_row, chosen)))
        for heading, chosen in (("Within a tier", within), ("Across tiers: no verdict", across))
        if any(row["ratio"] is not None for row in chosen) and not (chosen is across and left_out)
    )
    if not groups:
        return None
    return Table(
        key=f"{anchor(workload, analysis.run)}-pairs",
        scope=workload["name"],
        caption=f"Every pair; the ratio is the second’s time over the first’s ({workload_quantity(workload)})",
        first="Pair",
        columns=tuple(Column(name=name, metric=metric) for name, metric in _COLUMNS),
        groups=groups,
        note=f"Corrected (max-T) for the {analysis.run['m']} comparisons of the run."
        + (f" {left_out:,} pairs across tiers are in summary.json alone." if left_out else ""),
    )


def _row(row: ComparisonRow) -> Row:
    head = (row["a"], row["b"])
    if row["ratio"] is None:
        return Row(head=head, without=row["sentence"] or "not compared")
    verdict = row["verdict"] or "–"
    texts = (
        units.ratio(row["ratio"], row["low"], row["high"]).value,
        _range(row["low"], row["high"]),
        _range(row["low90"], row["high90"]),
        *("–" if p is None else units.digits(p) for p in (row["p"], row["p_adjusted"])),
        _VERDICTS.get(verdict, verdict),
    )
    return Row(head=head, cells=tuple(Cell(text=text) for text in texts))


def _range(low: float | None, high: float | None) -> str:
    return "–" if low is None or high is None else units.ratio(low, low, high).interval
