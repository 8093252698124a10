"""What a reader must know beside the figures, as data."""

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from reports.analysis.disturbances import Noise, noise_of
from reports.analysis.frames import Frames
from reports.analysis.pings import CellKey
from reports.analysis.runtimes import Contradiction, contradictions, runtimes_of
from results.format import AGAIN, RunFile
from results.run_folder import RunFolder

# The share of the time from which on a busy origin may be what was measured.
_BUSY = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes:
    """Facts about a run that are not in its summary; cells are (workload, contender).

    `blocks`: complete ones; `torn`: the last line was cut off; `repeated`: how many invocations of
    a cell broke a rule; `failed`: pings without an answer, and all, of a cell's measured ones.
    `standstills`: a block of a cell in which everything stood still, and for how long (ns).
    `noise`: what else the machine did.
    """

    blocks: int
    torn: bool
    origin_limited: tuple[CellKey, ...]
    repeated: tuple[tuple[CellKey, int], ...]
    failed: tuple[tuple[CellKey, int, int], ...]
    contradictions: tuple[Contradiction, ...]
    standstills: tuple[tuple[CellKey, int, int], ...]
    noise: Noise

    def disturbed(self, cell: CellKey) -> frozenset[int]:
        """Return the blocks of a cell in which everything stood still or the machine was disturbed."""
        still = {block for where, block, _ in self.standstills if where == cell}
        return frozenset(still | {e.block for e in self.noise.disturbed if e.cell == cell})

    @property
    def unanswered(self) -> dict[CellKey, int]:
        """How many pings were measured where every one failed: their time is that of failing."""
        return {cell: pings for cell, failed, pings in self.failed if failed == pings}


def notes_of(folder: RunFolder, frames: Frames) -> Notes:
    """Gather the facts; `frames` are those of `folder`."""
    invocations = frames.invocations
    return Notes(
        blocks=_complete_blocks(folder.run, invocations),
        torn=folder.torn,
        origin_limited=tuple(origin_limited(invocations)),
        repeated=tuple(_broken_invocations(invocations)),
        failed=tuple(
            (cell, own.failed, own.total)
            for workload in folder.run["workloads"]
            for contender in folder.run["contenders"]
            if (own := frames.pings.get(cell := (workload["name"], contender["id"]))) and own.failed
        ),
        contradictions=tuple(contradictions(folder, runtimes_of(folder))),
        standstills=tuple(_standstills(folder)),
        noise=noise_of([record.recorded for record in folder.invocations]),
    )


def origin_limited(invocations: pd.DataFrame) -> list[tuple[str, str]]:
    """The (workload, contender) in which the origin used over 80 % of the time.

    `invocations` is the frame of `frames`; its share is the origin's CPU time over the wall time
    between the same moments, both summed over the invocations that stand for their block.
    """
    counted = _without_second(invocations[invocations["valid"]])
    columns = ["origin_cpu_ns", "origin_wall_ns"]
    totals = counted.groupby(["workload", "contender"], observed=True)[columns].sum()
    busy = totals["origin_cpu_ns"] > _BUSY * totals["origin_wall_ns"]
    return [(str(workload), str(contender)) for workload, contender in totals.index[busy]]


def _standstills(folder: RunFolder) -> Iterator[tuple[CellKey, int, int]]:
    for line in (record.recorded for record in folder.invocations):
        lost = line.get("standstill_ns", 0)
        if lost > 0 and not line["superseded"] and not line["broken"]:
            who = line["contender"].removesuffix(AGAIN)
            yield (line["workload"], who), line["block"], lost


def _complete_blocks(run: RunFile, invocations: pd.DataFrame) -> int:
    columns = (invocations[key] for key in ("block", "workload", "contender"))
    done = set(zip(*columns, strict=True))
    return sum(
        all(
            (block, group["workload"], contender) in done
            or _given_up(run, block, group["workload"], contender)
            for group in groups
            for contender in group["order"]
        )
        for block, groups in enumerate(run["schedule"])
    )


def _given_up(run: RunFile, block: int, workload: str, contender: str) -> bool:
    return any(
        gone["contender"] == contender
        and gone["workload"] in (workload, None)
        and gone["block"] <= block
        for gone in run.get("given_up", [])
    )


def _without_second(invocations: pd.DataFrame) -> pd.DataFrame:
    """The invocations but for those of null arms, which have a row of their own."""
    return invocations[~invocations["contender"].astype(str).str.endswith(AGAIN)]


def _broken_invocations(invocations: pd.DataFrame) -> list[tuple[CellKey, int]]:
    broken = _without_second(invocations[invocations["broken"] > 0])
    counts = broken.groupby(["workload", "contender"], observed=True).size()
    return [((str(w), str(c)), int(count)) for (w, c), count in counts.items()]
