"""Two clocks on the same programs: each one's figure over all blocks, and their ratio."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from statistics import median

import numpy as np

from reports.analysis.amounts import Amount
from reports.analysis.intervals import centre
from results.agreement import Agreement, Clock, Pair


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """A pair's mean time of an iteration, in ns, by our clock and by its harness's.

    `ratio` is the harness's over ours, paired by block: None where no block has both. `own` is the
    half width of the interval that the harness itself gives, as a share of its mean, the median
    over its processes: None where it gives none. `broken` says what was wrong with processes, each
    once.
    """

    pair: Pair
    blocks: int
    ours: Amount | None
    theirs: Amount | None
    ratio: Amount | None
    own: float | None
    broken: tuple[str, ...]

    @property
    def differs(self) -> bool:
        """Whether the interval of the ratio excludes 1."""
        ratio = self.ratio
        if ratio is None or ratio.low is None or ratio.high is None:
            return False
        return not ratio.low <= 1 <= ratio.high


def agreed(found: Agreement) -> Iterator[Agreed]:
    """Yield what came of each pair, in the order of the file. Only blocks that have both count."""
    for pair in found["pairs"]:
        ours, theirs = _means(found, pair, "ours"), _means(found, pair, "harness")
        both = sorted(ours.keys() & theirs.keys())
        a, b = (np.log([means[block] for block in both]) for means in (ours, theirs))
        own = [
            (p["high_ns"] - p["low_ns"]) / 2 / p["mean_ns"]
            for p in found["processes"]
            if _is_of(p["workload"], p["contender"], pair)
            if p["low_ns"] is not None and p["high_ns"] is not None and p["mean_ns"] is not None
        ]
        yield Agreed(
            pair=pair,
            blocks=len(both),
            ours=Amount.of(centre(a)) if both else None,
            theirs=Amount.of(centre(b)) if both else None,
            ratio=Amount.of(centre(b - a)) if both else None,
            own=median(own) if own else None,
            broken=_broken(found, pair),
        )


def _means(found: Agreement, pair: Pair, clock: Clock) -> Mapping[int, float]:
    return {
        p["block"]: p["mean_ns"]
        for p in found["processes"]
        if p["clock"] == clock and p["mean_ns"] is not None
        if _is_of(p["workload"], p["contender"], pair)
    }


def _broken(found: Agreement, pair: Pair) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(
            f"{'ours' if p['clock'] == 'ours' else pair['harness']}: {why}"
            for p in found["processes"]
            if _is_of(p["workload"], p["contender"], pair)
            for why in p["broken"]
        )
    )


def _is_of(workload: str, contender: str, pair: Pair) -> bool:
    return (workload, contender) == (pair["workload"], pair["contender"])
