"""Typical against mean, of single pings: where stalls decide who leads."""

from reports.analysis.amounts import Amount
from reports.analysis.analysed import Analysis
from reports.analysis.standing import Against, Standing
from reports.words import units

_SAID_ALREADY = "that is with stalls"


def told_stalls(analysis: Analysis, standing: Standing) -> str:
    """Say that the best one's rival surely has the shorter typical ping; empty where it has not.

    Empty, too, where the best one's mean is not surely the shorter: nothing is turned then.
    """
    if not standing.rivals or analysis.run["status"] != "complete":
        return ""
    best, rival = standing.places[0].contender, standing.rivals[0]
    if rival.against is Against.NOT_STEADY or rival.ratio.low is None or rival.ratio.low <= 1:
        return ""
    if rival.comparison and _SAID_ALREADY in (rival.comparison["sentence"] or ""):
        return ""
    for row in analysis.summary["comparisons"]:
        same = row["workload"] == standing.workload and row["metric"] == "p50"
        if same and {row["a"], row["b"]} == {best, rival.contender} and row["ratio"] is not None:
            found = Amount(row["ratio"], row["low"], row["high"])
            found = found.inverse() if row["a"] == best else found
            if found.low is None or found.low <= 1:
                return ""
            shown = units.ratio(*found.numbers)
            return (
                f"That is with stalls: a typical ping, the p50, is {shown.value} as fast with "
                f"{analysis.labels[rival.contender]} (95 % interval {shown.interval})"
            )
    return ""
