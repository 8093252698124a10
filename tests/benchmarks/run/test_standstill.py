"""When everything stood still is told from a machine that is merely busy."""

import pytest

from benchmarks.run.standstill import SLACK_NS, TICK_NS, Moment, Pulse, stood_still_ns

S = 10**9


@pytest.mark.parametrize(
    ("running_s", "all_s", "lost_s"),
    [
        (1, 1, 0),  # a tick
        (3, 3, 0),  # late, on a busy machine
        (16, 16, 15),  # all processes were stopped
        (1, 3601, 3600),  # the machine slept for an hour
        (5, 65, 64),  # it slept, and was stopped before
        (1, 0, 0),  # a clock that goes back says nothing
    ],
)
def test_a_sleep_and_a_stop_are_seen(running_s: int, all_s: int, lost_s: int) -> None:
    before = Moment(running=7 * S, all=100 * S)
    after = Moment(running=(7 + running_s) * S, all=(100 + all_s) * S)
    assert stood_still_ns(before, after) == lost_s * S


def test_what_a_scheduler_may_do_is_no_standstill() -> None:
    before = Moment(running=0, all=0)
    for late in (0, SLACK_NS):
        at = TICK_NS + late
        assert stood_still_ns(before, Moment(running=at, all=at)) == 0


def test_a_pulse_ends_with_what_it_watches() -> None:
    with Pulse() as pulse:
        assert pulse.lost_ns() >= 0
    assert not pulse._thread.is_alive()
