"""What hyperfine's scripts read: a command per workload and contender, a time per block, in s.

Source: hyperfine, `--export-json` and the scripts beside it. `user` and `system` are not there: CPU
time is known of whole processes, warm-up included, and not of the iterations that are timed.
"""

import json
import statistics
from collections.abc import Iterator, Mapping
from typing import Any

from reports.analysis.analysed import Analysis
from reports.analysis.series import Series, series_of
from reports.exports import Export


def _parts(analysis: Analysis) -> Iterator[str]:
    document = {"results": [_result(series) for series in series_of(analysis)]}
    yield json.dumps(document, ensure_ascii=False, allow_nan=False, indent=1) + "\n"


def _result(series: Series) -> Mapping[str, Any]:
    times = [float(value) / 1e9 for value in series.values]
    return {
        "command": series.name,
        "mean": statistics.fmean(times),
        "stddev": statistics.stdev(times) if len(times) > 1 else None,
        "median": statistics.median(times),
        "min": min(times),
        "max": max(times),
        "times": times,
        "exit_codes": [0] * len(times),  # any other breaks a rule, and such a block has no value
        "parameters": {
            "workload": series.workload,
            "contender": series.contender,
            "quantity": series.quantity,
        },
    }


EXPORT = Export(name="hyperfine", parts=_parts)
