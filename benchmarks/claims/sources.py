"""Where a probe is written: in its program's sources, between marker comments.

A comment `probe: ID` begins what belongs to a probe; the next one, `end of probes` or the end of
the file ends it. Any sign of a comment will do, and so every language has markers.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_MARKER = re.compile(r"(?P<margin>\s*)[^\w\s]+ (?:probe: (?P<probe>[\w-]+)|end of probes)\W*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A part of a file, or all of it: its place inside the runner's folder, first line and text."""

    file: str
    line: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """The sources of a program: those of its `probes`, by id, and the files without any, whole.

    These are the programs that probes execute; and all there is of a runner without markers.
    """

    probes: Mapping[str, Source]
    others: tuple[Source, ...]


def read_sources(folder: Path, files: Sequence[str]) -> Sources:
    """Read a contender's sources; where a probe is marked twice, the first place counts."""
    probes: dict[str, Source] = {}
    others: list[Source] = []
    for file in files:
        text = (folder / file).read_text("utf-8", "replace")
        marked = dict(_marked(file, text.splitlines()))
        if not marked:
            others.append(Source(file=file, line=1, text=text))
        probes = {**marked, **probes}
    return Sources(probes=probes, others=tuple(others))


def _marked(file: str, lines: Sequence[str]) -> Iterator[tuple[str, Source]]:
    """Yield each probe with what lies between its marker and the next, as far left as that is."""
    marks = [
        (number, mark) for number, line in enumerate(lines) if (mark := _MARKER.fullmatch(line))
    ]
    ends = [*(number for number, _ in marks[1:]), len(lines)]
    for (number, mark), end in zip(marks, ends, strict=False):
        if mark["probe"]:
            part = [line.removeprefix(mark["margin"]) for line in lines[number + 1 : end]]
            text = "\n".join(part).rstrip()
            yield mark["probe"], Source(file=file, line=number + 2, text=text)
