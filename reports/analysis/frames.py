"""A run as data frames: one row per invocation, per iteration, per ping."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from reports.analysis.pings import CellKey, CellPings, PingTotals, ping_figures, totals_of
from reports.analysis.rows import Rows, floats, joined, statuses
from reports.analysis.work import family_of, items_of
from results.format import RunFile
from results.invocation import InvocationRecord
from results.records import Floats, Integers
from results.run_folder import RunFolder


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Frames:
    """A run's rows, columns as `_invocations` and `iterations_of` say, and its pings by cell."""

    invocations: pd.DataFrame
    iterations: pd.DataFrame
    pings: Mapping[CellKey, CellPings]


def load(run: str | Path) -> pd.DataFrame:
    """Read a run's folder and return one row per iteration, as `iterations_of` describes."""
    return iterations_of(RunFolder.read(run))


def load_pings(run: str | Path) -> pd.DataFrame:
    """Read a run's folder and return one row per ping, as `pings_of` describes."""
    return pings_of(RunFolder.read(run))


def frames_of(folder: RunFolder) -> Frames:
    """Lay out a run that has been read."""
    rows = Rows(folder)
    totals, cells = ping_figures(rows, folder.run["seed"])
    return Frames(
        invocations=_invocations(folder, rows, totals),
        iterations=_iterations(rows, totals),
        pings=cells,
    )


def _invocations(folder: RunFolder, rows: Rows, totals: Sequence[PingTotals]) -> pd.DataFrame:
    """One row per invocation that is not superseded, in the order of the file.

    block, position, attempt; workload, contender (categories in the order of run.json); valid
    (it broke nothing and stands for its block); broken (number of rules); exit_status; startup_ns,
    cpu_ns, peak_rss_bytes, origin_cpu_ns, origin_wall_ns; pings, the connections that they came
    over, and items (units of the workload's size, which are pings where it has those), all over all
    iterations, warm-up included. NaN where not observed.
    """
    lines = [record.recorded for record in rows.records]
    origins = [line["origin"] for line in lines]
    return pd.DataFrame(
        {
            **rows.identity([1] * len(lines)),
            "broken": np.array([len(line["broken"]) for line in lines], dtype=np.int64),
            "exit_status": floats([line["exit_status"] for line in lines]),
            **rows.observed(),
            "origin_cpu_ns": floats([o["cpu_ns"] if o else None for o in origins]),
            "origin_wall_ns": floats([o["wall_ns"] if o else None for o in origins]),
            "pings": np.array([each.count for each in totals], dtype=np.int64),
            "connections": floats([each.connections for each in totals]),
            "items": _items(folder.run, rows.records, totals),
        }
    )


def iterations_of(folder: RunFolder) -> pd.DataFrame:
    """One row per iteration of every invocation that is not superseded.

    block, position, attempt; workload, contender (categories in the order of run.json); valid
    (the invocation broke nothing and stands for its block); iteration; measured (not warm-up);
    young (one of the first after iteration 0, where the run says how many these are);
    start_ns, end_ns on the monotonic clock; real_ns, what counts of it; sum_ns (the pings' summed durations, NaN
    without pings); bound_ns (origin: first accept, or first request on a connection that was
    already open, to last answer; NaN where not joined); allocated_bytes and the families' other
    fields (as the program counted them; NaN where it did not); startup_ns, cpu_ns, peak_rss_bytes
    (the invocation's, repeated).
    """
    rows = Rows(folder)
    return _iterations(rows, [totals_of(record, record.pings) for record in rows.records])


def _iterations(rows: Rows, totals: Sequence[PingTotals]) -> pd.DataFrame:
    records = rows.records
    counts = [record.iterations.number.size for record in records]
    number = joined([r.iterations.number for r in records], np.int64)
    start = joined([r.iterations.start for r in records], np.int64)
    end = joined([r.iterations.end for r in records], np.int64)
    columns: dict[str, Any] = {
        **rows.identity(counts),
        "iteration": number,
        "measured": number >= np.repeat(rows.warmup, counts),
        "young": (number >= 1) & (number <= np.repeat(rows.young, counts)),
        "start_ns": start,
        "end_ns": end,
        "real_ns": _counted(rows, end - start),
        "sum_ns": joined([each.sums for each in totals], np.float64),
        "bound_ns": joined([each.bounds for each in totals], np.float64),
    }
    for name in ("allocated_bytes", *rows.fields):
        if name not in columns:  # a run may declare anything
            columns[name] = joined([r.iterations.field(name) for r in records], np.float64)
    columns |= {name: np.repeat(values, counts) for name, values in rows.observed().items()}
    return pd.DataFrame(columns)


def _counted(rows: Rows, whole: Integers) -> Integers:
    """The time of each iteration that counts: all of it, or the part that its family declares."""
    parts = [
        np.full(record.iterations.number.size, np.nan)
        if field is None
        else record.iterations.field(field)
        for record, field in zip(rows.records, rows.timed, strict=True)
    ]
    part = joined(parts, np.float64)
    return np.where(np.isnan(part), whole, np.nan_to_num(part)).astype(np.int64)


def pings_of(folder: RunFolder) -> pd.DataFrame:
    """One row per ping of every invocation that is not superseded.

    block, position, attempt, workload, contender, valid, iteration, measured as in
    `iterations_of`; chain; ping (index in the chain); start_ns, connect_ns, head_ns, end_ns,
    accepted_ns, seen_ns, sent_ns since the iteration's start (NaN where not observed or not
    joined); status (category of texts); duration_ns; origin_ns (sent - seen); client_ns
    (duration - origin); reused (the connection was open before the ping started).
    """
    rows = Rows(folder)
    pings = [record.pings for record in rows.records]
    counts = [each.row.size for each in pings]
    numbers = [r.iterations.number[own.row] for r, own in zip(rows.records, pings, strict=True)]
    iteration = joined(numbers, np.int64)

    def column(name: str, kind: type = np.float64) -> Any:
        return joined([getattr(each, name) for each in pings], kind)

    start, end, accepted = column("start", np.int64), column("end", np.int64), column("accepted")
    seen, sent = column("seen"), column("sent")
    duration = end - start
    return pd.DataFrame(
        dict(
            **rows.identity(counts),
            iteration=iteration,
            measured=iteration >= np.repeat(rows.warmup, counts),
            chain=column("chain", np.int64),
            ping=joined([each.ping for each in pings], np.int64),
            start_ns=start,
            connect_ns=column("connect"),
            head_ns=column("head"),
            end_ns=end,
            status=statuses(column("status", np.int64)),
            accepted_ns=accepted,
            seen_ns=seen,
            sent_ns=sent,
            duration_ns=duration,
            origin_ns=sent - seen,
            client_ns=duration - (sent - seen),
            reused=accepted < start,
        )
    )


def _items(
    run: RunFile, records: Sequence[InvocationRecord], totals: Sequence[PingTotals]
) -> Floats:
    """Per invocation, how many items of its workload all its iterations had."""
    of = {}
    for workload in run["workloads"]:
        family = family_of(run, workload)
        of[workload["name"]] = None if family["network"] else items_of(family, workload) or 0
    counts = []
    for record, total in zip(records, totals, strict=True):
        items = of[record.recorded["workload"]]
        counts.append(total.count if items is None else items * record.iterations.number.size)
    return floats(counts)
