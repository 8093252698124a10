"""What stands behind a contender's figures in a workload: blocks, checks, noise, raw records."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from reports.analysis.analysed import Analysis
from reports.analysis.block_values import deciding_means
from reports.analysis.null_arm import NullRow
from reports.analysis.paces import PaceRow
from reports.analysis.pings import CellKey
from reports.analysis.summary import planned_contenders
from results.errors import UnreadableRun
from results.invocation import PingFile
from results.line_format import Invocation
from results.run_folder import RunFolder


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """A rule that an invocation broke, and what was seen."""

    block: int
    rule: str
    seen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One contender in one workload.

    `blocks`: the block values (ns) that verdicts are about. `pings` and `connections` are those of
    the `invocations` that stand for their block, warm-up included; `connections` is None where the
    origin's record could not be laid over them. `request` is one as the origin read it,
    `answered` are the statuses that it sent in the same process; `failed` of `measured` pings had no answer. `busy` is the origin's
    share of the time. `canaries` (ns) and `waited` (shares) are the noise readings of these
    invocations. `lines` are the numbers of its lines in the file of invocations, from 1.
    """

    contender: str
    blocks: Mapping[int, float]
    invocations: int
    breaches: tuple[Breach, ...]
    pings: int
    connections: int | None
    request: bytes | None
    answered: tuple[int, ...]
    failed: int
    measured: int
    busy: float | None
    pace: PaceRow | None
    null: NullRow | None
    canaries: tuple[int, ...]
    waited: tuple[float, ...]
    lines: tuple[int, ...]


def evidence_of(analysis: Analysis) -> Mapping[str, tuple[Evidence, ...]]:
    """By workload, the evidence of everybody that was planned there, the best of each tier first."""
    lines = _lines(analysis.folder)
    found = {}
    for workload in analysis.run["workloads"]:
        name = workload["name"]
        placed = [place.contender for place in analysis.places(name)]
        planned = planned_contenders(analysis.run)[name]
        order = dict.fromkeys([*placed, *planned])
        means = deciding_means(analysis.frames.iterations, workload)
        found[name] = tuple(
            _evidence(analysis, (name, who), means, lines.get((name, who), ())) for who in order
        )
    return found


# The number of a line in its file, and the line.
_Numbered = tuple[int, Invocation]


def _lines(folder: RunFolder) -> Mapping[CellKey, Sequence[_Numbered]]:
    found: dict[CellKey, list[_Numbered]] = defaultdict(list)
    for number, record in enumerate(folder.invocations, start=1):
        line = record.recorded
        if not line["superseded"]:
            found[line["workload"], line["contender"]].append((number, line))
    return found


def _evidence(
    analysis: Analysis, cell: CellKey, means: pd.Series, lines: Sequence[_Numbered]
) -> Evidence:
    workload, contender = cell
    every = analysis.frames.invocations
    own = every[(every["workload"] == workload) & (every["contender"] == contender)]
    counted = own[own["valid"]]
    connections = counted["connections"].sum(skipna=False)
    pings, good = analysis.frames.pings.get(cell), [line for _, line in lines if not line["broken"]]
    request, answered = _exchange(analysis.folder, good)
    wall = counted["origin_wall_ns"].sum()
    blocks = means[contender].dropna() if contender in means.index else pd.Series(dtype=float)
    paces, nulls = analysis.summary["paces"], analysis.summary["null_arm"]
    return Evidence(
        contender=contender,
        blocks={int(block): float(value) for block, value in blocks.items()},
        invocations=len(own),
        breaches=tuple(_breaches(lines)),
        pings=int(counted["pings"].sum()),
        connections=None if pd.isna(connections) else int(connections),
        request=request,
        answered=answered,
        failed=pings.failed if pings else 0,
        measured=pings.total if pings else 0,
        busy=float(counted["origin_cpu_ns"].sum() / wall) if wall > 0 else None,
        pace=next((r for r in paces if (r["workload"], r["contender"]) == cell), None),
        null=next((r for r in nulls if (r["workload"], r["contender"]) == cell), None),
        canaries=tuple(line["canary_ns"] for line in good if line["canary_ns"]),
        waited=tuple(p["cpu"] for line in good if (p := line["pressure"]) and "cpu" in p),
        lines=tuple(number for number, _ in lines),
    )


def _breaches(lines: Sequence[_Numbered]) -> Iterator[Breach]:
    for _, line in lines:
        for broken in line["broken"]:
            yield Breach(block=line["block"], rule=broken["rule"], seen=broken["seen"])


def _exchange(
    folder: RunFolder, lines: Sequence[Invocation]
) -> tuple[bytes | None, tuple[int, ...]]:
    """The first process's most frequent request head, byte for byte, and the statuses sent to it.

    Older runs have stored neither.
    """
    packet = lines[0].get("pings") if lines else None
    if packet is None:
        return None, ()
    try:
        stored = PingFile(folder=folder.path).stored(packet)
    except UnreadableRun:
        return None, ()
    counts = Counter(stored.request_head.tolist())
    head = stored.heads[counts.most_common(1)[0][0]] if counts else None
    return head, tuple(sorted({*stored.answered.tolist()}))
