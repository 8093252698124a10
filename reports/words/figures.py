"""Families' figures in words: what their declarations say, filled in for one run."""

from reports.analysis.derived import DerivedFigure
from reports.words.tables import Cell, Column, Row, RowGroup, Table, in_one_unit


def caption(figure: DerivedFigure) -> str:
    """How to read it. Nothing but {size} and {item} is filled in: a run may say anything."""
    items = figure.parts[0].items if figure.parts else 1
    text = figure.plan["caption"].replace("{size}", f"{items:,}")
    text = text.replace("{item}", figure.family["item"])
    return text if figure.cpus is None else f"{text} {_ideal(figure.cpus)}"


def counted(figure: DerivedFigure) -> str:
    """What a page's first screen calls it; empty where it does not tell it."""
    told = figure.plan["told"]
    if not told or figure.cpus is None:
        return told
    return f"{told}, {figure.cpus} CPU{'' if figure.cpus == 1 else 's'}"


def table(figure: DerivedFigure, contenders: list[str]) -> Table:
    """A row for each of `contenders`, a column for each workload, all in one unit.

    A contender that has no part in a workload has an empty cell there; one without a figure a dash.
    """
    flat = [part.amounts.get(c) for part in figure.parts for c in contenders]
    unit, cells = in_one_unit(flat, figure.plan["unit"])
    rows = []
    for place, contender in enumerate(contenders):
        own = zip(figure.parts, cells[place :: len(contenders)], strict=True)
        laid = tuple(cell if contender in part.contenders else Cell(text="") for part, cell in own)
        rows.append(Row(head=(contender,), cells=laid))
    return Table(
        caption=figure.plan["heading"] + (f", {unit}" if unit else ""),
        columns=tuple(Column(name=part.workload) for part in figure.parts),
        groups=(RowGroup(rows=tuple(rows)),),
    )


def _ideal(cpus: int) -> str:
    if cpus == 1:
        return "The programs had a single CPU, so no speed-up beyond 1 (the line) can be expected."
    return (
        "The solid line is 1, no gain; the dashed line is the ideal, "
        f"with {cpus} CPUs for the programs."
    )
