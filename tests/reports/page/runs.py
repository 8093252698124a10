"""Runs that the tests of page and charts share."""

from pathlib import Path

from reports import Analysis
from reports.page import render
from reports.publish import analyse
from tests.synthetic_run import Break, SyntheticRun, write_run

# Seven blocks decide the nine comparisons of one workload; one workload keeps drawing short.
SURVEY = SyntheticRun(workloads=("survey",), blocks=9, iterations=4, warmup=1)
KEEP_ALIVE = SyntheticRun(workloads=("keep-alive",), blocks=9, iterations=3, warmup=1)
INVALID = SyntheticRun(
    workloads=("survey", "sequential"),
    contenders=("csharp/socket", "node/net", "python/streams"),
    blocks=9,
    iterations=3,
    warmup=1,
    breaks=(
        Break(contender="csharp/socket", block=2, repeat_too=True),
        Break(contender="node/net", block=1),
    ),
)


def analysed(folder: Path, run: SyntheticRun) -> Analysis:
    return analyse(write_run(folder, run))


def rendered(analysis: Analysis) -> str:
    return render(analysis)
