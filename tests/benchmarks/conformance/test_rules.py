"""Each rule has fakes that break it, and no rule that they need not break."""

import re

import pytest

from runners.rules import MANIFEST_RULES, PROTOCOL_RULES, WIRE_RULES
from tests.benchmarks.conformance.checks import Checks
from tests.fakes.command_line import processes_in

ALL_RULES = {*MANIFEST_RULES, *PROTOCOL_RULES, *WIRE_RULES}

# What each fake breaks. All but those of W5 to W8 behave in the scenarios made for one rule:
# there, whatever fails breaks that rule.
BREAKS: dict[str, set[str]] = {
    "honest": set(),
    # P1. The input of a program that is not ready is never ended, so P4 is not determined.
    "never_ready": {"P1"},
    "late_ready": {"P1"},
    "malformed_ready": {"P1"},
    "ready_without_runtime": {"P1"},
    "long_runtime": {"P1"},
    "crashes_at_start": {"P1"},
    # P2. An endless integer cannot be read at all, so that its record is missing: P3.
    "chatter": {"P2"},
    "invalid_utf8": {"P2"},
    "deep_nesting": {"P2"},
    "flood_line": {"P2"},
    "endless_lines": {"P2"},
    "line_after_done": {"P2"},
    "nan_time": {"P2"},
    "unending_integer": {"P2", "P3"},
    "duplicate_key": {"P2", "P3"},  # the repeated key is the iteration's number
    "float_time": {"P2"},
    "boolean_time": {"P2"},
    "negative_time": {"P2"},
    "huge_time": {"P2"},
    "extra_key": {"P2"},
    "missing_key": {"P2"},
    "missing_ping": {"P2"},
    "banner": {"P2"},
    # P3. What was not done is missing on the wire as well: W2, W3.
    "too_few": {"P3"},
    "extra_record": {"P2", "P3"},  # P2: a line more than due
    "wrong_order": {"P3"},
    "hangs_after_pings": {"P3"},
    "hangs_before_pings": {"P3", "W2", "W3"},
    "crashes_midway": {"P3", "P4", "W2", "W3"},  # P4: its status is 1
    # P4
    "exits_with_3": {"P4"},
    "stays": {"P4"},
    "leaves_child": {"P4"},
    "leaves_daemon": {"P4"},
    "leaves_heir": {"P4"},
    # P5
    "declines_with_1": {"P5"},
    "declines_on_stdout": {"P5"},
    "declines_silently": {"P5"},
    "declines_at_length": {"P5"},
    "ignores_bad_jobs": {"P5"},
    "crashes_on_bad_jobs": {"P5"},
    "lenient": {"P5"},
    # P6
    "pings_outside": {"P6"},
    "overlapping": {"P6"},
    "pauses": {"P6"},
    "starts_before_job": {"P6"},
    "ends_after_report": {"P6"},
    "connects_before_start": {"P6"},
    "pings_overlap": {"P6"},
    "shifted": {"P6", "W9"},  # W9: the answers were sent after their reported ends
    # W1
    "extra_header": {"W1"},
    "lower_case": {"W1"},
    "http_1_0": {"W1"},
    "host_without_port": {"W1"},
    "header_order": {"W1"},
    "uses_get": {"W1"},
    # W2
    "reconnects": {"W2"},
    "idle_connection": {"W2"},
    # A site that answered has closed the connection, so what is sent on it goes nowhere (W3).
    # Which ping lacks its request cannot be told, so W9 is not determined.
    "reuses": {"W2", "W3"},
    # W3
    "pings_twice": {"W3"},
    "skips_a_ping": {"W2", "W3"},  # W2: a connection is missing as well
    # W4. A ping that is early on the wire is early in its own record too, which breaks P6,
    # or is not, which breaks W9.
    "chain_at_once": {"P6", "W4"},
    "connects_ahead": {"W4", "W9"},
    "pipelines": {"W4", "W9"},
    # W5 to W8
    "chains_in_turn": {"W5"},
    "reads_to_eof": {"W6"},
    "pools": {"W6"},  # the one scenario in which a connection stays open after its answer
    "follows_redirect": {"W7"},
    "records_200": {"W7"},
    "aborts_chain": {"W8"},
    "retries": {"W8"},
    "wrong_word": {"W8"},
    "impatient": {"W8"},
    "fails_with_pings": {"W8"},
    # W9
    "shortens": {"W9"},
    "half_times": {"W9"},
    "constant_times": {"W9"},
    "wrong_status": {"W9"},
    "cries_reset": {"W9"},
    "late_start": {"W9"},
    # What never came to a site cannot be laid over anything, so W9 is not determined.
    "from_memory": {"W2", "W3"},
    "good_while_short": {"W9"},
}

