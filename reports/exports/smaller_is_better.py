"""What github-action-benchmark reads as `customSmallerIsBetter`: one figure an entry.

Source: github-action-benchmark, README: an array of name, unit, value, range and extra.
"""

import json
from collections.abc import Iterator

from reports.analysis.analysed import Analysis
from reports.analysis.series import series_of
from reports.exports import Export


def _parts(analysis: Analysis) -> Iterator[str]:
    entries = []
    for series in series_of(analysis):
        amount = series.estimate
        entry = {"name": series.name, "unit": "ns", "value": amount.value}
        if amount.low is not None and amount.high is not None:
            entry["range"] = f"{amount.low:.4g} to {amount.high:.4g}"
        entry["extra"] = f"{len(series.values)} blocks, run {analysis.run['id']}"
        entries.append(entry)
    yield json.dumps(entries, ensure_ascii=False, allow_nan=False, indent=1) + "\n"


EXPORT = Export(name="custom-smaller-is-better", parts=_parts)
