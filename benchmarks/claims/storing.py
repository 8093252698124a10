"""The result as it is stored in a run's folder, complete enough to draw a page from."""

import time
from collections.abc import Iterable

from results.claims import CLAIMS_SCHEMA

from results.claims import (
    ClaimRow,
    FeatureRow,
    ObservationRow,
    ProgramRow,
    SemanticsFile,
    SourceRow,
    StatementRow,
)
from results.claims import ClaimTable as TableRows
from results.claims import Verdict as Word
from benchmarks.claims.catalogue import Catalogue, Claim, ClaimTable, Statement, Verdict
from benchmarks.claims.execution import Executed, Seen
from benchmarks.claims.sources import Source
from results.text import plain


def as_file(
    catalogue: Catalogue, executed: Executed, stored: SemanticsFile | None = None
) -> SemanticsFile:
    """Return what goes into semantics.json, with what is `stored` and was not asked for again."""
    kept = [] if stored is None else _kept(catalogue, executed, stored["observations"])
    rows = [*kept, *(_observation(seen) for seen in executed.observations)]
    runners = list(dict.fromkeys(row["runner"] for row in rows))
    asked = {*executed.probes, *(row["probe"] for row in kept)}
    probes = [probe for probe in catalogue.probes if probe in asked]
    return SemanticsFile(
        schema=CLAIMS_SCHEMA,
        executed=time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        probes={probe: catalogue.probes[probe] for probe in probes},
        claims=[_claim(claim) for claim in catalogue.claims_of(probes)],
        tables=[_table(table) for table in catalogue.tables],
        observations=sorted(
            rows, key=lambda row: (probes.index(row["probe"]), runners.index(row["runner"]))
        ),
        programs=_programs(executed, [] if stored is None else stored["programs"]),
    )


def _programs(executed: Executed, stored: Iterable[ProgramRow]) -> list[ProgramRow]:
    """Return the programs of the runners that were asked, and those stored of the others."""
    return [
        *(row for row in stored if row["runner"] not in executed.runners),
        *(ProgramRow(runner=f.runner, file=f.file, text=f.text) for f in executed.programs),
    ]


def _kept(
    catalogue: Catalogue, executed: Executed, rows: Iterable[ObservationRow]
) -> list[ObservationRow]:
    """Return the stored observations that stay, each with the runtime that it was made on.

    A runner that was asked again has none left of that probe, even where it offers it no more.
    """
    return [
        row
        for row in rows
        if row["probe"] in catalogue.probes
        and not (row["probe"] in executed.probes and row["runner"] in executed.runners)
    ]


def _claim(claim: Claim) -> ClaimRow:
    return ClaimRow(
        claim=claim.quote,
        seed=claim.seed,
        probe=claim.probe,
        verdict=_word(claim.verdict),
        why=claim.why,
    )


def _table(table: ClaimTable) -> TableRows:
    return TableRows(
        title=table.title,
        seed=table.seed,
        languages=list(table.languages),
        rows=[
            FeatureRow(feature=feature, cells=[[_statement(s) for s in cell] for cell in cells])
            for feature, cells in table.rows
        ],
    )


def _statement(statement: Statement) -> StatementRow:
    return StatementRow(
        text=statement.text,
        ours=statement.claim is None,
        probe=statement.probe,
        verdict=_word(statement.verdict),
        why=statement.why,
    )


def _observation(seen: Seen) -> ObservationRow:
    return ObservationRow(
        probe=seen.probe,
        runner=seen.runner,
        language=plain(seen.language, 80),
        runtime=seen.runtime,
        facts=dict(seen.facts),
        info=seen.info,
        expected=None if seen.expected is None else dict(seen.expected),
        as_expected=seen.as_expected,
        trouble=seen.trouble,
        source=None if seen.source is None else _source(seen.runner, seen.source),
    )


def _source(runner: str, source: Source) -> SourceRow:
    return SourceRow(
        file=f"{runner}/{source.file}",
        function=source.function,
        line=source.line,
        text=source.text,
    )


def _word(verdict: Verdict) -> Word:
    match verdict:
        case Verdict.HOLDS:
            return "holds"
        case Verdict.IMPRECISE:
            return "imprecise"
        case Verdict.WRONG:
            return "wrong"
        case Verdict.DATED:
            return "dated"
