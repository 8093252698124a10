"""A study of a warm-up, for tests: 100 iterations, or a second, of 10 ms each when warm."""

from runners.studies import Study

STUDY = Study(
    workload="sequential",
    contender="http",
    runtime="Node.js 20",
    sources="0123456789abcdef",
    ending="settled",
    warmup=100,
    warmup_ns=1_000_000_000,
    young_ns=20_000_000,
    steady_ns=10_000_000,
    later=1.004,
    processes=6,
    iterations=1500,
    studied="2026-11-29",
    machine='A "CPU" with 2 \\ cores',
)
