"""Everything that the parts of the page are made from, looked up once."""

from collections.abc import Mapping
from dataclasses import dataclass

from results.format import ContenderPlan, RunFile, WorkloadPlan
from reports.charts.gallery import Gallery, gallery
from reports.drawing.palette import Style, glyph, styles
from reports.analysis.frames import Frames
from reports.words.notes import Notes, notes_of
from reports.page.table import Who
from results.run_folder import RunFolder
from reports.analysis.summary import EstimateRow, Summary


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Context:
    """A run, its analysis, and what every part of the page looks up in them."""

    folder: RunFolder
    summary: Summary
    frames: Frames
    notes: Notes
    styles: Mapping[str, Style]
    galleries: Mapping[str, Gallery]

    @classmethod
    def of(cls, folder: RunFolder, summary: Summary, frames: Frames) -> "Context":
        looks = styles(folder.run["contenders"])
        return cls(
            folder=folder,
            summary=summary,
            frames=frames,
            notes=notes_of(folder, frames),
            styles=looks,
            galleries={
                workload["name"]: gallery(folder.run, summary, frames, workload, looks)
                for workload in folder.run["workloads"]
            },
        )

    @property
    def run(self) -> RunFile:
        return self.folder.run

    @property
    def live(self) -> bool:
        return self.run["mode"] == "live"

    @property
    def compared(self) -> bool:
        """Whether any pair of contenders has a verdict."""
        return any(row["verdict"] is not None for row in self.summary["comparisons"])

    def who(self, contender: str) -> Who:
        """A contender as tables and sentences name it."""
        style = self.styles[contender]
        return Who(label=style.label, symbol=glyph(style), series=f"series-{style.index}")

    def plan(self, contender: str) -> ContenderPlan:
        return next(plan for plan in self.run["contenders"] if plan["id"] == contender)

    def estimate(self, workload: str, contender: str, metric: str) -> EstimateRow | None:
        """The summary's row for one figure; None where there is none."""
        key = (workload, contender, metric)
        for row in self.summary["estimates"]:
            if (row["workload"], row["contender"], row["metric"]) == key:
                return row
        return None

    def limited(self, workload: str, contender: str) -> bool:
        """Whether the origin, and not the contender, may have been what was measured."""
        return (workload, contender) in self.notes.origin_limited


def anchor(workload: WorkloadPlan, run: RunFile) -> str:
    """The id of a workload's section: its name may hold anything, its place may not."""
    return f"workload-{run['workloads'].index(workload) + 1}"
