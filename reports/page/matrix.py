"""The matrix as the page's tables: the darker a cell, the slower its contender."""

import math

from reports.analysis.analysed import Analysis
from reports.page.anchors import anchor
from reports.words.matrix import Entry, Matrix, caption_of, matrices_of
from reports.words.surplus import surpluses
from reports.words.tables import Cell, Column, Row, RowGroup, Table


def matrices(analysis: Analysis) -> tuple[Table, ...]:
    """One column per workload, one row per contender: a table for each set of contenders."""
    found = matrices_of(analysis)
    return tuple(_table(analysis, matrix, place, len(found)) for place, matrix in enumerate(found))


def _table(analysis: Analysis, matrix: Matrix, place: int, count: int) -> Table:
    columns = [w for w in analysis.run["workloads"] if w["name"] in matrix.workloads]
    marks = surpluses(analysis.run)
    families = ", ".join(dict.fromkeys(workload["family"] for workload in columns))
    caption = f"ach contender's {caption_of(analysis, [matrix])}"
    groups = []
    for tier in matrix.tiers:
        rows = []
        for contender in tier.contenders:
            cells = tuple(_cell(matrix.entries[w["name"], contender]) for w in columns)
            rows.append(Row(head=(contender,), cells=cells, mark=marks.get(contender, "")))
        groups.append(RowGroup(heading=tier.heading, rows=tuple(rows)))
    return Table(
        key="matrix" if place == 0 else f"matrix-{place + 1}",
        caption=f"E{caption}" if count == 1 else f"{families}: e{caption}",
        columns=tuple(Column(name=w["name"], link=anchor(w, analysis.run)) for w in columns),
        groups=tuple(groups),
    )


def _cell(entry: Entry) -> Cell:
    if entry.symbol == "✕":
        return Cell(text=f"✕ {entry.figure}", detail=entry.detail)
    return Cell(
        text=entry.figure,
        detail=entry.detail,
        note=f"{entry.symbol} {entry.word}".strip(),
        shade="best" if entry.best else _shade(entry.slower),
    )


def _shade(slower: float | None) -> str:
    """The darker, the slower: one step each for 1.1, 1.3, 1.8, 3, 6, and more."""
    if slower is None:
        return ""
    distance = math.log2(max(slower, 1.0))
    edges = (math.log2(edge) for edge in (1.1, 1.3, 1.8, 3, 6))
    return f"slow-{1 + sum(distance > edge for edge in edges)}"
