"""What `pytest-benchmark compare` reads: a benchmark per workload and contender, a round per block.

Source: pytest-benchmark, the JSON that `--benchmark-json` writes; its own `Stats` fills the columns.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from pytest_benchmark.stats import Stats

from reports.analysis.analysed import Analysis
from reports.analysis.series import Series, series_of
from reports.exports import Export


def _parts(analysis: Analysis) -> Iterator[str]:
    run, machine, suite = analysis.run, analysis.run["machine"], analysis.run["suite"]
    document = {
        "machine_info": {
            "node": "",  # a run does not name its host
            "processor": machine["cpu"],
            "machine": machine["cpu"],
            "python_implementation": "CPython",
            "python_implementation_version": machine["python"],
            "python_version": machine["python"],
            "python_build": ["", ""],
            "release": machine["kernel"],
            "system": machine["kernel"].split(" ")[0],
            "cpu": {"brand_raw": machine["cpu"], "count": machine["cores"]},
        },
        "commit_info": {
            "id": suite["commit"] if suite else None,
            "dirty": None if suite is None or suite["clean"] is None else not suite["clean"],
            "project": "awaitbench",
            "branch": "(unknown)",
        },
        "benchmarks": [_benchmark(series) for series in series_of(analysis)],
        "datetime": run["started"].replace("Z", "+00:00"),
        "version": suite["version"] if suite else "0",
    }
    yield json.dumps(document, ensure_ascii=False, allow_nan=False, indent=1) + "\n"


def _benchmark(series: Series) -> Mapping[str, Any]:
    stats = Stats()
    for value in series.values:
        stats.update(float(value) / 1e9)
    return {
        "group": f"{series.workload} ({series.quantity})",
        "name": series.name,
        "fullname": series.name,
        "params": None,
        "param": None,
        "extra_info": {
            "workload": series.workload,
            "contender": series.contender,
            "label": series.label,
            "quantity": series.quantity,
            "estimate_s": series.estimate.value / 1e9,
        },
        "options": {
            "disable_gc": False,
            "timer": "the program's own clock",
            "min_rounds": len(series.values),
            "max_time": 0.0,
            "min_time": 0.0,
            "warmup": True,
        },
        "stats": {**stats.as_dict(), "iterations": 1, "data": stats.data},
    }


EXPORT = Export(name="pytest-benchmark", parts=_parts)
