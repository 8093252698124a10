"""What `pyperf` reads: a benchmark per workload and contender, and of it a run per block.

A run is a process to pyperf, too: its values are the iterations that verdicts are about, its
warm-ups those before them, in s.
Source: pyperf, "Benchmark suite JSON format", version 1.0.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from reports.analysis.analysed import Analysis
from reports.analysis.series import Series, series_of
from reports.exports import Export


def _parts(analysis: Analysis) -> Iterator[str]:
    run, machine = analysis.run, analysis.run["machine"]
    metadata = {
        "unit": "second",
        "loops": 1,
        "cpu_model_name": machine["cpu"],
        "cpu_count": machine["cores"],
        "platform": machine["kernel"],
        "description": f"awaitbench run {run['id']}, begun {run['started']}",
    }
    rows = analysis.frames.iterations
    of = dict(iter(rows[rows["valid"]].groupby(["workload", "contender"], observed=True)))
    document = {
        "version": "1.0",
        "metadata": {key: value for key, value in metadata.items() if value is not None},
        "benchmarks": [
            {
                "metadata": {"name": series.name},
                "runs": _runs(series, of[series.workload, series.contender]),
            }
            for series in series_of(analysis)
        ],
    }
    yield json.dumps(document, ensure_ascii=False, allow_nan=False) + "\n"


def _runs(series: Series, rows: pd.DataFrame) -> list[Mapping[str, Any]]:
    return [_run(series, own) for _, own in rows.groupby("block")]


def _run(series: Series, own: pd.DataFrame) -> Mapping[str, Any]:
    column = {"young": "young", "first": "iteration"}.get(series.quantity, "measured")
    counts = own["iteration"] == 0 if column == "iteration" else own[column]
    seconds = own["real_ns"] / 1e9
    before = own["iteration"] < own["iteration"][counts].min()
    made: dict[str, Any] = {"values": seconds[counts].tolist()}
    if before.any():
        made["warmups"] = [[1, value] for value in seconds[before].tolist()]
    return made


EXPORT = Export(name="pyperf", parts=_parts)
