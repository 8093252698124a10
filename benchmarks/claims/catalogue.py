"""The claims, the probes that execute them, and the two tables they stand in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast, get_args

from results.claims import ClaimRow, ClaimTable, FeatureRow, StatementRow, Verdict
from runners.names import no_such
from runners.tables import Table, read_table

FOLDER = Path(__file__).parent
SEEDS = ("A", "B")


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """Everything that is written down of claims. `probes` maps an id to what it observes."""

    probes: Mapping[str, str]
    claims: tuple[ClaimRow, ...]
    tables: tuple[ClaimTable, ...]

    def choose(self, wanted: Sequence[str]) -> tuple[str, ...]:
        """Return the probes among those named, or all, in the catalogue's order."""
        return tuple(probe for probe in self.probes if not wanted or probe in wanted)

    def unknown(self, wanted: Sequence[str]) -> tuple[str, ...]:
        """Return a sentence for each name that no probe has."""
        return tuple(
            no_such("probe", name, self.probes)
            for name in dict.fromkeys(wanted)
            if name not in self.probes
        )

    def claims_of(self, probes: Sequence[str]) -> tuple[ClaimRow, ...]:
        """Return the claims that these probes execute."""
        return tuple(claim for claim in self.claims if claim["probe"] in probes)


def read_catalogue(folder: Path = FOLDER) -> Catalogue:
    """Read probes, claims and tables. Raises TableError."""
    listed = _read(folder, "probes.toml").table("probes")
    probes = {probe: listed.text(probe) for probe in listed.values}
    claims = _read_claims(_read(folder, "claims.toml"), probes)
    file = _read(folder, "tables.toml")
    tables = [_read_table(table, probes, claims) for table in file.tables("table")]
    return Catalogue(probes=probes, claims=tuple(claims.values()), tables=tuple(tables))


def _read(folder: Path, file: str) -> Table:
    return read_table(folder / file, file)


def _read_claims(file: Table, probes: Mapping[str, str]) -> dict[str, ClaimRow]:
    file.insist_on("claim")
    claims: dict[str, ClaimRow] = {}
    quotes: set[tuple[str, str]] = set()
    for row in file.tables("claim"):
        row.insist_on("id", "seed", "quote", "probe", "verdict", "rests_on", "why")
        claim = ClaimRow(
            claim=row.text("quote"),
            seed=row.one_of("seed", SEEDS),
            probe=row.one_of("probe", probes),
            verdict=_verdict(row),
            why=row.text("why"),
            rests_on=_rests_on(row),
        )
        if row.text("id") in claims:
            raise row.fail("id", "is used twice")
        if (claim["seed"], claim["claim"]) in quotes:
            raise row.fail("quote", "is used twice")
        quotes.add((claim["seed"], claim["claim"]))
        claims[row.text("id")] = claim
    return claims


def _read_table(
    table: Table, probes: Mapping[str, str], claims: Mapping[str, ClaimRow]
) -> ClaimTable:
    table.insist_on("seed", "title", "languages", "row")
    languages = table.texts("languages")
    rows = []
    for row in table.tables("row"):
        row.insist_on("feature", "cell")
        cells = {}
        for cell in row.tables("cell"):
            language = cell.one_of("language", languages)
            if language in cells:
                raise cell.fail("language", f"‘{language}’ has two cells in this row")
            cells[language] = _read_cell(cell, probes, claims)
        if cells.keys() != set(languages):
            raise row.fail("cell", f"one cell each is due for {', '.join(languages)}")
        ordered = [cells[language] for language in languages]
        rows.append(FeatureRow(feature=row.text("feature"), cells=ordered))
    return ClaimTable(
        seed=table.one_of("seed", SEEDS),
        title=table.text("title"),
        languages=list(languages),
        rows=rows,
    )


def _read_cell(
    cell: Table, probes: Mapping[str, str], claims: Mapping[str, ClaimRow]
) -> list[StatementRow]:
    if "claims" not in cell:
        cell.insist_on("language", "text", "probe", "verdict", "rests_on", "why")
        own = StatementRow(
            text=cell.text("text"),
            ours=True,
            probe=cell.one_of("probe", probes),
            verdict=_verdict(cell),
            why=cell.text("why"),
            rests_on=_rests_on(cell),
        )
        return [own]
    cell.insist_on("language", "claims")
    names = cell.texts("claims")
    for name in names:
        if name not in claims:
            raise cell.fail("claims", f"there is no claim ‘{name}’")
    return [
        StatementRow(
            text=c["claim"],
            ours=False,
            probe=c["probe"],
            verdict=c["verdict"],
            why=c["why"],
            rests_on=c.get("rests_on", {}),
        )
        for c in map(claims.__getitem__, names)
    ]


def _rests_on(row: Table) -> dict[str, list[str]]:
    """The facts of the probe that carry a verdict, by runner: at least one."""
    found = row.table("rests_on")
    named = {runner: [*found.texts(runner)] for runner in found.values}
    if not any(named.values()):
        raise row.fail("rests_on", "must name a fact of a runner")
    return named


def _verdict(row: Table) -> Verdict:
    return cast(Verdict, row.one_of("verdict", get_args(Verdict)))
