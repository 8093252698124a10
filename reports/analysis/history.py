"""All runs of a folder in time: what each says of each contender, and what changed in between."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reports.analysis.amounts import Amount
from reports.analysis.entries import Brief, Entry, Key


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A contender's figure in one run, and what of `machine`, `workload`, `sources`, `runtime` is not
    as in the run before in which it took part."""

    entry: Entry
    amount: Amount
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A contender in a workload over time, the oldest run first."""

    key: Key
    label: str
    points: tuple[Point, ...]


def lines(found: Sequence[Entry], most: int) -> list[Line]:
    """Return a line for each workload, contender and quantity, in the order of the newest runs.

    `found` are given newest first; a line has its newest `most` points.
    """
    labels: dict[Key, str] = {}
    of: dict[Key, list[Entry]] = {}
    for entry in found:
        names = {contender["id"]: contender["label"] for contender in entry.run["contenders"]}
        for key in entry.figures:
            labels.setdefault(key, names[key[1]])
            of.setdefault(key, []).append(entry)
    return [
        # One more, so that the oldest shown is told from the one before.
        Line(key=key, label=labels[key], points=(*_points(key, own[most::-1]),)[-most:])
        for key, own in of.items()
    ]


def _points(key: Key, found: Sequence[Entry]) -> Iterator[Point]:
    before: Entry | None = None
    for entry in found:
        changed = () if before is None else tuple(_changes(before.run, entry.run, key))
        yield Point(entry=entry, amount=entry.figures[key], changed=changed)
        before = entry


def _changes(then: Brief, now: Brief, key: Key) -> Iterator[str]:
    workload, contender, quantity = key
    machines = [(r["machine"]["cpu"], r["machine"]["kernel"], r["placement"]) for r in (then, now)]
    was, is_now = (
        next(plan for plan in run["contenders"] if plan["id"] == contender) for run in (then, now)
    )
    if machines[0] != machines[1]:
        yield "machine"
    before, after = (
        next(plan for plan in run["workloads"] if plan["name"] == workload) for run in (then, now)
    )
    aged = quantity == "young" and before["young"] != after["young"]
    if before["params"] != after["params"] or aged:
        yield "workload"
    if was["hash"] != is_now["hash"]:
        yield "sources"
    if was["version"] != is_now["version"]:
        yield "runtime"
