"""The runs of a folder, and of each what the page of all runs needs."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypedDict

from reports.analysis.amounts import Amount
from results.errors import UnreadableRun
from results.files import bytes_of
from results.format import (
    INVOCATIONS_FILE,
    REPORT_FILE,
    RUN_FILE,
    SUMMARY_FILE,
    Placement,
    Quantity,
    RunFile,
    Status,
    decisive_metric,
    quantity_of,
)
from results.limits import LARGEST_RUN_FILE
from results.run_folder import read_plan

Key = tuple[str, str, Quantity]  # workload, contender, quantity
Figures = Mapping[Key, Amount]  # in ns


class BriefContender(TypedDict):
    """What a line in time needs to know of a contender."""

    id: str
    label: str
    version: str | None
    hash: str


class BriefWorkload(TypedDict):
    """What a line in time needs to know of a workload."""

    name: str
    young: int | None
    params: dict[str, Any]


class BriefMachine(TypedDict):
    """By what a machine is told from another."""

    cpu: str
    kernel: str


class Brief(TypedDict):
    """The part of run.json that the page of all runs shows or compares, under the same keys."""

    id: str
    started: str
    status: Status
    profile: str
    blocks: int
    contenders: list[BriefContender]
    workloads: list[BriefWorkload]
    machine: BriefMachine
    placement: Placement


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a run's plan and summary say: its figures are those on the quantities that decide."""

    run: Brief
    figures: Figures


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A run of a folder. `page` tells whether its page is there, `raw` whether its records are."""

    folder: str
    run: Brief
    figures: Figures
    page: bool
    raw: bool


def told_of(folder: Path) -> Told:
    """Read a run's plan and summary. Raises `UnreadableRun`; a bad summary has no figures."""
    run = read_plan(folder / RUN_FILE)
    return Told(run=_brief(run), figures=_figures(folder, run))


def entry_of(folder: Path, told: Told) -> Entry:
    """Return a run as it lies there now."""
    return Entry(
        folder=folder.name,
        run=told.run,
        figures=told.figures,
        page=(folder / REPORT_FILE).is_file(),
        raw=(folder / INVOCATIONS_FILE).is_file(),
    )


def _brief(run: RunFile) -> Brief:
    return Brief(
        id=run["id"],
        started=run["started"],
        status=run["status"],
        profile=run["profile"],
        blocks=run["blocks"],
        contenders=[
            BriefContender(id=c["id"], label=c["label"], version=c["version"], hash=c["hash"])
            for c in run["contenders"]
        ],
        workloads=[
            BriefWorkload(name=w["name"], young=w["young"], params=w["params"])
            for w in run["workloads"]
        ],
        machine=BriefMachine(cpu=run["machine"]["cpu"], kernel=run["machine"]["kernel"]),
        placement=run["placement"],
    )


def _figures(folder: Path, run: RunFile) -> Figures:
    if run["mode"] == "live":
        return {}  # other sites, or the same on another day, are other work
    decisive = {w["name"]: (decisive_metric(w), quantity_of(w)) for w in run["workloads"]}
    known = {contender["id"] for contender in run["contenders"]}
    figures: dict[Key, Amount] = {}
    for row in _estimates(folder):
        workload, contender = str(row.get("workload")), str(row.get("contender"))
        metric, quantity = decisive.get(workload, (None, "as measured"))
        if row.get("metric") != metric or contender not in known:
            continue
        value, low, high = (_positive(row.get(name)) for name in ("value", "low", "high"))
        if value is not None:
            figures[workload, contender, quantity] = Amount(value, low, high)
    return figures


def _positive(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and 0 < value < 2**63 else None


def _estimates(folder: Path) -> Iterator[dict[str, Any]]:
    """The rows of a summary, as they are: none where there is none, or somebody damaged it."""
    try:
        rows = json.loads(bytes_of(folder / SUMMARY_FILE, LARGEST_RUN_FILE))["estimates"]
    except (UnreadableRun, OSError, ValueError, KeyError, TypeError, RecursionError):
        return
    if isinstance(rows, list):
        yield from (row for row in rows if isinstance(row, dict))
