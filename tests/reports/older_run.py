"""A run that the first version measured, as its reports told it: what later versions must keep.

The run, of schema 1, lies in tests/data/schema-1: survey and some families, 12 blocks,
with the sources that its page shows. Where a change is meant to alter what a report of it says, write the expectation anew and
read the difference before it is committed:

    .venv/bin/python -m tests.reports.older_run
"""

import gzip
import io
import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from rich.console import Console

from reports.publish import analyse, write
from reports.terminal import render
from tests.reports.page.document import parse

STORED = Path(__file__).resolve().parents[1] / "data" / "schema-1"
LINES = ("h1 h2 h3 h4 p li tr dt dd caption pre summary text title desc").split()
WIDTH = 100


def unpacked(target: Path) -> Path:
    """Lay the stored run into `target`, as it was measured."""
    shutil.unpack_archive(STORED / "run.zip", target)
    return target


def told(folder: Path) -> Mapping[str, str]:
    """All that the reports of a run say: a text for each of them, a statement a line."""
    analysis = analyse(folder)
    write(analysis, ("html", "md"))
    console = Console(file=io.StringIO(), width=WIDTH, record=True)
    console.print(render(analysis))
    summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    return {
        "page.txt": "\n".join(page_lines((folder / "report.html").read_text(encoding="utf-8"))),
        "summary.md": (folder / "summary.md").read_text(encoding="utf-8"),
        "summary.json": json.dumps(summary, ensure_ascii=False, indent=1),
        "terminal.txt": console.export_text(),
    }


def page_lines(page: str) -> Iterator[str]:
    """What the page says, in its order: ids, spacing and the form of drawings left out."""
    for element in parse(page).all(*LINES):
        if text := element.text:
            yield f"{element.tag}: {text}"


def expected() -> Mapping[str, str]:
    """What the reports said when the run was new."""
    return {
        file.name.removesuffix(".gz"): gzip.decompress(file.read_bytes()).decode("utf-8")
        for file in sorted((STORED / "told").glob("*.gz"))
    }


def main() -> None:
    """Write down what the reports say now."""
    with tempfile.TemporaryDirectory() as scratch:
        for name, text in told(unpacked(Path(scratch) / "run")).items():
            packed = gzip.compress(text.encode("utf-8"), 9, mtime=0)
            (STORED / "told" / f"{name}.gz").write_bytes(packed)


if __name__ == "__main__":
    main()
