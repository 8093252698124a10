"""Renew the pictures and tables of README.md, or of another page, from a run.

    .venv/bin/python -m scripts.readme RUN [PAGE]

A page holds `<!-- from a run, by scripts/readme.py: SET -->` and `<!-- to here -->`, once for each
set of workloads (ping, await) that it shows. What stands between them is written where the run
measured that set: a picture, drawn into docs/images/, tables, and which run and machine they are
from. The words around them are a person's. RUN is a run's folder, PAGE a Markdown file as seen from
the repository's root, like docs/languages.md.
"""

import os
import re
import shlex
import sys
import tempfile
import textwrap
from collections.abc import Iterator, Mapping
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
BEGIN, END = "<!-- from a run, by scripts/readme.py: {} -->", "<!-- to here -->"
_BLOCK = re.compile(
    "(?P<begin>"
    + re.escape(BEGIN).replace(re.escape("{}"), "(?P<set>[a-z]+)")
    + f"\n).*?(?={re.escape(END)})",
    re.DOTALL,
)
_WIDTH = 120
# Of each set: the chart of all its workloads, and what is read out in its place.
_CHARTS = {
    "ping": (
        "run-overview.png",
        "All ping workloads: each contender's multiple of the lowest time in its tier, with 95 % "
        "intervals",
    ),
    "await": (
        "run-parts.png",
        "What the parts of await cost: the best of each language as a multiple of the lowest time, "
        "with 95 % intervals",
    ),
}


def main(run: str, page: str = README, *, root: Path = ROOT) -> int:
    """Write pictures and tables below `root`; return the exit status."""
    try:
        analysis = reports.analyse(run)
        file = root / page
        if not file.is_file():
            raise UsageError(f"{file} is no file: name a page as the repository's root sees it.")
        text = file.read_text(encoding="utf-8")
        sets = _sets(text, analysis, page)
        _draw(analysis, {name: root / picture(page, name) for name in sets})
        file.write_text(renewed(text, analysis, page), encoding="utf-8")
    except AwaitbenchError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def picture(page: str, of: str) -> str:
    """Where a page's picture of a set lies; that of the repository's own page is the overview."""
    stem = "overview" if page == README else Path(page).stem
    return f"{IMAGES}/{stem if of == 'ping' else f'{stem}-{of}'}.png"


def renewed(text: str, analysis: Analysis, page: str) -> str:
    """A page's text with what stands between its markers from this run; raise `UsageError`."""
    sets = _sets(text, analysis, page)

    def block(match: re.Match[str]) -> str:
        if match["set"] not in sets:
            return match[0]
        drawn = picture(page, match["set"])
        link = Path(os.path.relpath(drawn, Path(page).parent)).as_posix()
        return match["begin"] + "\n".join(_block(analysis, match["set"], link)) + "\n"

    return _BLOCK.sub(block, text)


def _sets(text: str, analysis: Analysis, page: str) -> list[str]:
    """The sets that both the page shows and the run measured; raise `UsageError` without any."""
    measured = {plan["set"] for plan in analysis.run["workloads"]} & {*_CHARTS}
    found = sorted(measured & {match["set"] for match in _BLOCK.finditer(text)})
    if not found:
        raise UsageError(
            f"{page} must hold ‘{BEGIN.format('SET')}’ and ‘{END}’, a line each, with a SET that "
            f"the run measured: {', '.join(sorted(measured)) or 'it has none that is drawn'}."
        )
    return found


def _block(analysis: Analysis, of: str, link: str) -> Iterator[str]:
    own = {plan["name"] for plan in analysis.run["workloads"] if plan["set"] == of}
    yield f"![{_CHARTS[of][1]}]({link})"
    for matrix in matrices_of(analysis):
        if own & {*matrix.workloads}:
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
    pings = int(invocations["pings"].sum())
    counts = [counted(run["blocks"], "block"), counted(len(invocations), "invocation")]
    counts += [counted(pings, "ping")] if pings else []
    return (
        f"From `run --profile {run['profile']}{_time_given(run['command'])}` on {run['started'][:10]} ({run['id']}): "
        f"{', '.join(counts)}, {kept}; {escaped(machine['cpu'])}, "
        f"{counted(machine['cores'], 'core')}{virtual}."
    )


def _time_given(command: str) -> str:
    """The option that says how long all may take, where it was given."""
    words = shlex.split(command)
    return f" --time {words[words.index('--time') + 1]}" if "--time" in words[:-1] else ""


def _draw(analysis: Analysis, wanted: Mapping[str, Path]) -> None:
    """Draw the chart of each set into its file, all of them or none."""
    folder = next(iter(wanted.values())).parent
    with tempfile.TemporaryDirectory(dir=folder) as fresh:
        drawn = {file.name: file for file in write_pngs(analysis, Path(fresh))}
        if lacking := [name for name in wanted if _CHARTS[name][0] not in drawn]:
            raise UsageError(
                f"This run compares nothing that a picture of {lacking[0]} could show."
            )
        for name, path in wanted.items():
            os.replace(drawn[_CHARTS[name][0]], path)


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit("usage: .venv/bin/python -m scripts.readme RUN [PAGE]")
    sys.exit(main(*sys.argv[1:]))
