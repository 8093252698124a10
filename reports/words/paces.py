"""How steady a contender was, in words."""

from reports.analysis.paces import PaceRow
from reports.analysis.steadiness import MOST, Pace, Steadiness
from reports.words import units


def pace_reason(found: Steadiness) -> str:
    """Why the pace of a contender allows no verdict: what goes on after its label."""
    match found.pace:
        case Pace.WARMING:
            return f"was still warming ({_halves(found)})"
        case Pace.SLOWING:
            return f"became slower ({_halves(found)})"
        case Pace.UNSETTLED:
            return "was not shown to settle by its study"
        case _:
            return f"may have drifted by more than {units.percent(MOST)} ({_halves(found)})"


def _halves(found: Steadiness) -> str:
    interval = found.interval
    low, high = (interval.low, interval.high) if interval else (None, None)
    shown = units.ratio(found.ratio, low, high)
    told = f"the second half of its iterations took {shown.value} the time of the first"
    return f"{told}, 95 % interval {shown.interval}" if shown.interval else told


def pace_words(row: PaceRow) -> str:
    """What is said of a pace where there is room for a few words.

    A study has settled after its whole warm-up; of one that was cut it says nothing.
    """
    if row["cut"] and Pace(row["pace"]) in (Pace.STEADY, Pace.BOUNDED):
        return "flat, warm-up cut"
    match Pace(row["pace"]):
        case Pace.BOUNDED:
            return f"steady within {units.percent(MOST)}"
        case Pace.UNKNOWN:
            return "drift not known"
        # It may have settled where a machine was too uneven for a study to show it.
        case Pace.UNSETTLED:
            return "not shown to settle"
        case known:
            return known.value
