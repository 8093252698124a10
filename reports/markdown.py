"""A run's summary for a pull request: the table and every sentence, in Markdown."""

from collections.abc import Mapping

from reports.analysis.analysed import Analysis
from reports.words import matrix as told
from reports.words.beside import beside_tables
from reports.words.claims import in_one_line
from reports.words.cold import cold_and_warm
from reports.words.escaping import escaped
from reports.words.headline import headline
from reports.words.matrix import Entry, Matrix
from reports.words.notes import opening_lines
from reports.words.stalls import told_stalls
from reports.words.surplus import surpluses
from reports.words.tables import Table
from results.format import RunFile


def markdown(analysis: Analysis) -> str:
    """The whole of summary.md."""
    matrices = told.matrices_of(analysis)
    marks = surpluses(analysis.run)
    heads = {c: f"{label} {marks.get(c, '')}".strip() for c, label in analysis.labels.items()}
    lines = [f"# {escaped(analysis.summary['run'])}", ""]
    lines += [f"- {escaped(line)}" for line in opening_lines(analysis)]
    if analysis.semantics is not None:
        lines.append(f"- {escaped(in_one_line(analysis.semantics))}")
    lines += ["", f"**{escaped(headline(analysis))}.**"]
    for matrix in matrices:
        lines += ["", *_table(matrix, heads)]
    lines += ["", f"{told.caption_of(analysis, matrices).capitalize()}."]
    if legend := told.legend_of(matrices):
        lines += ["", escaped(legend)]
    for table in beside_tables(analysis):
        lines += ["", f"{escaped(table.caption)}:", "", *_plain_table(table, heads)]
    for workload in analysis.standings:
        said = [row["sentence"] for row in told.sentences_of(analysis.summary, workload)]
        points = (cold_and_warm(analysis, each)[1] for each in analysis.standings[workload])
        said += [point for point in points if point]
        stalls = (told_stalls(analysis, each) for each in analysis.standings[workload])
        said += [line for line in stalls if line]
        if said:
            lines += ["", f"## {escaped(workload)}", ""]
            lines += [f"- {escaped(sentence)}" for sentence in said if sentence is not None]
    lines += ["", _provenance(analysis.run)]
    return "\n".join(lines) + "\n"


def _table(matrix: Matrix, heads: Mapping[str, str]) -> list[str]:
    columns = len(matrix.workloads)
    lines = [
        _row(["real time", *map(escaped, matrix.workloads)]),
        _row(["---", *["---:"] * columns]),
    ]
    for tier in matrix.tiers:
        if tier.heading and len(matrix.tiers) > 1:
            lines.append(_row([f"*{escaped(tier.heading)}*", *[""] * columns]))
        for contender in tier.contenders:
            cells = [_cell(matrix.entries[workload, contender]) for workload in matrix.workloads]
            lines.append(_row([escaped(heads[contender]), *cells]))
    return lines


def _plain_table(table: Table, heads: Mapping[str, str]) -> list[str]:
    names = [f"{column.name}, {column.unit}" for column in table.columns]
    lines = [
        _row([escaped(table.first), *map(escaped, names)]),
        _row(["---", *["---:"] * len(names)]),
    ]
    for group in table.groups:
        if group.heading:
            lines.append(_row([f"*{escaped(group.heading)}*", *[""] * len(names)]))
        for row in group.rows:
            cells = [f"{c.text} ({c.detail})" if c.detail else c.text for c in row.cells]
            lines.append(_row([escaped(heads[row.head[0]]), *cells]))
    return lines


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(entry: Entry) -> str:
    figure, detail = map(escaped, told.marked(entry))
    if figure == told.NOTHING:
        return figure
    return f"**{figure}** {detail}" if detail else f"**{figure}**"


def _provenance(run: RunFile) -> str:
    machine = run["machine"]
    return (
        f"{run['blocks']} blocks, seed {run['seed']}, profile {escaped(run['profile'])}, "
        f"{escaped(machine['cpu'])}, {machine['cores']} cores, kernel {escaped(machine['kernel'])}."
    )
