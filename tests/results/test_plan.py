"""What is fixed before measuring: the comparisons that are corrected for, and how many blocks decide."""

from pathlib import Path

import pytest

from reports.publish import analyse
from results.plan import ALPHA, FEWEST_BLOCKS, count_comparisons
from tests.synthetic_run import SyntheticRun, write_run


@pytest.mark.parametrize(
    ("tiers", "pairs"),
    [
        ([], 0),
        (["raw"], 0),
        (["raw", "client"], 0),
        (["raw"] * 3 + ["client"] * 4, 9),
        ([None, None, None], 3),
        ([None, "raw"], 0),
    ],
)
def test_comparisons_are_the_pairs_within_a_tier(tiers: list[str | None], pairs: int) -> None:
    of = {f"c{place}": tier for place, tier in enumerate(tiers)}
    assert count_comparisons({"survey": [*of]}, of) == pairs
    assert count_comparisons({"survey": [*of], "parallel": [*of]}, of) == 2 * pairs


def test_the_analysis_corrects_for_as_many_comparisons_as_were_planned(tmp_path: Path) -> None:
    analysis = analyse(write_run(tmp_path, SyntheticRun(blocks=6)))
    contenders = analysis.run["contenders"]
    planned = count_comparisons(
        {workload["name"]: [c["id"] for c in contenders] for workload in analysis.run["workloads"]},
        {contender["id"]: contender["tier"] for contender in contenders},
    )
    verdicts = [row for row in analysis.summary["comparisons"] if row["p_adjusted"] is not None]
    assert planned == analysis.run["m"] == len(verdicts) > 0


def test_six_blocks_are_the_fewest_that_can_decide_anything() -> None:
    assert 2.0 ** (1 - FEWEST_BLOCKS) < ALPHA <= 2.0 ** (2 - FEWEST_BLOCKS)
