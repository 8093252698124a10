"""Tables as values, for page, terminal and Markdown; contenders are named by their ids."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reports.analysis.amounts import Amount
from reports.words import units
from reports.words.units import Scale


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A figure, and what stands small below it.

    `value` is the number by which it is sorted, in the unit of its column's amounts.
    """

    text: str
    detail: str = ""
    value: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One contender or pair; `without` replaces the cells where there is no number.

    `key` is its id in the page, where something leads to it.
    """

    head: tuple[str, ...]
    key: str = ""
    cells: tuple[Cell, ...] = ()
    mark: str = ""
    without: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowGroup:
    """Rows under one heading, or under none."""

    heading: str | None = None
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A heading, and the unit of all figures below it.

    `metric` says what they are of, where they can be seen from a baseline: one of the summary's
    metrics, or in rows of two contenders "ratio", "wide", "narrow" (its intervals) or "verdict".
    """

    name: str
    unit: str = ""
    metric: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """`first` heads the column of contenders; `prose` says that the cells are words.

    `key` is unique in the page, which gives it; so is `scope`, a workload or a family, which goes
    before the caption where only a screen reader needs it.
    """

    caption: str
    first: str = "Contender"
    columns: tuple[Column, ...]
    groups: tuple[RowGroup, ...]
    note: str = ""
    prose: bool = False
    key: str = ""
    scope: str = ""


def in_one_unit(
    amounts: Sequence[Amount | None], unit: str, alike: Sequence[Amount | None] | None = None
) -> tuple[str, tuple[Cell, ...]]:
    """Return the unit that fits the middle of `amounts`, and a cell each, a dash for None.

    Where several columns share a unit, these are all `alike`, and it fits halfway between their
    smallest and their largest, on a logarithmic scale.
    """
    scale = middle_scale(amounts, unit) if alike is None else _halfway_scale(alike, unit)
    return scale.name, tuple(_cell(amount, scale) for amount in amounts)


def middle_scale(amounts: Sequence[Amount | None], unit: str) -> Scale:
    """The unit that fits the middle of `amounts`, which are in "ns", "bytes" or "1"."""
    present = _present(amounts)
    return units.fitting(present[len(present) // 2] if present else 1.0, unit)


def _halfway_scale(amounts: Sequence[Amount | None], unit: str) -> Scale:
    present = _present(amounts)
    return units.fitting(math.sqrt(present[0] * present[-1]) if present else 1.0, unit)


def _present(amounts: Sequence[Amount | None]) -> list[float]:
    return sorted(abs(a.value) for a in amounts if a is not None and a.value)


def contender_table(
    values: Mapping[str, Sequence[float | None]],
    names: Sequence[str],
    *,
    caption: str,
    first: str = "Contender",
) -> Table:
    """Times (ns) in one unit, which the caption names: each contender's `values`, by column."""
    width = len(names)
    flat = [None if v is None else Amount(v) for own in values.values() for v in own]
    unit, cells = in_one_unit(flat, "ns")
    laid = (cells[place : place + width] for place in range(0, len(cells), width))
    rows = (Row(head=(who,), cells=own) for who, own in zip(values, laid, strict=True))
    return Table(
        caption=f"{caption}, {unit}",
        first=first,
        columns=tuple(Column(name=name) for name in names),
        groups=(RowGroup(rows=tuple(rows)),),
    )


def _cell(amount: Amount | None, scale: Scale) -> Cell:
    if amount is None:
        return Cell(text="–")
    text = units.scaled(amount.value, scale, amount.low, amount.high)
    return Cell(text=text.value, detail=text.interval, value=amount.value)
