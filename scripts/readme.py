"""Renew the picture and the tables of README.md, or of another page, from a run.

    .venv/bin/python -m scripts.readme RUN [PAGE [WORKLOAD...]]

Draws a picture into docs/images/, and writes what stands between the page's two markers: picture,
tables, and which run and machine they are from. The words around them are a person's. RUN is a run's
folder, PAGE a Markdown file as seen from the repository's root, like docs/languages.md. With
WORKLOADs only tables that hold one of them are written.
"""

import os
import re
import sys
import tempfile
import textwrap
from collections.abc import Collection, Iterator
from pathlib import Path

import reports
from reports import Analysis
from reports.png import write_pngs
from reports.words.escaping import escaped
from reports.words.matrix import NOTHING, Entry, Matrix, in_brief, matrices_of
from reports.words.quantities import workload_quantity
from reports.words.workloads import counted
from results.errors import AwaitbenchError, UsageError

ROOT = Path(__file__).resolve().parents[1]
README = "README.md"
IMAGES = "docs/images"
BEGIN, END = "<!-- from a run, by scripts/readme.py -->", "<!-- to here -->"
_WIDTH = 130
_DRAWN = "run-overview.png"
_ALTERNATIVE = (
    "All workloads: each contender's multiple of the lowest time in its tier, with 95 % "
    "intervals"
)


def main(run: str, page: str = README, *workloads: str, root: Path = ROOT) -> int:
    """Write picture and tables below `root`; return the exit status."""
    try:
        analysis = reports.analyse(run)
        file, drawn = root / page, root / picture(page)
        if not file.is_file():
            raise UsageError(f"{file} is no file: name a page as the repository's root sees it.")
        link = Path(os.path.relpath(drawn, file.parent)).as_posix()
        text = renewed(file.read_text(encoding="utf-8"), analysis, link, page, workloads)
        _draw(analysis, drawn)
        file.write_text(text, encoding="utf-8")
    except AwaitbenchError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def picture(page: str) -> str:
    """Where a page's picture lies; the repository's own page has the overview."""
    return f"{IMAGES}/{'overview' if page == README else Path(page).stem}.png"


def renewed(
    text: str, analysis: Analysis, link: str, page: str, workloads: Collection[str] = ()
) -> str:
    """A page's text with what stands between the markers from this run; raise `UsageError`."""
    between = re.compile(f"(?<={re.escape(BEGIN)}\n).*?(?={re.escape(END)})", re.DOTALL)
    block = "\n".join(_block(analysis, link, workloads)) + "\n"
    text, count = between.subn(lambda _: block, text)
    if count != 1:
        raise UsageError(f"{page} must hold ‘{BEGIN}’ and ‘{END}’ once, a line each.")
    return text


def _block(analysis: Analysis, link: str, workloads: Collection[str]) -> Iterator[str]:
    yield f"![{_ALTERNATIVE}]({link})"
    for matrix in matrices_of(analysis):
        if workloads and not {*workloads} & {*matrix.workloads}:
            continue
        yield ""
        yield from _table(analysis, matrix)
    yield ""
    yield textwrap.fill(_provenance(analysis), _WIDTH, break_on_hyphens=False)


def _table(analysis: Analysis, matrix: Matrix) -> Iterator[str]:
    plans = [w for w in analysis.run["workloads"] if w["name"] in matrix.workloads]
    quantities = {workload_quantity(plan).partition(",")[0] for plan in plans}
    shared = f", *{quantities.pop()}*" if len(quantities) == 1 else ""
    heads = [
        plan["name"] + ("" if shared else f", *{workload_quantity(plan).partition(',')[0]}*")
        for plan in plans
    ]
    yield _row([f"time of an iteration{shared}", *heads])
    yield _row(["---", *["---:"] * len(heads)])
    for tier in matrix.tiers:
        if tier.heading and len(matrix.tiers) > 1:
            yield _row([f"*{tier.heading}*", *[""] * len(heads)])
        for contender in tier.contenders:
            cells = (_cell(matrix.entries[plan["name"], contender]) for plan in plans)
            yield _row([escaped(analysis.labels[contender]), *cells])


def _cell(entry: Entry) -> str:
    figure, detail = in_brief(entry)
    if figure == NOTHING:
        return figure
    unsteady = entry.symbol if entry.symbol == "∿" else ""
    return " ".join(filter(None, (f"**{escaped(figure)}**", escaped(detail), unsteady)))


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _provenance(analysis: Analysis) -> str:
    run, machine = analysis.run, analysis.run["machine"]
    invocations = analysis.frames.invocations
    broken = int((invocations["broken"] > 0).sum())
    kept = "none of which broke a rule" if not broken else f"{broken} invocations broke a rule"
    virtual = ", a virtual machine" if machine["virtualised"] else ""
    return (
        f"From `run --profile {run['profile']}` on {run['started'][:10]} ({run['id']}): "
        f"{counted(run['blocks'], 'block')}, {counted(len(invocations), 'invocation')}, "
        f"{counted(int(invocations['pings'].sum()), 'ping')}, {kept}; {escaped(machine['cpu'])}, "
        f"{counted(machine['cores'], 'core')}{virtual}."
    )


def _draw(analysis: Analysis, path: Path) -> None:
    with tempfile.TemporaryDirectory(dir=path.parent) as fresh:
        drawn = {file.name: file for file in write_pngs(analysis, Path(fresh))}
        if _DRAWN not in drawn:
            raise UsageError("This run compares nothing that the picture could show.")
        os.replace(drawn[_DRAWN], path)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("usage: .venv/bin/python -m scripts.readme RUN [PAGE [WORKLOAD...]]")
    sys.exit(main(*sys.argv[1:]))
