"""The claims that were executed for a run, read from semantics.json without trusting it."""

from collections import Counter
from pathlib import Path
from typing import cast

from results.format import (
    SCHEMA,
    SEMANTICS_FILE,
    ClaimRow,
    ObservationRow,
    SemanticsFile,
)
from reports.errors import UnreadableRun
from results.run_folder import opened, parsed
from results.conform import Misfit, conform
from results.text import many_lines

_LARGEST = 16 * 2**20


def read_semantics(folder: Path) -> SemanticsFile | None:
    """Read a run's semantics.json; None where there is none. Raises `UnreadableRun`."""
    file = folder / SEMANTICS_FILE
    if not file.exists() and not file.is_symlink():
        return None
    with opened(file) as stream:
        text = stream.read(_LARGEST + 1)
    try:
        if len(text) > _LARGEST:
            raise Misfit("it is too large")
        raw = parsed(text)
        found = cast(SemanticsFile, conform(raw, SemanticsFile, "it"))
        _check(found)
        _restore_lines(found, cast(SemanticsFile, raw))
    except Misfit as misfit:
        raise UnreadableRun(
            f"{file}: {misfit}; remove it, or write it again with `semantics --into`."
        ) from misfit
    return found


def executed(semantics: SemanticsFile) -> list[ClaimRow]:
    """The claims whose probe was run somewhere."""
    seen = {row["probe"] for row in semantics["observations"]}
    return [claim for claim in semantics["claims"] if claim["probe"] in seen]


def is_finding(row: ObservationRow) -> bool:
    """Whether an observation must be told: facts that differ, or a probe that did not end well."""
    return row["as_expected"] is False or row["trouble"] is not None


def is_unjudged(row: ObservationRow) -> bool:
    """Whether nothing is expected of an observation that ended well."""
    return row["as_expected"] is None and not is_finding(row)


def in_one_line(semantics: SemanticsFile) -> str:
    """How many claims were executed and what became of them, and how much is not as expected."""
    claims = executed(semantics)
    counts = Counter(claim["verdict"] for claim in claims)
    told = (
        f"{len(claims)} claims of the two texts executed; {counts['holds']} hold, "
        f"{counts['imprecise']} are imprecise, {counts['wrong']} wrong, {counts['dated']} dated"
    )
    findings = [row for row in semantics["observations"] if is_finding(row)]
    unjudged = [row for row in semantics["observations"] if is_unjudged(row)]
    if unjudged:
        told += f"; {len(unjudged)} of {len(semantics['observations'])} observations not judged"
    if len(unjudged) == len(semantics["observations"]):
        return f"{told}."
    if not findings:
        return f"{told}. Every {'other ' if unjudged else ''}observation was as expected."
    where = ", ".join(f"{row['probe']} in {row['language']}" for row in findings[:3])
    more = f" and {len(findings) - 3} more" if len(findings) > 3 else ""
    return f"{told}. Not as expected: {where}{more}."


def _check(semantics: SemanticsFile) -> None:
    """Raise `Misfit` where the file contradicts itself."""
    if semantics["schema"] != SCHEMA:
        raise Misfit(f"its schema is {semantics['schema']}, and this version reads {SCHEMA}")
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
