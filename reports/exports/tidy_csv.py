"""One row per iteration, for spreadsheets, R and pandas; every column of a quantity names its unit."""

from collections.abc import Iterator

from reports.analysis.analysed import Analysis
from reports.exports import Export
from results.format import quantity_of

_COLUMNS = (
    "workload", "contender", "block", "attempt", "valid", "iteration", "young", "measured",
    "start_ns", "end_ns", "real_ns", "sum_ns", "startup_ns", "cpu_ns", "peak_rss_bytes",
)  # fmt: skip
_CHUNK = 50_000  # rows
_FORMULA = ("=", "+", "-", "@")  # what a spreadsheet would take for one


def _parts(analysis: Analysis) -> Iterator[str]:
    """Columns as in `reports.analysis.frames.iterations_of`; `quantity` is what measured ones are."""
    quantities = {w["name"]: quantity_of(w) for w in analysis.run["workloads"]}
    table = analysis.frames.iterations[list(_COLUMNS)]
    table = table.assign(
        run=_harmless(analysis.run["id"]),
        contender=table["contender"].astype(str).map(_harmless),
        quantity=table["workload"].astype(str).map(quantities),
        workload=table["workload"].astype(str).map(_harmless),
        valid=table["valid"].map({True: "true", False: "false"}),
        young=table["young"].map({True: "true", False: "false"}),
        measured=table["measured"].map({True: "true", False: "false"}),
    )
    columns = ["run", *_COLUMNS[:8], "quantity", *_COLUMNS[8:]]
    yield ",".join(columns) + "\n"
    for first in range(0, len(table), _CHUNK):
        rows = table.iloc[first : first + _CHUNK]
        yield rows.to_csv(columns=columns, header=False, index=False, lineterminator="\n")


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


EXPORT = Export(name="csv", parts=_parts)
