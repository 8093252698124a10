"""Finds a probe in its program's sources, whatever the language's case of names."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

_CALLED = re.compile(r"(?<![\w.])([A-Za-z_]\w*)\s*\(")
_DEFINES = re.compile(r"\b(def|function|fn|func|fun|static|public|internal|async|export)\b")
_TYPE = re.compile(r"\b(?:class|struct|record|object|module)\s+([A-Za-z_]\w*)")
_CLOSERS = frozenset("{})]")
_DIRECTIVE = re.compile(r"#(pragma|if|elif|else|endif|region|endregion|nullable)\b")
_LONGEST = 400  # lines of one definition or file that are worth showing
_STUB = 12  # lines of a function that say little where they call others


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a probe is written: file inside the runner's folder, function, first line, text.

    The text is the function; where that does no more than call others beside it, the whole file.
    """

    file: str
    function: str
    line: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A source of a runner's probes that holds none itself, whole."""

    runner: str
    file: str
    text: str


def without_probes(
    runner: str, folder: Path, files: Sequence[str], probes: Sequence[str]
) -> tuple[File, ...]:
    """Return the sources in which no probe was found: the programs that probes execute."""
    found = {source.file for p in probes if (source := find_source(folder, files, p)) is not None}
    return tuple(
        File(runner=runner, file=file, text=(folder / file).read_text("utf-8", "replace"))
        for file in files
        if file not in found
    )


def find_source(folder: Path, files: Sequence[str], probe: str) -> Source | None:
    """Return the function named like the probe, or else the class; None where there is neither."""
    texts = {file: (folder / file).read_text("utf-8", "replace").splitlines() for file in files}
    for defined in (_functions, _types):
        for file, lines in texts.items():
            for name, index in defined(lines):
                if _plain(name) == _plain(probe):
                    body = _body(lines[index:])
                    whole = lines[:_LONGEST] if _is_stub(name, body, lines) else body
                    text = "\n".join(whole)
                    return Source(file=file, function=name, line=index + 1, text=text)
    return None


def _plain(name: str) -> str:
    """`hello-order`, `hello_order`, `helloOrder` and `HelloOrder` are one name."""
    return name.replace("-", "").replace("_", "").lower()


def _functions(lines: Sequence[str]) -> Iterator[tuple[str, int]]:
    for index, line in enumerate(lines):
        for found in _CALLED.finditer(line):
            if _DEFINES.search(line[: found.start()]):
                yield found[1], index


def _types(lines: Sequence[str]) -> Iterator[tuple[str, int]]:
    for index, line in enumerate(lines):
        for found in _TYPE.finditer(line):
            yield found[1], index


def _is_stub(name: str, body: Sequence[str], lines: Sequence[str]) -> bool:
    """Tell whether a short function leaves its work to others of the same file."""
    if len(body) > _STUB:
        return False
    within = {inner for inner, _ in _functions(body)}
    others = {other for other, _ in (*_functions(lines), *_types(lines))} - within - {name}
    return not others.isdisjoint(re.findall(r"\w+", "\n".join(body)))


def _body(lines: Sequence[str]) -> list[str]:
    """Return a definition from its first line on: what is indented further, and what closes it."""
    margin = _indent(lines[0])
    taken = [lines[0]]
    for line in lines[1:_LONGEST]:
        outside = line.strip() and _indent(line) <= margin and not _DIRECTIVE.match(line)
        if outside and (_indent(line) < margin or line.strip()[0] not in _CLOSERS):
            break
        taken.append(line)
    while not taken[-1].strip():
        taken.pop()
    return [line[min(margin, _indent(line)) :] for line in taken]


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