pytestmark = pytest.mark.deadline(300)


@pytest.mark.parametrize("fake", BREAKS)
def test_check_lists_just_the_rules_that_a_fake_breaks(checks: Checks, fake: str) -> None:
    broken = {row["rule"]: row["seen"] for row in checks[fake].rows if row["ok"] is False}
    assert broken.keys() == BREAKS[fake], broken


@pytest.mark.parametrize("fake", ["honest"])
def test_check_finds_that_an_honest_program_keeps_every_rule(checks: Checks, fake: str) -> None:
    assert checks[fake].rules(True) == ALL_RULES


@pytest.mark.parametrize("fake", ["honest"])
def test_check_exits_with_0_when_every_rule_is_kept(checks: Checks, fake: str) -> None:
    assert checks[fake].status == 0


@pytest.mark.parametrize("fake", ["shortens"])
def test_check_exits_with_1_when_a_rule_is_broken(checks: Checks, fake: str) -> None:
    assert checks[fake].status == 1


@pytest.mark.parametrize("fake", ["shortens", "extra_header", "never_ready"])
def test_each_rule_has_one_row(checks: Checks, fake: str) -> None:
    rules = [row["rule"] for row in checks[fake].rows]
    assert sorted(rules) == sorted(ALL_RULES)


@pytest.mark.parametrize("fake", ["shortens", "extra_header", "crashes_midway", "never_ready"])
def test_every_row_says_what_was_expected_and_every_other_than_true_what_was_seen(
    checks: Checks, fake: str
) -> None:
    for row in checks[fake].rows:
        assert row["expected"] and (row["seen"] or row["ok"]), row


@pytest.mark.parametrize("fake", ["never_ready", "hangs_after_pings", "stays", "leaves_daemon"])
def test_after_a_program_had_to_be_stopped_the_scenarios_left_are_not_started(
    checks: Checks, fake: str
) -> None:
    assert checks[fake].rules(None) >= {"W5", "W6", "W7", "W8"}


@pytest.mark.parametrize("fake", ["leaves_child", "leaves_daemon", "leaves_heir", "stays"])
def test_nothing_that_a_program_leaves_behind_survives_the_check(checks: Checks, fake: str) -> None:
    assert checks[fake].status == 1
    assert processes_in(checks.root / fake) == []


@pytest.mark.parametrize("fake", ["crashes_midway"])
def test_a_finding_shows_what_the_program_wrote_to_standard_error(
    checks: Checks, fake: str
) -> None:
    assert any("out of luck" in row["seen"] for row in checks[fake].rows)


@pytest.mark.parametrize(
    ("fake", "said"),
    [
        ("wrong_word", r'site ‘refuse’ \(.*\): expected "refused", 0 requests; seen "reset", 0'),
        ("retries", r'site ‘reset’ \(.*\): expected "reset", 1 request; seen "reset", 2 requests'),
        ("impatient", r'expected "timeout", .* no earlier than 450 ms; seen .* after 2\d\d ms'),
        (
            "aborts_chain",
            r'the next site \(.*\), after ‘refuse’: expected 200, 1 request; seen "ref',
        ),
    ],
)
def test_w8_names_site_kind_expected_and_seen(checks: Checks, fake: str, said: str) -> None:
    (seen,) = (row["seen"] for row in checks[fake].rows if row["rule"] == "W8")
    assert re.search(said, seen), seen


@pytest.mark.parametrize("fake", ["crashes_midway"])
def test_what_was_not_examined_tells_which_program_ended_by_itself(
    checks: Checks, fake: str
) -> None:
    unexamined = {row["seen"] for row in checks[fake].rows if row["ok"] is None}
    who = "crashes-midway/ping ended with status 1 after "
    assert any(who in seen and "scenario ‘close’" in seen for seen in unexamined), unexamined


@pytest.mark.parametrize("fake", ["crashes_at_start"])
def test_check_exits_with_3_where_a_program_could_not_be_started(checks: Checks, fake: str) -> None:
    assert checks[fake].status == 3
    assert any("could not be started" in row["seen"] for row in checks[fake].rows)
