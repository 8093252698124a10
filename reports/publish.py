"""The files that a reader opens: summary.json, summary.md, the page and its card, each whole or not."""

import json
import os
import tempfile
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from reports.analysis.analysed import Analysis
from reports.analysis.frames import frames_of
from reports.analysis.summary import Summary, summarise
from reports.markdown import markdown
from reports.words import sentences
from results.claims import read_semantics
from results.errors import MissingError, UnwritableReport
from results.files import replace
from results.format import MARKDOWN_FILE, REPORT_FILE, SUMMARY_FILE
from results.run_folder import RunFolder
from results.text import plain


def analyse(run: str | Path) -> Analysis:
    """Read and analyse a run's folder; raise `UnreadableRun`."""
    folder = RunFolder.read(run)
    frames = frames_of(folder)
    summary = summarise(folder, frames, sentences)
    return Analysis.of(folder, frames, summary, read_semantics(folder.path))


def write(run: str | Path | Analysis, formats: Collection[str] = ("html", "md")) -> Summary:
    """Write summary.json, and summary.md ("md"), report.html ("html"), charts ("png") as asked for.

    With the page of a complete run comes card.svg and card.png, a picture of it to share. Charts lie
    beside the page as WORKLOAD-CHART.png and FAMILY-FIGURE.png.
    Each file replaces its predecessor at once, or not at all. Raises `UnreadableRun`, and
    `UnwritableReport` where the folder or the disk does not take them.
    """
    analysis = run if isinstance(run, Analysis) else analyse(run)
    folder, summary = analysis.folder, analysis.summary
    text = json.dumps(summary, ensure_ascii=False, allow_nan=False, indent=1)
    _store(folder.path / SUMMARY_FILE, text + "\n")
    if "md" in formats:
        _store(folder.path / MARKDOWN_FILE, markdown(analysis))
    if "html" in formats:
        # Imported only here: drawing needs matplotlib, which takes a second to start.
        _insist_on_matplotlib()
        from reports.page import render

        _store(folder.path / REPORT_FILE, render(analysis))
        if analysis.run["status"] == "complete":
            from reports.card import write_card

            _draw(analysis, write_card)
    if "png" in formats:
        _insist_on_matplotlib()
        from reports.png import write_pngs

        _draw(analysis, write_pngs)
    return summary


def _draw(analysis: Analysis, write_into: Callable[[Analysis, Path], Sequence[Path]]) -> None:
    """Draw into a new folder, then rename: a link that lies in the run is never followed."""
    target = analysis.folder.path
    with _taken_by(target), tempfile.TemporaryDirectory(prefix=".charts.", dir=target) as fresh:
        for file in write_into(analysis, Path(fresh)):
            os.replace(file, target / file.name)


def _insist_on_matplotlib() -> None:
    """Say in a sentence that it does not start: it reads files of the user and of the folder."""
    try:
        import_module("matplotlib")
    except (ImportError, OSError, ValueError) as error:
        raise MissingError(
            f"Charts cannot be drawn, since matplotlib does not start: {plain(str(error))}. Look "
            "for a damaged matplotlibrc in this folder and in ~/.config/matplotlib."
        ) from error


def _store(file: Path, text: str) -> None:
    with _taken_by(file):
        replace(file, text)


@contextmanager
def _taken_by(place: Path) -> Iterator[None]:
    """Say in a sentence why `place` could not be written."""
    try:
        yield
    except OSError as error:
        raise UnwritableReport(
            f"{place} cannot be written ({error.strerror}): free the disk or copy the run to a "
            "folder of your own."
        ) from error
