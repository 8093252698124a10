"""A run as data frames: one row per invocation, per iteration, per ping."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from reports.invocation import InvocationRecord
from reports.records import FAILURES, Floats
from reports.run_folder import RunFolder


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Frames:
    """The three views of a run; columns as `invocations_of`, `iterations_of`, `pings_of` say."""

    invocations: pd.DataFrame
    iterations: pd.DataFrame
    pings: pd.DataFrame


def load(run: str | Path) -> pd.DataFrame:
    """Read a run's folder and return one row per iteration, as `iterations_of` describes."""
    return iterations_of(RunFolder.read(run))


def load_pings(run: str | Path) -> pd.DataFrame:
    """Read a run's folder and return one row per ping, as `pings_of` describes."""
    return pings_of(RunFolder.read(run))


def frames_of(folder: RunFolder) -> Frames:
    """Return all three frames of a run that has been read."""
    return Frames(
        invocations=invocations_of(folder),
        iterations=iterations_of(folder),
        pings=pings_of(folder),
    )


def invocations_of(folder: RunFolder) -> pd.DataFrame:
    """One row per invocation that is not superseded, in the order of the file.

    block, position, attempt; workload, contender (categories in the order of run.json); valid;
    broken (number of rules); exit_status; startup_ns, cpu_ns, peak_rss_bytes, canary_ns,
    origin_cpu_ns, origin_wall_ns; pings (all, warm-up included). NaN where not observed.
    """
    table = _Table(folder)
    lines = [record.recorded for record in table.records]
    origins = [line["origin"] for line in lines]
    return pd.DataFrame(
        {
            **table.identity(),
            "broken": np.array([len(line["broken"]) for line in lines], dtype=np.int64),
            "exit_status": _floats([line["exit_status"] for line in lines]),
            **table.invocation_values(),
            "canary_ns": _floats([line["canary_ns"] for line in lines]),
            "origin_cpu_ns": _floats([o["cpu_ns"] if o else None for o in origins]),
            "origin_wall_ns": _floats([o["wall_ns"] if o else None for o in origins]),
            "pings": np.array([r.pings.row.size for r in table.records], dtype=np.int64),
        }
    )


def iterations_of(folder: RunFolder) -> pd.DataFrame:
    """One row per iteration of every invocation that is not superseded.

    block, position, attempt; workload, contender (categories in the order of run.json); valid
    (the invocation broke nothing and stands for its block); iteration; measured (not warm-up);
    start_ns, end_ns on the monotonic clock; real_ns; sum_ns (the pings' summed durations, NaN
    without pings); bound_ns (origin: first accept, or first request on a connection that was
    already open, to last answer; NaN where not joined); startup_ns, cpu_ns, peak_rss_bytes
    (the invocation's, repeated).
    """
    table = _Table(folder)
    records = table.records
    counts = [record.iterations.number.size for record in records]
    number = _joined([r.iterations.number for r in records])
    start = _joined([r.iterations.start for r in records])
    end = _joined([r.iterations.end for r in records])
    repeated = {name: np.repeat(v, counts) for name, v in table.invocation_values().items()}
    return pd.DataFrame(
        {
            **table.identity(counts),
            "iteration": number,
            "measured": number >= np.repeat(table.warmup(), counts),
            "start_ns": start,
            "end_ns": end,
            "real_ns": end - start,
            "sum_ns": _joined([_sum_per_iteration(r) for r in records], np.float64),
            "bound_ns": _joined([_bound_per_iteration(r) for r in records], np.float64),
            **repeated,
        }
    )


def pings_of(folder: RunFolder) -> pd.DataFrame:
    """One row per ping of every invocation that is not superseded.

    block, position, attempt, workload, contender, valid, iteration, measured as in
    `iterations_of`; chain; ping (index in the chain); start_ns, connect_ns, head_ns, end_ns,
    accepted_ns, seen_ns, sent_ns since the iteration's start (NaN where not observed or not
    joined); status (category of texts); duration_ns; origin_ns (sent - seen); client_ns
    (duration - origin); reused (the connection was open before the ping started).
    """
    table = _Table(folder)
    records = table.records
    counts = [record.pings.row.size for record in records]
    iteration = _joined([r.iterations.number[r.pings.row] for r in records])

    def column(of: Callable[[InvocationRecord], NDArray[np.generic]]) -> NDArray[np.generic]:
        return _joined([of(record) for record in records])

    start, end = column(lambda r: r.pings.start), column(lambda r: r.pings.end)
    accepted = _joined([r.pings.accepted for r in records], np.float64)
    seen = _joined([r.pings.seen for r in records], np.float64)
    sent = _joined([r.pings.sent for r in records], np.float64)
    duration = end - start
    return pd.DataFrame(
        {
            **table.identity(counts),
            "iteration": iteration,
            "measured": iteration >= np.repeat(table.warmup(), counts),
            "chain": column(lambda r: r.pings.chain),
            "ping": column(lambda r: r.pings.ping),
            "start_ns": start,
            "connect_ns": _joined([r.pings.connect for r in records], np.float64),
            "head_ns": _joined([r.pings.head for r in records], np.float64),
            "end_ns": end,
            "status": _statuses(column(lambda r: r.pings.status)),
            "accepted_ns": accepted,
            "seen_ns": seen,
            "sent_ns": sent,
            "duration_ns": duration,
            "origin_ns": sent - seen,
            "client_ns": duration - (sent - seen),
            "reused": accepted < start,
        }
    )
