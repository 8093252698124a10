"""A run, read and analysed once: what terminal, Markdown, charts and page are made from."""

from collections.abc import Mapping
from dataclasses import dataclass

from reports.analysis.amounts import Amount
from reports.analysis.estimates import amount_of
from reports.analysis.frames import Frames
from reports.analysis.notes import Notes, notes_of
from reports.analysis.standing import Place, Standing, standings
from reports.analysis.summary import Summary
from results.claims import SemanticsFile
from results.format import RunFile
from results.run_folder import RunFolder


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Analysis:
    """A run, its figures, and what everybody looks up in them.

    `standings` are those of each workload, `estimates` those of the summary by workload, contender
    and metric; `semantics` are the claims executed, where they were.
    """

    folder: RunFolder
    frames: Frames
    summary: Summary
    notes: Notes
    standings: Mapping[str, tuple[Standing, ...]]
    estimates: Mapping[tuple[str, str, str], Amount]
    semantics: SemanticsFile | None

    @classmethod
    def of(
        cls, folder: RunFolder, frames: Frames, summary: Summary, semantics: SemanticsFile | None
    ) -> "Analysis":
        """Gather what follows from the summary; all arguments describe the same run."""
        names = [workload["name"] for workload in folder.run["workloads"]]
        notes = notes_of(folder, frames)
        silent = {name: {who for w, who in notes.unanswered if w == name} for name in names}
        return cls(
            folder=folder,
            frames=frames,
            summary=summary,
            notes=notes,
            standings={n: standings(folder.run, summary, n, silent[n]) for n in names},
            estimates={
                (row["workload"], row["contender"], row["metric"]): amount_of(row)
                for row in summary["estimates"]
            },
            semantics=semantics,
        )

    @property
    def run(self) -> RunFile:
        return self.folder.run

    @property
    def live(self) -> bool:
        return self.run["mode"] == "live"

    @property
    def labels(self) -> Mapping[str, str]:
        """What a person reads for each contender's id."""
        return {contender["id"]: contender["label"] for contender in self.run["contenders"]}

    @property
    def compared(self) -> bool:
        """Whether any pair of contenders has a verdict."""
        return any(row["verdict"] is not None for row in self.summary["comparisons"])

    def places(self, workload: str) -> tuple[Place, ...]:
        """Those with a number in a workload, tier by tier, the best first."""
        return tuple(place for standing in self.standings[workload] for place in standing.places)

    def estimate(self, workload: str, contender: str, metric: str) -> Amount | None:
        """The summary's figure, in its unit; None where there is none."""
        return self.estimates.get((workload, contender, metric))

    def limited(self, workload: str, contender: str) -> bool:
        """Whether the origin, and not the contender, may have been what was measured."""
        return (workload, contender) in self.notes.origin_limited
