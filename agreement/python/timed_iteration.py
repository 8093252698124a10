"""What pytest-benchmark times: one iteration, as a program does it."""

from typing import Any

from iteration import Counted


def test_one_iteration(one: Counted, benchmark: Any) -> None:
    """As many rounds, after as many to warm up, as the programs themselves are measured for."""
    benchmark.pedantic(
        one, rounds=one.asked.iterations, warmup_rounds=one.asked.warmup, iterations=1
    )
