"""The result as it is stored in a run's folder, complete enough to draw a page from."""

import time
from collections.abc import Iterable

from benchmarks.claims.catalogue import Catalogue
from benchmarks.claims.execution import Execution
from results.claims import CLAIMS_SCHEMA, ObservationRow, SemanticsFile


def as_file(
    catalogue: Catalogue, execution: Execution, stored: SemanticsFile | None = None
) -> SemanticsFile:
    """Return what goes into semantics.json, with what is `stored` and was not asked for again."""
    kept = [] if stored is None else _kept(catalogue, execution, stored["observations"])
    rows = [*kept, *(observation.row for observation in execution.observations)]
    runners = list(dict.fromkeys(row["runner"] for row in rows))
    asked = {*execution.probes, *(row["probe"] for row in kept)}
    probes = [probe for probe in catalogue.probes if probe in asked]
    programs = [] if stored is None else stored["programs"]
    return SemanticsFile(
        schema=CLAIMS_SCHEMA,
        executed=time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        probes={probe: catalogue.probes[probe] for probe in probes},
        claims=list(catalogue.claims_of(probes)),
        tables=list(catalogue.tables),
        observations=sorted(
            rows, key=lambda row: (probes.index(row["probe"]), runners.index(row["runner"]))
        ),
        programs=[
            *(row for row in programs if row["runner"] not in execution.runners),
            *execution.programs,
        ],
    )


def _kept(
    catalogue: Catalogue, execution: Execution, rows: Iterable[ObservationRow]
) -> list[ObservationRow]:
    """Return the stored observations that stay, each with the runtime that it was made on.

    A runner that was asked again has none left of that probe, even where it offers it no more.
    """
    return [
        row
        for row in rows
        if row["probe"] in catalogue.probes
        and not (row["probe"] in execution.probes and row["runner"] in execution.runners)
    ]
