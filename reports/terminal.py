"""A run's summary on a terminal: what is missing first, then the table, then the sentences.

Texts of programs and manifests arrive cleaned of control characters and are only ever put into
`rich.text.Text`, which never reads them as markup.
"""

from collections.abc import Mapping, Sequence

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.measure import Measurement
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from reports.analysis.analysed import Analysis
from reports.analysis.verdict_rows import ComparisonRow
from reports.analysis.verdicts import Verdict
from reports.words import matrix as told
from reports.words.cold import cold_and_warm
from reports.words.headline import headline
from reports.words.matrix import Entry, Matrix
from reports.words.notes import opening_lines
from reports.words.stalls import told_stalls
from reports.words.surplus import surpluses

# A label may be any text; longer than this it would push the figures off the screen.
_LONGEST_LABEL = 40
# From a usual width on, labels of this length stay on one line, if need be with fewer workloads in
# a table.
_WHOLE_LABEL = 24
_LEAST_LABEL = 12
_USUAL_WIDTH = 80

# Seven contenders make 21 pairs; beyond this only those with the best are told.
_MOST_SENTENCES = 6


def render(analysis: Analysis) -> RenderableType:
    """Everything the terminal says about a run, for any width."""
    matrices = told.matrices_of(analysis)
    parts: list[RenderableType] = [Text(line, style="yellow") for line in opening_lines(analysis)]
    caption = told.caption_of(analysis, matrices)
    parts += [Text(), Text(f"{headline(analysis)}.", style="bold")]
    parts += [Text(), Text(f"{caption.capitalize()}.")]
    marks = surpluses(analysis.run)
    parts += [_Fitting(matrix, analysis.labels, marks) for matrix in matrices]
    if legend := told.legend_of(matrices):
        parts.append(Text(legend, style="dim"))
    parts += _sentences(analysis)
    return Group(*parts)


class _Fitting:
    """The matrix as one table where it fits the width, else as two or more with fewer workloads."""

    def __init__(self, matrix: Matrix, labels: Mapping[str, str], marks: Mapping[str, str]) -> None:
        self._matrix, self._labels, self._marks = matrix, labels, marks

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        left = self._matrix.workloads
        while left:
            shown = left
            while len(shown) > 1 and self._width(console, options, shown) > options.max_width:
                shown = shown[: (len(shown) + 1) // 2]
            yield self._table(shown)
            left = left[len(shown) :]

    def _width(self, console: Console, options: ConsoleOptions, workloads: tuple[str, ...]) -> int:
        # Measured without a limit: rich would answer at most the width it is given.
        unlimited = options.update(max_width=10_000)
        longest = max(len(self._labels[c]) for t in self._matrix.tiers for c in t.contenders)
        whole = min(longest, _WHOLE_LABEL) if options.max_width >= _USUAL_WIDTH else 0
        table = self._table(workloads, least=max(whole, _LEAST_LABEL))
        return Measurement.get(console, unlimited, table).minimum

    def _table(self, workloads: tuple[str, ...], least: int = _LEAST_LABEL) -> Table:
        matrix = self._matrix
        table = Table(show_lines=False, pad_edge=False)
        table.add_column(Text("real time"), overflow="fold", min_width=least)
        for workload in workloads:
            table.add_column(Text(workload), justify="right", no_wrap=True)
        for tier in matrix.tiers:
            if tier.heading and len(matrix.tiers) > 1:
                table.add_row(Text(tier.heading, style="dim"))
            for contender in tier.contenders:
                cells = [_cell(matrix.entries[workload, contender]) for workload in workloads]
                head = Text(_short(self._labels[contender]))
                if contender in self._marks:
                    head.append(f"\n{self._marks[contender]}", style="dim")
                table.add_row(head, *cells)
            table.add_section()
        return table


def _cell(entry: Entry) -> Text:
    figure, detail = told.marked(entry)
    if figure == told.NOTHING:
        return Text(figure, style="dim")
    return Text.assemble((figure, "bold"), "\n", (detail, "dim"))


def _sentences(analysis: Analysis) -> list[RenderableType]:
    rows = {name: told.sentences_of(analysis.summary, name) for name in analysis.standings}
    parts: list[RenderableType] = []
    for workload, own in rows.items():
        # What is invalid stands above the table already, with what was seen.
        due = [row for row in own if row["verdict"] != Verdict.INVALID]
        said = _most_telling(analysis, workload, due)
        points = (cold_and_warm(analysis, each)[1] for each in analysis.standings[workload])
        said += [point for point in points if point]
        stalls = (told_stalls(analysis, each) for each in analysis.standings[workload])
        said += [line for line in stalls if line]
        if said:
            parts += [Text(), Text(workload, style="bold")]
            parts += [Padding(Text(line), (0, 0, 0, 2), expand=False) for line in said]
    return parts


def _most_telling(analysis: Analysis, workload: str, rows: Sequence[ComparisonRow]) -> list[str]:
    """The sentences; where there are very many and no tiers, those on the best and a count."""
    best = [s.places[0].contender for s in analysis.standings[workload] if s.places]
    chosen = [row for row in rows if {row["a"], row["b"]} & set(best)]
    if len(rows) <= _MOST_SENTENCES or len(best) != 1 or not chosen:
        return [str(row["sentence"]) for row in rows]
    said = [str(row["sentence"]) for row in chosen]
    return [*said, f"({len(rows) - len(chosen)} more pairs: see the report)"]


def _short(label: str) -> str:
    return label if len(label) <= _LONGEST_LABEL else f"{label[: _LONGEST_LABEL - 1]}…"
