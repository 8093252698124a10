"""semantics.json: the claims executed for a run, its format and its reader, which trusts nothing.

docs/results.md says what each key means.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal, NotRequired, TypedDict, cast

from results.conform import Misfit, conform, parsed
from results.errors import UnreadableRun
from results.files import bytes_of
from results.limits import LARGEST_SEMANTICS
from results.text import many_lines

SEMANTICS_FILE = "semantics.json"
CLAIMS_SCHEMA = 1
Verdict = Literal["holds", "imprecise", "wrong", "dated"]


class ClaimRow(TypedDict):
    """One claim: a few words of text A or B (`seed`), its probe, its verdict and why.

    `rests_on` names, by runner, the facts of the probe that carry the verdict; not there in files of
    before.
    """

    claim: str
    seed: str
    probe: str
    verdict: Verdict
    why: str
    rests_on: NotRequired[dict[str, list[str]]]


class SourceRow(TypedDict):
    """Where a probe is written, RUNNER/FILE, the name that it has there, first line and text."""

    file: str
    function: str
    line: int
    text: str


class ObservationRow(TypedDict):
    """What one probe saw in one language."""

    probe: str
    runner: str
    language: str
    runtime: str | None
    facts: dict[str, Any]
    info: dict[str, Any]
    expected: dict[str, Any] | None
    as_expected: bool | None
    trouble: str | None
    source: SourceRow | None


class StatementRow(TypedDict):
    """What a table's cell says: a seed's words, or ours where the texts say nothing (`ours`)."""

    text: str
    ours: bool
    probe: str
    verdict: Verdict
    why: str
    rests_on: NotRequired[dict[str, list[str]]]


class FeatureRow(TypedDict):
    """One row of a seed's table: a list of statements for each of the table's languages."""

    feature: str
    cells: list[list[StatementRow]]


class ClaimTable(TypedDict):
    """A table of a seed, with the column that its copy lacks."""

    title: str
    seed: str
    languages: list[str]
    rows: list[FeatureRow]


class ProgramRow(TypedDict):
    """A file that probes execute, and that holds none itself: a text's own program, its ledger."""

    runner: str
    file: str
    text: str


class SemanticsFile(TypedDict):
    """semantics.json. `executed` is when something ran last: what did not run again stays."""

    schema: int
    executed: str
    probes: dict[str, str]
    claims: list[ClaimRow]
    tables: list[ClaimTable]
    observations: list[ObservationRow]
    programs: list[ProgramRow]


def otherwise(said: ClaimRow | StatementRow, observations: Iterable[ObservationRow]) -> list[str]:
    """Name what carries a verdict and was not seen as it was when that was given: "Python: order".

    Where there is any, the verdict is withdrawn. A fact of which nothing is expected, since nobody
    knows that runtime or it may be anything there, says nothing about it.
    """
    return [
        f"{row['language']}: {fact}"
        for row in observations
        if row["probe"] == said["probe"] and (due := row["expected"]) is not None
        for fact in said.get("rests_on", {}).get(row["runner"], ())
        if fact in due and not (fact in row["facts"] and same(row["facts"][fact], due[fact]))
    ]


def same(a: object, b: object) -> bool:
    """Tell whether two facts are equal; true is not 1."""
    return type(a) is type(b) and a == b


def read_semantics(folder: Path) -> SemanticsFile | None:
    """Read a run's semantics.json, its texts cleaned; None where there is none. `UnreadableRun`."""
    found, raw = _read(folder)
    if found is not None and raw is not None:
        _restore_lines(found, raw)
    return found


def semantics_as_written(folder: Path) -> SemanticsFile | None:
    """The same with its texts as they were written, to be stored again and never shown."""
    return _read(folder)[1]


def _read(folder: Path) -> tuple[SemanticsFile, SemanticsFile] | tuple[None, None]:
    file = folder / SEMANTICS_FILE
    if not file.exists() and not file.is_symlink():
        return None, None
    text = bytes_of(file, LARGEST_SEMANTICS + 1)
    try:
        if len(text) > LARGEST_SEMANTICS:
            raise Misfit("it is too large")
        raw = parsed(text)
        found = cast(SemanticsFile, conform(raw, SemanticsFile, "it"))
        _check(found)
    except Misfit as misfit:
        raise UnreadableRun(
            f"{file}: {misfit}; remove it, or write it again with `semantics --into`."
        ) from misfit
    return found, cast(SemanticsFile, raw)


def _check(semantics: SemanticsFile) -> None:
    """Raise `Misfit` where the file contradicts itself."""
    if semantics["schema"] != CLAIMS_SCHEMA:
        raise Misfit(f"its schema is {semantics['schema']}, and this version reads {CLAIMS_SCHEMA}")
    probes = semantics["probes"]
    if not {row["probe"] for row in (*semantics["claims"], *semantics["observations"])} <= {
        *probes
    }:
        raise Misfit("it names a probe that it does not describe")
    places = [(row["probe"], row["runner"]) for row in semantics["observations"]]
    if len(set(places)) != len(places):
        raise Misfit("a runner's observation of a probe is listed twice")
    for table in semantics["tables"]:
        if any(len(row["cells"]) != len(table["languages"]) for row in table["rows"]):
            raise Misfit("a table's row has another number of cells than the table has languages")


def _restore_lines(semantics: SemanticsFile, raw: SemanticsFile) -> None:
    """Give the sources back their lines, which cleaning has joined."""
    for row, was in zip(semantics["observations"], raw["observations"], strict=True):
        if row["source"] is not None and was["source"] is not None:
            row["source"]["text"] = many_lines(was["source"]["text"])
    for program, was_program in zip(semantics["programs"], raw["programs"], strict=True):
        program["text"] = many_lines(was_program["text"])
