"""The sections of families without a network: one a family, the answer to its claim first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reports import charts
from reports.analysis.amounts import Amount
from reports.analysis.analysed import Analysis
from reports.analysis.derived import figures_of
from reports.analysis.work import families_of, family_of, items_of
from reports.drawing.palette import Style
from reports.page.anchors import anchor, family_anchor
from reports.page.figures import estimate_of, metric_table
from reports.page.listings import Listed, Program, family_programs
from reports.page.pairs import pair_table
from reports.page.pictures import Embedded, embedded
from reports.words.tables import Table
from reports.words.workloads import describe
from results.format import FamilyPlan, WorkloadPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One workload of a family; `table` is None where no contender of the run takes part."""

    key: str
    name: str
    question: str
    shape: str
    table: Table | None
    pairs: Table | None
    pictures: tuple[Embedded, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilySection:
    """Everything about one family."""

    key: str
    name: str
    claim: str
    limits: str
    figures: tuple[Embedded, ...]
    parts: tuple[Part, ...]
    programs: tuple[Program, ...]

    @property
    def drawn(self) -> tuple[Embedded, ...]:
        """All its charts."""
        return (*self.figures, *(picture for part in self.parts for picture in part.pictures))


def family_sections(
    analysis: Analysis, styles: Mapping[str, Style], listed: Listed
) -> tuple[FamilySection, ...]:
    """One section a family; `listed` remembers which sources the page has already."""
    return tuple(
        _section(analysis, workloads, styles, listed)
        for workloads in families_of(analysis.run).values()
    )


def _section(
    analysis: Analysis,
    workloads: Sequence[WorkloadPlan],
    styles: Mapping[str, Style],
    listed: Listed,
) -> FamilySection:
    family = family_of(analysis.run, workloads[0])
    name = family["name"]
    key = family_anchor(name, analysis.run)
    drawn = (charts.of_figure(analysis, figure) for figure in figures_of(analysis, name))
    return FamilySection(
        key=key,
        name=name,
        claim=family["claim"],
        limits=family["limits"],
        figures=tuple(
            embedded(picture, styles, key=key, scope=name)
            for picture in drawn
            if picture is not None
        ),
        parts=tuple(_part(analysis, family, workload, styles) for workload in workloads),
        programs=family_programs(analysis, name, workloads, listed),
    )


def _part(
    analysis: Analysis, family: FamilyPlan, workload: WorkloadPlan, styles: Mapping[str, Style]
) -> Part:
    key, name = anchor(workload, analysis.run), workload["name"]
    return Part(
        key=key,
        name=name,
        question=workload["question"],
        shape=describe(analysis.run, workload),
        table=_figures(analysis, family, workload) if analysis.standings[name] else None,
        pairs=pair_table(analysis, workload),
        pictures=tuple(
            embedded(picture, styles, key=key, scope=name)
            for picture in charts.of_workload(analysis, workload)
        ),
    )


def _figures(analysis: Analysis, family: FamilyPlan, workload: WorkloadPlan) -> Table:
    """Real time, the same per item, first iteration, start-up, CPU per item, peak memory."""
    name, item = workload["name"], family["item"]
    items = items_of(family, workload) or 1
    real = estimate_of(analysis, name, "real")

    def per_item(contender: str) -> Amount | None:
        found = real(contender)
        return None if found is None else found.over(items)

    columns = [
        ("Real time", "ns", real),
        *([] if items == 1 or family["overlap"] else [(f"Real per {item}", "ns", per_item)]),
        ("First iteration", "ns", estimate_of(analysis, name, "first")),
        ("Start-up", "ns", estimate_of(analysis, name, "startup")),
        (f"CPU per {item}", "ns", estimate_of(analysis, name, "cpu")),
        ("Peak memory, whole process", "bytes", estimate_of(analysis, name, "memory")),
    ]
    return metric_table(analysis, workload, "figures", f"{name}: what it took", columns, "")
