"""What a reader must know beside the figures: as data first, worded in one place."""

from dataclasses import dataclass

import pandas as pd

from results.format import RunFile
from reports.analysis.origin_limit import origin_limited
from reports.analysis.frames import Frames
from reports.analysis.grouping import without_contenders
from results.run_folder import RunFolder
from reports.analysis.summary import Summary

Cell = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes:
    """Facts about a run that are not in its summary; cells are (workload, contender).

    `blocks`: complete ones; `torn`: the last line was cut off; `repeated`: how many invocations of
    a cell broke a rule; `failed`: pings without an answer, and all, of a cell's measured ones.
    """

    blocks: int
    torn: bool
    origin_limited: tuple[Cell, ...]
    repeated: tuple[tuple[Cell, int], ...]
    failed: tuple[tuple[Cell, int, int], ...]

    @property
    def unanswered(self) -> dict[Cell, int]:
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
        failed=tuple(_failed_pings(frames.pings)),
    )


def opening_lines(summary: Summary, run: RunFile, notes: Notes) -> list[str]:
    """What is said before any figure: what was skipped, invalid, cut off or repeated."""
    labels = {contender["id"]: contender["label"] for contender in run["contenders"]}
    lines = []
    for skipped in run["skipped"]:
        cure = f" ({skipped['install']})" if skipped["install"] else ""
        lines.append(f"{skipped['id']} was skipped: {skipped['reason']}{cure}")
    idle = without_contenders(run)
    if idle:
        lines.append(f"No contender of this run takes part in {', '.join(idle)}")
    for rule in summary["invalid"]:
        who = labels[rule["contender"]]
        lines.append(f"{who} is invalid in {rule['workload']}: {rule['rule']}, {rule['seen']}")
    if run["mode"] == "live":
        lines.append(
            "Live sites: nothing proves that the programs did the same work, name look-up is part "
            "of the time, and there are no verdicts"
        )
    if short := _short_warmups(run):
        lines.append(
            f"Warm-up is shorter than pilots asked for in {short}: what compiles while it runs "
            "looks slower there than in the long run; --profile publication waits as long"
        )
    if run["status"] == "partial":
        lines.append(f"The run was cut off after {notes.blocks} of {run['blocks']} blocks")
    if notes.torn:
        lines.append("The last line of the results was cut off and is left out")
    invalid = {(rule["workload"], rule["contender"]) for rule in summary["invalid"]}
    for (workload, contender), count in notes.repeated:
        if (workload, contender) not in invalid:
            times = "one invocation" if count == 1 else f"{count} invocations"
            lines.append(f"{labels[contender]} broke a rule in {times} of {workload}")
    for (workload, contender), failed, pings in notes.failed:
        lines.append(f"{labels[contender]}: {failed} of {pings} pings failed in {workload}")
    return lines


def _short_warmups(run: RunFile) -> str:
    return ", ".join(
        f"{workload['name']} ({workload['warmup']} of {due} iterations)"
        for workload in run["workloads"]
        if (due := workload.get("steady_after", 0)) > workload["warmup"]
    )


def _complete_blocks(run: RunFile, invocations: pd.DataFrame) -> int:
    keys = ["block", "workload", "contender"]
    measured = invocations.drop_duplicates(keys)["block"].value_counts().to_dict()
    due = [sum(len(group["order"]) for group in groups) for groups in run["schedule"]]
    return sum(measured.get(block, 0) == count for block, count in enumerate(due))


def _broken_invocations(invocations: pd.DataFrame) -> list[tuple[Cell, int]]:
    broken = invocations[invocations["broken"] > 0]
    counts = broken.groupby(["workload", "contender"], observed=True).size()
    return [((str(w), str(c)), int(count)) for (w, c), count in counts.items()]


def _failed_pings(pings: pd.DataFrame) -> list[tuple[Cell, int, int]]:
    counted = pings[pings["valid"] & pings["measured"]]
    failed = counted["head_ns"].isna()
    cells = failed.groupby([counted["workload"], counted["contender"]], observed=True)
    table = cells.agg(["sum", "size"])
    return [
        ((str(w), str(c)), int(lost), int(size))
        for (w, c), lost, size in zip(table.index, table["sum"], table["size"])
        if lost
    ]
