"""What single pings come to, one workload and contender at a time.

A run may hold millions of pings, so nobody ever holds those of all its cells: each invocation's are
read once, and of a cell only what its figures need is kept until they are made.
"""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from reports.analysis.amounts import Amount
from reports.analysis.latencies import Latencies, latencies
from reports.analysis.nearest import Iteration, nearest_iteration
from reports.analysis.rows import Rows, joined
from reports.analysis.tails import QUANTILES, pooled_quantile
from reports.analysis.traces import Trace
from results.invocation import InvocationRecord
from results.records import Floats, Integers, Pings

# A workload and a contender.
CellKey = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PingTotals:
    """One invocation's pings: their number; per iteration summed durations and `bound`, ns.

    `bound` is what the origin saw: first accept (or request, where the connection was already
    open) to last answer. Both are NaN in an iteration without pings, `bound` where the origin's
    times are missing, too. `connections` is how many of the origin's they came over, NaN where
    that is not known.
    """

    count: int
    sums: Floats
    bounds: Floats
    connections: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CellPings:
    """The measured pings of one cell's invocations that stand for their block; times in ns.

    `client`: by block, the mean of duration less time at the origin; NaN where the origin was not
    there. `medians`: by block, the (lower) median duration. `failed` of `total` pings have no answer.
    `places`: by chain and ping (the index in the chain), the durations' `sum` and `count`.
    `quantiles`: by metric, over all pings. `latencies`: all their durations, reduced. `nearest`: the
    iteration that is nearest to the estimate.
    """

    client: Mapping[int, float]
    medians: Mapping[int, float]
    failed: int
    total: int
    places: pd.DataFrame
    quantiles: Mapping[str, Amount]
    latencies: Latencies
    nearest: Trace | None


def ping_figures(rows: Rows, seed: int) -> tuple[list[PingTotals], Mapping[CellKey, CellPings]]:
    """Totals of every invocation of `rows`, and the figures of every cell that has pings.

    Every cell draws its intervals from a stream of its own, so that leaving one out moves none of
    the others; all of them follow from `seed`.
    """
    cells: dict[CellKey, list[int]] = {}
    for index, record in enumerate(rows.records):
        line = record.recorded
        cells.setdefault((line["workload"], line["contender"]), []).append(index)
    totals: dict[int, PingTotals] = {}
    figures = {}
    for cell, places in cells.items():
        nearest, trace = nearest_iteration(rows, places), None
        taken: dict[int, _Measured] = {}
        for index in places:
            record = rows.records[index]
            pings, block = record.pings, record.recorded["block"]
            totals[index] = totals_of(record, pings)
            own = _measured(pings, int(rows.warmup[index]))
            if rows.standing[index] and own.durations.size:
                taken[block] = own
                if nearest is not None and nearest.block == block:
                    trace = _traced(cell, nearest, pings)
        if taken:
            figures[cell] = _cell_pings(cell, taken, trace, seed)
    return [totals[index] for index in range(len(rows.records))], figures


def totals_of(record: InvocationRecord, pings: Pings) -> PingTotals:
    """Sum up the `pings` of `record`."""
    size = record.iterations.number.size
    durations = (pings.end - pings.start).astype(np.float64)
    total = np.bincount(pings.row, weights=durations, minlength=size)
    counted = np.bincount(pings.row, minlength=size)
    return PingTotals(
        count=int(pings.row.size),
        sums=np.where(counted > 0, total, np.nan),
        bounds=_bounds(pings, size) if record.joined else np.full(size, np.nan),
        connections=_connections(record, pings) if record.joined else float("nan"),
    )


def _connections(record: InvocationRecord, pings: Pings) -> float:
    """How many connections the pings came over: no two are accepted at the same moment."""
    accepted = pings.accepted + record.iterations.start[pings.row]
    return float(np.unique(accepted).size)


def _bounds(pings: Pings, size: int) -> Floats:
    # A reused connection was accepted in an earlier ping; its request is what opens this one.
    opened = np.where(pings.accepted >= pings.start, pings.accepted, pings.seen)
    first, last = np.full(size, np.inf), np.full(size, -np.inf)
    np.minimum.at(first, pings.row, opened)
    np.maximum.at(last, pings.row, pings.sent)
    return np.where(np.isfinite(first), last - first, np.nan)


class _Measured(NamedTuple):
    """The measured pings of one invocation; `client` as in `CellPings`."""

    durations: Integers
    chain: Integers
    ping: Integers
    client: float
    failed: int


def _measured(pings: Pings, warmup: int) -> _Measured:
    counted = pings.row >= warmup
    durations = (pings.end - pings.start)[counted]
    client = durations - (pings.sent - pings.seen)[counted]
    seen = client[~np.isnan(client)]
    return _Measured(
        durations=durations,
        chain=pings.chain[counted],
        ping=pings.ping[counted],
        client=float(seen.mean()) if seen.size else float("nan"),
        failed=int(np.isnan(pings.head[counted]).sum()),
    )


def _cell_pings(
    cell: CellKey, taken: Mapping[int, _Measured], trace: Trace | None, seed: int
) -> CellPings:
    """What the pings of a cell, by block, come to."""
    own = taken.values()
    chain, ping = joined([m.chain for m in own], np.int64), joined([m.ping for m in own], np.int64)
    durations = pd.Series(joined([m.durations for m in own], np.int64), dtype=np.float64)
    blocks = [taken[block].durations.astype(np.float64) for block in sorted(taken)]
    # crc32 because it is the same everywhere and for ever, unlike Python's own hash.
    stream = [seed % 2**64, zlib.crc32("\n".join(cell).encode())]
    return CellPings(
        client={block: m.client for block, m in taken.items()},
        medians={block: _lower_median(m.durations) for block, m in taken.items()},
        failed=sum(m.failed for m in own),
        total=durations.size,
        places=durations.groupby([chain, ping]).agg(["sum", "count"]),
        quantiles={
            metric: pooled_quantile(blocks, share, stream)
            for metric, share, fewest in QUANTILES
            if durations.size >= fewest
        },
        latencies=latencies(durations.to_numpy()),
        nearest=trace,
    )


def _lower_median(durations: Integers) -> float:
    """The same definition as of the quantile over all blocks (`tails`); `durations` are not empty."""
    middle = (durations.size - 1) // 2
    return float(np.partition(durations, middle)[middle])


def _traced(cell: CellKey, iteration: Iteration, pings: Pings) -> Trace | None:
    own = pings.row == iteration.number
    if not own.any():
        return None
    return Trace(
        contender=cell[1],
        block=iteration.block,
        iteration=iteration.number,
        real_ns=iteration.real_ns,
        chain=pings.chain[own].astype(np.float64),
        start=pings.start[own].astype(np.float64),
        end=pings.end[own].astype(np.float64),
        seen=pings.seen[own],
        sent=pings.sent[own],
    )
