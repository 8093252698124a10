"""Block values, and what must not move them."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import reports
from reports.analysis.block_values import (
    COMPARED,
    KEYS,
    UNITS,
    block_drifts,
    block_means,
    block_values,
)
from reports.analysis.comparisons import compare
from reports.analysis.frames import Frames, frames_of
from reports.analysis.intervals import centre
from reports.analysis.notes import origin_limited
from reports.analysis.survey import bound_figures, time_per_position, time_per_site
from results.plan import Pair
from results.run_folder import RunFolder
from tests.synthetic_run import SyntheticRun, write_run

RUN = SyntheticRun(
    blocks=8,
    workloads=("survey",),
    contenders=("python/streams", "node/net"),
    iterations=5,
    young=3,
)
DECISIVE = {"survey": "real"}
PAIR = Pair(workload="survey", a="python/streams", b="node/net", same_tier=True)


def values_of(frames: Frames) -> pd.DataFrame:
    return block_values(frames.invocations, frames.iterations, frames.pings)


@pytest.fixture(scope="module")
def frames(tmp_path_factory: pytest.TempPathFactory) -> Frames:
    return frames_of(RunFolder.read(write_run(tmp_path_factory.mktemp("run"), RUN)))


@pytest.fixture(scope="module")
def pings(tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    """Every ping of the same run."""
    return reports.load_pings(write_run(tmp_path_factory.mktemp("run"), RUN))


def test_a_block_value_follows_from_its_rows(frames: Frames, pings: pd.DataFrame) -> None:
    own = {"workload": "survey", "contender": "node/net", "block": 3}

    def rows(frame: pd.DataFrame) -> pd.DataFrame:
        return frame[(frame[list(own)] == list(own.values())).all(axis=1)]

    iterations, own_pings = rows(frames.iterations), rows(pings)
    measured = iterations[iterations["iteration"] >= 2]
    measured_pings = own_pings[own_pings["iteration"] >= 2]
    (invocation,) = rows(frames.invocations).to_dict("records")
    found = values_of(frames).loc[tuple(own.values())].to_dict()
    expected = {
        "real": measured["real_ns"].mean(),
        "young": iterations.loc[iterations["iteration"].between(1, 3), "real_ns"].mean(),
        "typical": measured["real_ns"].median(),
        "sum": measured["sum_ns"].mean(),
        "concurrency": measured["sum_ns"].sum() / measured["real_ns"].sum(),
        "first": iterations["real_ns"].iloc[0],
        "startup": invocation["startup_ns"],
        "cpu": invocation["cpu_ns"] / 20,
        "client": measured_pings["client_ns"].mean(),
        "memory": invocation["peak_rss_bytes"],
        "p50": np.sort(measured_pings["duration_ns"])[(len(measured_pings) - 1) // 2],
    }
    assert found == pytest.approx(expected)
    assert list(found) == [*UNITS, "p50"]


@given(st.permutations([2, 3, 4]))
def test_the_order_of_measured_iterations_moves_nothing(frames: Frames, order: list[int]) -> None:
    places = {0: 0, 1: 1, **dict(zip([2, 3, 4], order))}
    mixed = frames.iterations.assign(iteration=frames.iterations["iteration"].map(places))
    moved = block_values(frames.invocations, mixed.sort_values("iteration"), frames.pings)
    pd.testing.assert_frame_equal(moved, values_of(frames))


def test_warm_up_moves_no_value_but_first_and_young(frames: Frames) -> None:
    warm = ~frames.iterations["measured"]
    slower = frames.iterations.copy()
    slower["real_ns"] = slower["real_ns"].where(~warm, slower["real_ns"] * 10)
    before = values_of(frames)
    after = block_values(frames.invocations, slower, frames.pings)
    assert after["first"].tolist() == pytest.approx((before["first"] * 10).tolist())
    own = ["first", "young"]
    pd.testing.assert_frame_equal(after.drop(columns=own), before.drop(columns=own))


def test_a_process_that_only_has_a_youth_has_no_steady_pace(frames: Frames) -> None:
    values = block_values(frames.invocations, frames.iterations, frames.pings, ["survey"])
    assert values["real"].isna().all() and values["young"].notna().all()
    own = (
        frames.iterations.query("valid and young").groupby(KEYS, observed=True)["real_ns"].median()
    )
    assert values["typical"].to_numpy() == pytest.approx(own.loc[values.index].to_numpy())
    assert values["concurrency"].equals(values_of(frames)["concurrency"])
    assert block_drifts(frames.iterations, ["survey"]).empty


def test_the_halves_of_a_window_are_those_of_its_iterations(frames: Frames) -> None:
    rows = frames.iterations[frames.iterations["measured"]]  # three of five
    halves = block_drifts(frames.iterations).loc[("survey", "node/net", 3)]
    own = rows[(rows["contender"] == "node/net") & (rows["block"] == 3)]["real_ns"].to_numpy()
    assert np.exp(halves["first"]) == pytest.approx(own[0])
    assert np.exp(halves["second"]) == pytest.approx(own[1:].mean())


@given(st.floats(1e-6, 1e6))
def test_a_change_of_unit_moves_no_ratio(frames: Frames, unit: float) -> None:
    before = compare(values_of(frames), [PAIR], COMPARED, DECISIVE, 0)
    after = compare(values_of(frames) * unit, [PAIR], COMPARED, DECISIVE, 0)
    for left, right in zip(before, after):
        assert left.centre is not None and right.centre is not None
        assert left.centre.value == pytest.approx(right.centre.value)
        assert left.p == right.p


def test_exchanging_the_contenders_inverts_the_ratio_and_keeps_p(frames: Frames) -> None:
    values = values_of(frames)
    back = Pair(workload=PAIR.workload, a=PAIR.b, b=PAIR.a, same_tier=True)
    (there,), (other) = compare(values, [PAIR], ["real"], DECISIVE, 0), compare(
        values, [back], ["real"], DECISIVE, 0
    )
    assert there.centre is not None and other[0].centre is not None
    assert there.centre.value == pytest.approx(1 / other[0].centre.value)
    assert there.p == other[0].p


def test_what_was_not_observed_or_is_zero_has_no_value(frames: Frames) -> None:
    invocations = frames.invocations.assign(startup_ns=float("nan"), cpu_ns=0.0)
    values = block_values(invocations, frames.iterations, frames.pings)
    assert values[["startup", "cpu"]].isna().all().all()
    found = {c.metric: c.centre for c in compare(values, [PAIR], ["startup", "real"], DECISIVE, 0)}
    assert found["startup"] is None
    assert found["real"] is not None


def test_a_block_that_only_one_of_them_has_is_in_no_ratio(frames: Frames) -> None:
    values = values_of(frames).drop(index=("survey", "node/net", 0))
    (found,) = compare(values, [PAIR], ["real"], DECISIVE, 0)
    assert found.centre is not None
    assert found.centre.blocks == 7


def test_the_mean_of_a_block_is_its_value_and_leaves_out_what_is_invalid(frames: Frames) -> None:
    broken = frames.iterations["block"] == 2
    some = frames.iterations.assign(valid=frames.iterations["valid"] & ~broken)
    found = block_means(some, "survey", "real_ns")
    due = values_of(frames)["real"].drop(index=2, level="block")
    assert found.to_dict() == pytest.approx({key[1:]: value for key, value in due.items()})
    assert block_means(some, "sequential", "real_ns").empty


def test_the_origin_s_bound_is_estimated_like_real_and_stays_below_it(frames: Frames) -> None:
    bounds = bound_figures(frames.iterations, "survey")
    reals = values_of(frames)["real"]
    assert bounds.keys() == {"python/streams", "node/net"}
    for contender, (bound, beyond) in bounds.items():
        own = np.log(reals.xs(contender, level="contender").to_numpy(dtype=np.float64))
        assert 0 < beyond.value < bound.value < centre(own).value
        assert bound.low is not None and bound.high is not None
        assert bound.low <= bound.value <= bound.high


def test_without_the_origin_s_times_there_is_no_bound(frames: Frames) -> None:
    nobody = frames.iterations.assign(bound_ns=float("nan"))
    assert bound_figures(nobody, "survey") == {}
    one = frames.iterations["contender"] == "node/net"
    joined = frames.iterations["bound_ns"].where(~one)
    assert bound_figures(frames.iterations.assign(bound_ns=joined), "survey").keys() == {
        "python/streams"
    }


def test_a_bound_that_is_not_below_real_in_every_block_is_not_shown(frames: Frames) -> None:
    late = (frames.iterations["block"] == 3) & (frames.iterations["contender"] == "node/net")
    bound = frames.iterations["bound_ns"].mask(late, 2.0 * frames.iterations["real_ns"])
    assert bound_figures(frames.iterations.assign(bound_ns=bound), "survey").keys() == {
        "python/streams"
    }


def test_the_times_per_site_add_up_to_the_total_time(frames: Frames) -> None:
    sites = time_per_site(frames.pings, "survey", 2)
    assert sites.keys() == {"python/streams", "node/net"}
    assert sites["node/net"].index.tolist() == [(0, 0), (0, 1), (1, 0), (1, 1)]
    measured = frames.iterations.query("contender == 'node/net' and measured")
    assert sites["node/net"].sum() == pytest.approx(measured["sum_ns"].mean())


def test_a_site_s_time_is_the_mean_of_its_pings(frames: Frames, pings: pd.DataFrame) -> None:
    own = pings.query("contender == 'node/net' and chain == 1 and ping == 0 and measured")
    found = time_per_site(frames.pings, "survey", 2)["node/net"]
    assert found[1, 0] == own["duration_ns"].mean()


def test_visits_to_one_site_follow_each_other(frames: Frames) -> None:
    longer = {}
    for cell, own in frames.pings.items():
        twice = pd.concat([own.places.rename(index=lambda p: 2 * p + i, level=1) for i in (0, 1)])
        longer[cell] = replace(own, places=twice)
    found = time_per_site(longer, "survey", 2)
    for contender, means in time_per_site(frames.pings, "survey", 2).items():
        pd.testing.assert_series_equal(found[contender], means, check_names=False)


def test_the_place_in_the_chain_has_a_mean_over_all_chains(
    frames: Frames, pings: pd.DataFrame
) -> None:
    own = pings.query("contender == 'node/net' and measured").groupby("ping")["duration_ns"].mean()
    found = time_per_position(frames.pings, "survey")["node/net"]
    assert found.tolist() == own.tolist()


def _busy(frames: Frames, **columns: Any) -> list[tuple[str, str]]:
    return origin_limited(frames.invocations.assign(**columns))


def test_a_busy_origin_is_found_per_workload_and_contender(frames: Frames) -> None:
    wall = frames.invocations["origin_wall_ns"]
    share = (
        frames.invocations["contender"].astype(str).map({"node/net": 0.81, "python/streams": 0.8})
    )
    assert _busy(frames, origin_cpu_ns=wall * share) == [("survey", "node/net")]
    assert _busy(frames, origin_cpu_ns=float("nan"), origin_wall_ns=float("nan")) == []


def test_the_generator_says_when_its_origin_is_busy(tmp_path: Path) -> None:
    run = SyntheticRun(blocks=6, workloads=("survey",), contenders=("node/net",), origin_busy=0.9)
    frames = frames_of(RunFolder.read(write_run(tmp_path, run)))
    assert origin_limited(frames.invocations) == [("survey", "node/net")]
