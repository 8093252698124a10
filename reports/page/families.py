"""The sections of families without a network: one a family, the answer to its claim first."""

from collections.abc import Sequence
from dataclasses import dataclass

from results.format import WorkloadPlan
from reports.page.family_claims import Claim, claim_of
from reports.page.context import Context, anchor
from reports.page.evidence import evidence_of
from reports.page.evidence_pictures import drawable, evidence_picture
from reports.page.figures import estimate_of, metric_table
from reports.page.columns import Figure
from reports.page.listings import Program, Shown, family_programs
from reports.page.pairs import pair_table
from reports.page.pictures import Picture, pictures
from reports.page.shape import describe
from reports.page.table import Table
from reports.analysis.work import families_of, size_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One workload of a family; `table` is None where no contender of the run takes part."""

    key: str
    name: str
    question: str
    shape: str
    table: Table | None
    pairs: Table | None
    pictures: tuple[Picture, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilySection:
    """Everything about one family."""

    key: str
    name: str
    claim: Claim
    evidence: tuple[Picture, ...]
    parts: tuple[Part, ...]
    programs: tuple[Program, ...]

    @property
    def drawn(self) -> tuple[Picture, ...]:
        """All its charts."""
        return (*self.evidence, *(picture for part in self.parts for picture in part.pictures))


def family_sections(context: Context, shown: Shown) -> tuple[FamilySection, ...]:
    """One section a family; `shown` remembers which sources the page has already."""
    return tuple(
        _section(context, family, workloads, shown)
        for family, workloads in families_of(context.run).items()
    )


def family_key(context: Context, family: str) -> str:
    """The id of a family's section: its name may hold anything."""
    return f"family-{list(families_of(context.run)).index(family) + 1}"


def _section(
    context: Context, family: str, workloads: Sequence[WorkloadPlan], shown: Shown
) -> FamilySection:
    key = family_key(context, family)
    return FamilySection(
        key=key,
        name=family,
        claim=claim_of(family),
        evidence=tuple(
            evidence_picture(context, key, family, each)
            for each in evidence_of(context, family, workloads)
            if drawable(each)
        ),
        parts=tuple(_part(context, workload) for workload in workloads),
        programs=family_programs(context, family, workloads, shown),
    )


def _part(context: Context, workload: WorkloadPlan) -> Part:
    standings = context.galleries[workload["name"]].standings
    return Part(
        key=anchor(workload, context.run),
        name=workload["name"],
        question=workload["question"],
        shape=describe(workload, context.run["sites"]),
        table=_figures(context, workload) if standings else None,
        pairs=pair_table(context, workload),
        pictures=pictures(context, workload),
    )


def _figures(context: Context, workload: WorkloadPlan) -> Table:
    """Real time, the same per item, first iteration, start-up, CPU per item, peak memory."""
    name, claim = workload["name"], claim_of(workload["family"])
    size = size_of(workload) or 1
    real = estimate_of(context, name, "real")

    def per_item(contender: str) -> Figure | None:
        found = real(contender)
        return None if found is None else found.over(size)

    columns = [
        ("Real time", "ns", real),
        *([] if size == 1 or claim.overlap else [(f"Real per {claim.item}", "ns", per_item)]),
        ("First iteration", "ns", estimate_of(context, name, "first")),
        ("Start-up", "ns", estimate_of(context, name, "startup")),
        (f"CPU per {claim.item}", "ns", estimate_of(context, name, "cpu")),
        ("Peak memory", "bytes", estimate_of(context, name, "memory")),
    ]
    return metric_table(context, workload, "figures", f"{name}: what it took", columns, "")
