"""Tables as values; one template draws them all."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """A contender's label with the symbol and the colour class that charts use for it."""

    label: str
    symbol: str
    series: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A figure, what stands small below it, and the class that shades it."""

    text: str
    detail: str = ""
    note: str = ""
    shade: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One contender or pair; `without` replaces the cells where there is no number."""

    head: tuple[Who, ...]
    cells: tuple[Cell, ...]
    mark: str = ""
    without: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowGroup:
    """Rows under one heading, or under none."""

    heading: str | None
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A heading, and the unit of all figures below it."""

    name: str
    unit: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """`key` is unique in the page; `first` heads the column of contenders.

    `scope` (a workload) goes before the caption where only a screen reader needs it; `prose` says
    that the cells are words.
    """

    key: str
    caption: str
    first: str
    columns: tuple[Column, ...]
    groups: tuple[RowGroup, ...]
    note: str = ""
    scope: str = ""
    prose: bool = False
