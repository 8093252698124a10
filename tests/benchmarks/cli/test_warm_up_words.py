"""What `warm-up` says of a pair that it studied."""

import pytest

from benchmarks.cli.warm_up import _told
from reports.analysis.intervals import Centre
from reports.analysis.settling import Ending, Settling
from reports.analysis.signed_rank import Interval
from reports.analysis.studied import StudiedPair

SHORT = "one takes 2 ms young and 1 ms then"


def said(*later: float) -> str:
    """What is said of a pair that settled, where later iterations take `low` to `high` as long."""
    centre = Centre(value=1, wide=Interval(*later), narrow=None, blocks=6) if later else None
    pair = StudiedPair(
        workload="survey",
        contender="go/net",
        found=Settling(warmup=7, ending=Ending.SETTLED),
        why="",
        processes=6,
        iterations=90,
        warmup_ns=10**9,
        young_ns=2 * 10**6,
        steady_ns=10**6,
        later=centre,
    )
    return _told(pair).removeprefix(f"survey: go/net: 7 iterations, 1 s; {SHORT}")


@pytest.mark.parametrize(
    ("later", "words"),
    [
        ((), "."),
        ((0.98, 1.03), "; what comes later takes 0.98 to 1.03 times as long."),
        (
            (0.85, 1.03),
            ": this machine is too uneven to see less; study it again on a quieter one.",
        ),
        (
            (0.95, 1.95),
            ": this machine is too uneven to see less; study it again on a quieter one.",
        ),
        ((0.19, 0.24), " 0.19 to 0.24 times as long: it had not settled; study it longer."),
        ((1.15, 1.86), " 1.15 to 1.86 times as long: it had not settled; study it longer."),
    ],
)
def test_what_comes_later_says_whether_it_settled(later: tuple[float, ...], words: str) -> None:
    assert said(*later).endswith(words)
