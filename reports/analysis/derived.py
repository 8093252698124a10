"""The figures that families declare beside the common ones, derived from a run's frames.

How one is derived is a word of the declaration (`results.format.FigurePlan`), so that no family is
known here by name. A contender that is invalid in a workload has no figure of it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from reports.analysis.amounts import Amount, plain_amounts, positive_amounts
from reports.analysis.analysed import Analysis
from reports.analysis.block_values import block_means, by_block
from reports.analysis.work import families_of, family_of, free_cpus, items_of, whole
from results.format import FamilyPlan, FigurePlan, WorkloadPlan

Amounts = Mapping[str, Amount]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One workload's part of a figure: its name, its items, and who takes part, the best first.

    A contender without a figure is in `contenders` alone.
    """

    workload: str
    items: int
    contenders: tuple[str, ...]
    amounts: Amounts


@dataclass(frozen=True, slots=True, kw_only=True)
class DerivedFigure:
    """One declared figure of a run; `key` is its own in the family.

    `marks` are figures to compare with, in the figure's unit. `cpus` is how many CPUs the programs
    had, where that is the ideal.
    """

    key: str
    plan: FigurePlan
    family: FamilyPlan
    parts: tuple[Part, ...] = ()
    marks: tuple[float, ...] = ()
    cpus: int | None = None

    @property
    def amounts(self) -> tuple[Amount, ...]:
        """All its figures."""
        return tuple(amount for part in self.parts for amount in part.amounts.values())


def figures_of(analysis: Analysis, name: str) -> tuple[DerivedFigure, ...]:
    """The figures of the family called `name` that have data."""
    workloads = families_of(analysis.run)[name]
    family = family_of(analysis.run, workloads[0])
    sized = [_Sized(analysis, workload, items_of(family, workload) or 1) for workload in workloads]
    found = (
        figure
        for plan in family["figures"]
        for figure in _figures(DerivedFigure(key=plan["key"], plan=plan, family=family), sized)
    )
    return tuple(figure for figure in found if figure.amounts)


class _Sized:
    """A workload with its number of items, and who has a number in it."""

    def __init__(self, analysis: Analysis, workload: WorkloadPlan, items: int) -> None:
        self.analysis, self.workload, self.items = analysis, workload, items
        self.name = workload["name"]
        self.contenders = tuple(place.contender for place in analysis.places(self.name))

    def part(self, amounts: Amounts, over: "_Sized | None" = None) -> Part:
        """Those `amounts` whose contender has a number here, and in the workload `over`."""
        placed = {c: amounts[c] for c in self.contenders if c in amounts}
        if over is not None:
            placed = {c: amount for c, amount in placed.items() if c in over.contenders}
        return Part(
            workload=self.name, items=self.items, contenders=self.contenders, amounts=placed
        )

    def parameters(self) -> dict[str, object]:
        """What it asks for, but for how many items."""
        size = family_of(self.analysis.run, self.workload)["size"]
        return {key: value for key, value in self.workload["params"].items() if key not in size}

    def time(self) -> dict[str, Amount]:
        """The summary's time that decides, ns."""
        return {place.contender: place.time for place in self.analysis.places(self.name)}

    def means(self, column: str) -> pd.Series:
        """Mean of a column of the iterations, by contender and block."""
        return block_means(self.analysis.frames.iterations, self.name, column)

    def peaks(self) -> pd.Series:
        """Peak memory, bytes, by contender and block."""
        invocations = self.analysis.frames.invocations
        counted = invocations["valid"] & (invocations["workload"] == self.name)
        return by_block(invocations[counted], "peak_rss_bytes")


def _figures(bare: DerivedFigure, sized: Sequence[_Sized]) -> list[DerivedFigure]:
    """One figure for all workloads, but for a total, of which each workload has its own."""
    kind, of = bare.plan["kind"], bare.plan["of"] or ""
    if kind == "total":
        return _totals(bare, sized, of)
    if kind == "field-per-item" and of not in bare.family["fields"]:
        return []
    figure = replace(bare, parts=tuple(_PARTS[kind](sized, of)))
    if kind != "speed-up":
        return [figure]
    run = sized[0].analysis.run
    cpus = len(free_cpus(run)) or run["machine"]["cores"]
    cpus = min(cpus, run["machine"]["usable_cpus"] or cpus)
    return [replace(figure, marks=(1.0,) if cpus == 1 else (1.0, float(cpus)), cpus=cpus)]


def _totals(bare: DerivedFigure, sized: Sequence[_Sized], of: str) -> list[DerivedFigure]:
    """Real time of all items, ns: a figure per workload, marked at one item's and all items'."""
    figures = []
    for place, each in enumerate(sized):
        one = float(whole(each.workload, of) or 0)
        key = f"{bare.key}-{place + 1}" if len(sized) > 1 else bare.key
        marks = (one, each.items * one) if one else ()
        figures.append(replace(bare, key=key, parts=(each.part(each.time()),), marks=marks))
    return figures


def _beyond(sized: Sequence[_Sized], of: str) -> Iterator[Part]:
    """How much longer than the parameter itself an iteration took, ns."""
    for each in sized:
        if least := whole(each.workload, of):
            yield each.part(plain_amounts(each.means("real_ns") - least))


def _per_item(sized: Sequence[_Sized], of: str) -> Iterator[Part]:
    """Real time over the number of items, ns."""
    for each in sized:
        yield each.part({c: amount.over(each.items) for c, amount in each.time().items()})


def _field_per_item(sized: Sequence[_Sized], of: str) -> Iterator[Part]:
    """Mean of a field of the records over the number of items; it may be 0."""
    for each in sized:
        yield each.part(plain_amounts(each.means(of) / each.items))


def _memory_per_item(sized: Sequence[_Sized], of: str) -> Iterator[Part]:
    """(memory(N) − memory(1)) / (N − 1) within blocks, bytes.

    The difference takes out what the process weighs by itself; it may come out negative.
    """
    for one, many in _pairs(sized):
        grown = (many.peaks() - one.peaks()) / (many.items - 1)
        yield many.part(plain_amounts(grown), one)


def _speed_up(sized: Sequence[_Sized], of: str) -> Iterator[Part]:
    """N · real(1) / real(N) within blocks: how many items were really done at once."""
    for one, many in _pairs(sized):
        if one.parameters() == many.parameters():
            ratios = (many.items * one.means("real_ns") / many.means("real_ns")).dropna()
            yield many.part(positive_amounts(ratios[ratios > 0]), one)


def _pairs(sized: Sequence[_Sized]) -> Iterator[tuple[_Sized, _Sized]]:
    """The workload of one item with each of more, where there is one."""
    one = next((each for each in sized if each.items == 1), None)
    return ((one, many) for many in sized if one is not None and many.items > 1)


_PARTS: Mapping[str, Callable[[Sequence[_Sized], str], Iterator[Part]]] = {
    "beyond": _beyond,
    "per-item": _per_item,
    "field-per-item": _field_per_item,
    "memory-per-item": _memory_per_item,
    "speed-up": _speed_up,
}
