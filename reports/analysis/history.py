"""All runs of a folder in time: what each says of each contender, and what changed in between."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reports.analysis.amounts import Amount
from results.errors import UnreadableRun
from results.files import opened
from results.format import (
    INVOCATIONS_FILE,
    REPORT_FILE,
    RUN_FILE,
    SUMMARY_FILE,
    Quantity,
    RunFile,
    decisive_metric,
    quantity_of,
)
from results.limits import LARGEST_RUN_FILE
from results.run_folder import read_plan

Key = tuple[str, str, Quantity]  # workload, contender, quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A run: its plan, and its figures in ns on the quantities that decide.

    `page` tells whether its page is there, `raw` whether its records are.
    """

    folder: str
    run: RunFile
    figures: Mapping[Key, Amount]
    page: bool
    raw: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A contender's figure in one run, and what of `machine`, `sources`, `runtime` is not as in the
    run before in which it took part."""

    entry: Entry
    amount: Amount
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A contender in a workload over time, the oldest run first."""

    key: Key
    label: str
    points: tuple[Point, ...]


def entries(base: Path) -> Iterator[Entry]:
    """Yield the runs below a folder, newest first by their own start; what is unreadable is left out.

    Only plans and summaries are read: a thousand runs take seconds.
    """
    found = []
    for file in base.glob(f"*/{RUN_FILE}"):
        try:
            found.append(_entry(file.parent, read_plan(file)))
        except UnreadableRun:
            continue
    yield from sorted(found, key=lambda entry: (entry.run["started"], entry.folder), reverse=True)


def lines(found: Sequence[Entry]) -> list[Line]:
    """Return a line for each workload, contender and quantity, in the order of the newest runs."""
    labels: dict[Key, str] = {}
    of: dict[Key, list[Entry]] = {}
    for entry in found:
        names = {contender["id"]: contender["label"] for contender in entry.run["contenders"]}
        for key in entry.figures:
            labels.setdefault(key, names[key[1]])
            of.setdefault(key, []).append(entry)
    return [
        Line(key=key, label=labels[key], points=tuple(_points(key, own[::-1])))
        for key, own in of.items()
    ]


def _points(key: Key, found: Sequence[Entry]) -> Iterator[Point]:
    before: Entry | None = None
    for entry in found:
        changed = () if before is None else tuple(_changes(before.run, entry.run, key[1]))
        yield Point(entry=entry, amount=entry.figures[key], changed=changed)
        before = entry


def _changes(then: RunFile, now: RunFile, contender: str) -> Iterator[str]:
    machines = [(r["machine"]["cpu"], r["machine"]["kernel"], r["placement"]) for r in (then, now)]
    was, is_now = (
        next(plan for plan in run["contenders"] if plan["id"] == contender) for run in (then, now)
    )
    if machines[0] != machines[1]:
        yield "machine"
    if was["hash"] != is_now["hash"]:
        yield "sources"
    if was["version"] != is_now["version"]:
        yield "runtime"


def _entry(folder: Path, run: RunFile) -> Entry:
    decisive = {w["name"]: (decisive_metric(w), quantity_of(w)) for w in run["workloads"]}
    known = {contender["id"] for contender in run["contenders"]}
    figures: dict[Key, Amount] = {}
    for row in _estimates(folder):
        workload, contender = str(row.get("workload")), str(row.get("contender"))
        metric, quantity = decisive.get(workload, (None, "as measured"))
        value, low, high = (_positive(row.get(name)) for name in ("value", "low", "high"))
        if row.get("metric") == metric and contender in known and value is not None:
            figures[workload, contender, quantity] = Amount(value, low, high)
    return Entry(
        folder=folder.name,
        run=run,
        figures=figures,
        page=(folder / REPORT_FILE).is_file(),
        raw=(folder / INVOCATIONS_FILE).is_file(),
    )


def _positive(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and value > 0 else None


def _estimates(folder: Path) -> Iterator[dict[str, Any]]:
    """The rows of a summary, as they are: none where there is none, or somebody damaged it."""
    try:
        with opened(folder / SUMMARY_FILE) as stream:
            summary = json.loads(stream.read(LARGEST_RUN_FILE))
        rows = summary["estimates"]
    except (UnreadableRun, OSError, ValueError, KeyError, TypeError, RecursionError):
        return
    if isinstance(rows, list):
        yield from (row for row in rows if isinstance(row, dict))
