"""The sections of workloads, and of families without a network with their workloads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from reports import charts
from reports.analysis.amounts import Amount
from reports.analysis.analysed import Analysis
from reports.analysis.derived import figures_of
from reports.analysis.work import families_of, family_of, has_network, items_apart
from reports.drawing.palette import Style
from reports.page import figures
from reports.page.anchors import anchor, evidence_anchor, family_anchor
from reports.page.break_even import break_even_table
from reports.page.figures import PEAK, estimated, time_columns
from reports.page.listings import Listed, Program, family_programs
from reports.page.paces import pace_table
from reports.page.pairs import pair_table
from reports.page.pictures import Embedded, embedded
from reports.words.tables import Table
from reports.words.workloads import describe
from results.format import WorkloadPlan, decisive_metric


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One workload; without `tables` where no contender of the run takes part.

    `folded` are tables that few ask for, by what unfolds them.
    """

    key: str
    name: str
    question: str
    shape: str
    tables: tuple[Table, ...]
    folded: Mapping[str, tuple[Table, ...]]
    pictures: tuple[Embedded, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilySection:
    """One family: the answer to its claim in `figures`, then a part for each workload."""

    key: str
    name: str
    claim: str
    limits: str
    figures: tuple[Embedded, ...]
    parts: tuple[Section, ...]
    programs: tuple[Program, ...]

    @property
    def drawn(self) -> tuple[Embedded, ...]:
        """All its charts."""
        return (*self.figures, *(picture for part in self.parts for picture in part.pictures))


def workload_sections(analysis: Analysis, styles: Mapping[str, Style]) -> list[Section]:
    """A section for each workload of pings."""
    return [
        _section(analysis, workload, styles)
        for workload in analysis.run["workloads"]
        if has_network(analysis.run, workload)
    ]


def family_sections(
    analysis: Analysis, styles: Mapping[str, Style], listed: Listed
) -> list[FamilySection]:
    """One section per family; `listed` remembers which sources the page has already."""
    families = families_of(analysis.run)
    return [_family(analysis, workloads, styles, listed) for workloads in families.values()]


def _family(
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
        figures=tuple(embedded(each, styles, key=key, scope=name) for each in drawn if each),
        parts=tuple(_section(analysis, workload, styles) for workload in workloads),
        programs=family_programs(analysis, name, workloads, listed),
    )


def _section(analysis: Analysis, workload: WorkloadPlan, styles: Mapping[str, Style]) -> Section:
    key, name = anchor(workload, analysis.run), workload["name"]
    shown: tuple[Table, ...] = ()
    folded: dict[str, tuple[Table | None, ...]] = {}
    if has_network(analysis.run, workload):
        shown = (figures.survey_table(analysis, workload),)
        folded = {
            "What it costs: start-up, CPU, memory, single pings": (
                figures.cost_table(analysis, workload),
            ),
            "Time by site and place": figures.placed_tables(analysis, workload),
        }
    elif analysis.standings[name]:
        shown = (_work_table(analysis, workload),)
    folded |= {
        "Did everybody keep their pace?": (pace_table(analysis, workload),),
        "Every pair": (pair_table(analysis, workload),),
        "Who leads when, start-up included": (break_even_table(analysis, workload),),
    }
    kept = {
        title: tuple(table for table in tables if table is not None)
        for title, tables in folded.items()
    }
    drawn = charts.of_workload(analysis, workload)
    return Section(
        key=key,
        name=name,
        question=workload["question"],
        shape=describe(analysis.run, workload),
        tables=tuple(_reached(analysis, workload, table) for table in shown),
        folded={title: tables for title, tables in kept.items() if tables},
        pictures=tuple(embedded(each, styles, key=key, scope=name) for each in drawn),
    )


def _reached(analysis: Analysis, workload: WorkloadPlan, table: Table) -> Table:
    """The table with an id for each contender's row, to which the matrix leads."""
    groups = (
        replace(
            group,
            rows=tuple(
                replace(row, key=evidence_anchor(workload, row.head[0], analysis.run))
                for row in group.rows
            ),
        )
        for group in table.groups
    )
    return replace(table, groups=tuple(groups))


def _work_table(analysis: Analysis, workload: WorkloadPlan) -> Table:
    """The times of an iteration, the one that decides per item, start-up, CPU per item, peak memory."""
    family = family_of(analysis.run, workload)
    name, item = workload["name"], family["item"]
    items = items_apart(analysis.run, workload)

    def per_item(contender: str) -> Amount | None:
        found = analysis.estimate(name, contender, decisive_metric(workload))
        return None if found is None else found.over(items)

    columns = [
        *time_columns(analysis, workload),
        *([figures.MetricColumn(f"Time per {item}", "ns", per_item)] if items > 1 else []),
        estimated(analysis, name, "Start-up", "startup"),
        estimated(analysis, name, f"CPU per {item}", "cpu"),
        estimated(analysis, name, PEAK, "memory"),
    ]
    return figures.metric_table(analysis, workload, "figures", f"{name}: what it took", columns)
