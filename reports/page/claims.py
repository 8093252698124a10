"""The claims of the two texts, executed: tables, verdicts, and what each probe saw."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from reports.page.listings import highlighted
from reports.words.claims import SYMBOLS, executed, in_one_line, is_finding
from results.claims import (
    ClaimRow,
    ObservationRow,
    ProgramRow,
    SemanticsFile,
    StatementRow,
    Verdict,
    same,
)

_LONGEST_VALUE = 600
_LONGEST_SOURCE = 64 * 2**10


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedStatement:
    """One statement with its verdict. `link` leads to what was seen; "" where nothing was."""

    text: str
    ours: bool
    symbol: str
    verdict: Verdict
    why: str
    probe: str
    link: str
    differs: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One of the texts' tables: a row is a feature and a list of statements a language."""

    key: str
    title: str
    languages: tuple[str, ...]
    rows: tuple[tuple[str, tuple[tuple[JudgedStatement, ...], ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A fact in one language; `expected` says what it should have been where it differs."""

    text: str
    expected: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A probe's function in one language; `code` is empty where its text is not known.

    `language` is empty where a whole file is shown, whose place says all.
    """

    language: str
    place: str
    code: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """What one probe saw: facts down, runners across, and where it is written."""

    key: str
    id: str
    does: str
    columns: tuple[tuple[str, str, str], ...]
    facts: tuple[tuple[str, tuple[Value | None, ...]], ...]
    troubles: tuple[str, ...]
    sources: tuple[Code, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """Everything that the page's section on the claims shows."""

    line: str
    executed: str
    comparisons: tuple[Comparison, ...]
    lists: tuple[tuple[str, tuple[JudgedStatement, ...]], ...]
    probes: tuple[Probe, ...]
    programs: tuple[Code, ...]


def claims(semantics: SemanticsFile) -> Claims:
    """Lay out semantics.json."""
    keys = {name: f"probe-{number}" for number, name in enumerate(semantics["probes"], 1)}
    evidence = _Evidence(semantics["observations"], keys)
    listed = executed(semantics)
    return Claims(
        line=in_one_line(semantics),
        executed=semantics["executed"],
        comparisons=tuple(
            Comparison(
                key=f"claims-table-{number}",
                title=table["title"],
                languages=tuple(table["languages"]),
                rows=tuple(
                    (row["feature"], _cells(row["cells"], table["languages"], evidence))
                    for row in table["rows"]
                ),
            )
            for number, table in enumerate(semantics["tables"], 1)
        ),
        lists=tuple(
            (seed, tuple(evidence.judged(_statement(c)) for c in listed if c["seed"] == seed))
            for seed in dict.fromkeys(claim["seed"] for claim in listed)
        ),
        probes=tuple(
            _probe(keys[name], name, does, rows)
            for name, does in semantics["probes"].items()
            if (rows := [row for row in semantics["observations"] if row["probe"] == name])
        ),
        programs=tuple(map(_file, semantics["programs"])),
    )


class _Evidence:
    """Finds what was seen of a statement."""

    def __init__(self, rows: Sequence[ObservationRow], keys: dict[str, str]) -> None:
        self.rows, self.keys = rows, keys

    def judged(self, row: StatementRow, language: str | None = None) -> JudgedStatement:
        """A statement with the evidence for it: in `language`, or anywhere."""
        seen = [
            one
            for one in self.rows
            if one["probe"] == row["probe"] and language in (None, one["language"])
        ]
        return JudgedStatement(
            text=row["text"],
            ours=row["ours"],
            symbol=SYMBOLS[row["verdict"]],
            verdict=row["verdict"],
            why=row["why"],
            probe=row["probe"],
            link=self.keys[row["probe"]] if seen else "",
            differs=any(map(is_finding, seen)),
        )


def _statement(claim: ClaimRow) -> StatementRow:
    return StatementRow(
        text=claim["claim"],
        ours=False,
        probe=claim["probe"],
        verdict=claim["verdict"],
        why=claim["why"],
    )


def _cells(
    cells: Sequence[Sequence[StatementRow]], languages: Sequence[str], evidence: _Evidence
) -> tuple[tuple[JudgedStatement, ...], ...]:
    return tuple(
        tuple(evidence.judged(statement, language) for statement in cell)
        for cell, language in zip(cells, languages, strict=True)
    )


def _probe(key: str, name: str, does: str, rows: Sequence[ObservationRow]) -> Probe:
    facts = dict.fromkeys(
        fact for row in rows for fact in (*row["facts"], *(row["expected"] or {}))
    )
    return Probe(
        key=key,
        id=name,
        does=does,
        columns=tuple((row["language"], row["runtime"] or "–", _state(row)) for row in rows),
        facts=tuple((fact, tuple(_value(row, fact) for row in rows)) for fact in facts),
        troubles=tuple(
            f"{r['language']}: {r['trouble']}" for r in rows if r["trouble"] is not None
        ),
        sources=tuple(_code(row) for row in rows if row["source"] is not None),
    )


def _state(row: ObservationRow) -> str:
    if is_finding(row):
        return "✕ not as expected"
    return "nothing expected" if row["as_expected"] is None else "✓ as expected"


def _value(row: ObservationRow, fact: str) -> Value | None:
    """A fact as one runner saw it; None where it neither saw nor should have seen it."""
    seen, due = row["facts"], row["expected"] or {}
    if fact not in seen and fact not in due:
        return None
    text = _text(seen[fact]) if fact in seen else "not seen"
    unjudged = row["expected"] is None or (row["as_expected"] is True and fact not in due)
    if unjudged or (fact in seen and fact in due and same(seen[fact], due[fact])):
        return Value(text=text, expected="")
    return Value(text=text, expected=_text(due[fact]) if fact in due else "nothing")


def _text(value: object) -> str:
    """A fact as text: lists joined, true and false as words."""
    if isinstance(value, list):
        text = " · ".join(map(_text, value)) or "(none)"
    elif isinstance(value, bool):
        text = "yes" if value else "no"
    else:
        text = value if isinstance(value, str) else json.dumps(value)
    return text if len(text) <= _LONGEST_VALUE else f"{text[:_LONGEST_VALUE]}…"


def _file(row: ProgramRow) -> Code:
    text = row["text"][:_LONGEST_SOURCE]
    return Code(
        language="", place=f"{row['runner']}/{row['file']}", code=highlighted(row["file"], text)
    )


def _code(row: ObservationRow) -> Code:
    source = row["source"]
    assert source is not None
    return Code(
        language=row["language"],
        place=f"{source['file']}, line {source['line']}: {source['function']}",
        code=highlighted(source["file"], source["text"][:_LONGEST_SOURCE]),
    )
