"""A run's summary for a pull request: the table and every sentence, in Markdown."""

import re

from results.format import RunFile

from results.claims import SemanticsFile
from reports.words.matrix import (
    LIMITED_LEGEND,
    Cell,
    Matrix,
    caption_of,
    matrices_of,
    sentences_of,
)
from reports.words.notes import Notes, opening_lines
from reports.words.claims import in_one_line
from reports.analysis.summary import Summary

_SPECIAL = re.compile(r"([\\`*_{}\[\]|~$]|^#|#(?=\w))")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def markdown(
    summary: Summary, run: RunFile, notes: Notes, semantics: SemanticsFile | None = None
) -> str:
    """The whole of summary.md."""
    matrices = matrices_of(summary, run, notes)
    lines = [f"# {escaped(summary['run'])}", ""]
    lines += [f"- {escaped(line)}" for line in opening_lines(summary, run, notes)]
    if semantics is not None:
        lines.append(f"- {escaped(in_one_line(semantics))}")
    for matrix in matrices:
        lines += ["", *_table(matrix)]
    lines += ["", caption_of(summary, matrices)]
    if any(matrix.limited for matrix in matrices):
        lines += ["", LIMITED_LEGEND]
    for workload in (workload["name"] for workload in run["workloads"]):
        told = [row["sentence"] for row in sentences_of(summary, workload)]
        if told:
            lines += ["", f"## {escaped(workload)}", ""]
            lines += [f"- {escaped(sentence)}" for sentence in told if sentence is not None]
    lines += ["", *_provenance(run)]
    return "\n".join(lines) + "\n"


def escaped(text: str) -> str:
    """Text that Markdown, with GitHub's extensions, shows as it is: no markup, link or mention.

    >>> escaped("a|b <b> *c* @d")
    'a\\\\|b &lt;b&gt; \\\\*c\\\\* @\\u200bd'
    """
    plain = _SPECIAL.sub(r"\\\1", text)
    plain = "".join(_ENTITIES.get(character, character) for character in plain)
    # What GitHub turns into links without any markup. No escape stops a mention but a character
    # between @ and the name.
    plain = re.sub(r"@(?=\w)", "@\u200b", plain)
    plain = re.sub(r"(?i)\b(https?|ftp|mailto|xmpp):", r"\1\\:", plain)
    plain = re.sub(r"(?i)\bwww\.", lambda found: f"{found[0][:-1]}\\.", plain)
    # At the start of a line these would open a list, a heading or a rule.
    return re.sub(r"^(\d+(?=[.)](\s|$)))|^(?=[-+=])", r"\1\\", plain)


def _table(matrix: Matrix) -> list[str]:
    columns = len(matrix.workloads)
    lines = [
        _row(["real time", *map(escaped, matrix.workloads)]),
        _row(["---", *["---:"] * columns]),
    ]
    for tier in matrix.tiers:
        if len(matrix.tiers) > 1:
            lines.append(_row([f"*{escaped(tier.heading)}*", *[""] * columns]))
        for contender in tier.contenders:
            cells = [matrix.cells.get((workload, contender)) for workload in matrix.workloads]
            lines.append(_row([escaped(matrix.labels[contender]), *map(_cell, cells)]))
    return lines


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(cell: Cell | None) -> str:
    if cell is None:
        return "–"
    figure, detail = escaped(cell.figure), escaped(cell.detail)
    return f"**{figure}** {detail}" if detail else f"**{figure}**"


def _provenance(run: RunFile) -> list[str]:
    machine = run["machine"]
    return [
        f"{run['blocks']} blocks, seed {run['seed']}, profile {escaped(run['profile'])}, "
        f"{escaped(machine['cpu'])}, {machine['cores']} cores, "
        f"kernel {escaped(machine['kernel'])}.",
    ]
