"""Where the wall time of a run goes: what lies in measured windows, and what around them.

    python -m tests.bench.bench_overhead RUN

Per contender and workload, medians over its invocations, in ms: start-up; from the job to the first
iteration; all iterations, and of them the measured ones; and what passes between the end of the last
iteration and the spawn of the next process: records are formatted, read, judged and stored. The last line
has the shares of all of it in the run's wall time. Asserts nothing.
"""

import sys
from collections import defaultdict
from statistics import median

from results.format import length_of
from results.run_folder import RunFolder

COLUMNS = ("start-up", "to first", "iterations", "measured", "after")


def main(words: list[str]) -> None:
    """Print a row for each contender and workload of the run named."""
    folder = RunFolder.read(words[0])
    plans = {plan["name"]: plan for plan in folder.run["workloads"]}
    rows: dict[tuple[str, str], list[list[float]]] = defaultdict(list)
    spans: list[tuple[float, float, list[float]]] = []  # spawn, end of the last iteration, its row
    for record in folder.invocations:
        line, times = record.recorded, record.iterations
        if line["job"] is None or line["startup_ns"] is None or not times.start.size:
            continue
        warmup = length_of(plans[line["workload"]], line["contender"])["warmup"]
        whole, spawned = times.end - times.start, line["job"]["written_ns"] - line["startup_ns"]
        to_first = float(times.start[0]) - line["job"]["written_ns"]
        own = [line["startup_ns"], to_first, float(whole.sum()), float(whole[warmup:].sum()), 0.0]
        rows[line["workload"], line["contender"]].append(own)
        spans.append((spawned, float(times.end[-1]), own))
    spans.sort(key=lambda span: span[0])
    for (_, end, own), (following, *_) in zip(spans, spans[1:]):
        own[4] = following - end
    print(f"{'workload':22}{'contender':26}" + "".join(f"{name:>12}" for name in COLUMNS))
    for (workload, contender), values in sorted(rows.items()):
        cells = (median(column) / 1e6 for column in zip(*values, strict=True))
        print(f"{workload:22}{contender:26}" + "".join(f"{cell:12,.1f}" for cell in cells))
    wall = spans[-1][1] - spans[0][0]
    sums = [sum(own[i] for *_, own in spans) / wall for i in range(len(COLUMNS))]
    shares = ", ".join(f"{name} {share:.1%}" for name, share in zip(COLUMNS, sums, strict=True))
    print(f"Of {wall / 1e9:.0f} s: {shares}.")


if __name__ == "__main__":
    main(sys.argv[1:])
