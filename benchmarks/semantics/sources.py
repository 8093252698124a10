"""Finds a probe's function in its program's sources, whatever the language's case of names."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_CALLED = re.compile(r"(?<![\w.])([A-Za-z_]\w*)\s*\(")
_DEFINES = re.compile(r"\b(def|function|fn|func|fun|static|public|internal|async|export)\b")
_CLOSERS = frozenset("{})]")
_LONGEST = 200  # lines of one function that are worth showing


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a probe is written: file inside the runner's folder, function, first line, text."""

    file: str
    function: str
    line: int
    text: str


def find_source(folder: Path, files: Sequence[str], probe: str) -> Source | None:
    """Return the definition of the function named like the probe; None where there is none."""
    wanted = probe.replace("-", "")
    for file in files:
        lines = (folder / file).read_text("utf-8", "replace").splitlines()
        for index, line in enumerate(lines):
            for found in _CALLED.finditer(line):
                name = found[1]
                if name.replace("_", "").lower() == wanted and _DEFINES.search(
                    line[: found.start()]
                ):
                    text = "\n".join(_body(lines[index:]))
                    return Source(file=file, function=name, line=index + 1, text=text)
    return None


def _body(lines: Sequence[str]) -> list[str]:
    """Return a definition from its first line on: what is indented further, and what closes it."""
    margin = _indent(lines[0])
    taken = [lines[0]]
    for line in lines[1:_LONGEST]:
        outside = line.strip() and _indent(line) <= margin
        if outside and (_indent(line) < margin or line.strip()[0] not in _CLOSERS):
            break
        taken.append(line)
    while not taken[-1].strip():
        taken.pop()
    return [line[margin:] for line in taken]


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
