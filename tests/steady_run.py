"""A small run whose contenders have their pace: two in two workloads, eight blocks."""

from tests.synthetic_run import SyntheticRun

STEADY = SyntheticRun(
    blocks=8,
    iterations=16,
    warmup=4,
    young=3,
    workloads=("survey", "sequential"),
    contenders=("csharp/socket", "node/net"),
    measures="steady",
    flat=True,
)
