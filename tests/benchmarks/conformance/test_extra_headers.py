"""A library that insists on a header is let in with it, exactly, and the report says so."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.benchmarks.conformance.checks import check
from tests.fakes.command_line import CommandLine
from tests.fakes.folder import fake_name, make_fake

HEADER = "User-Agent: fake"


def make(home: Path, program: str, headers: Sequence[str]) -> Path:
    contender = {"tier": "client", "extra_headers": headers or None}
    return make_fake(home / "runners", program, contender=contender)


@pytest.mark.parametrize(
    ("program", "headers", "broken"),
    [
        ("insists_on_header", [HEADER], set()),
        ("insists_on_header", [], {"W1"}),
        ("insists_on_header", ["User-Agent: fakir"], {"W1"}),
        ("honest", [HEADER], {"W1"}),
    ],
)
def test_w1_asks_for_just_the_headers_that_the_manifest_states(
    command_line: CommandLine, program: str, headers: Sequence[str], broken: set[str]
) -> None:
    folder = make(command_line.home, program, headers)
    rows = check(command_line, fake_name(program), folders=[folder]).rows
    basic = {row["rule"] for row in rows if row["ok"] is False}
    assert basic - {"W5", "W6", "W7", "W8"} == broken


def test_tables_mark_who_sends_more_and_say_what(command_line: CommandLine) -> None:
    folder = make(command_line.home, "insists_on_header", [HEADER])
    other = make(command_line.home, "honest", [])
    done = command_line.do(*command_line.run_arguments(folder, other))
    assert done.status == 0, done
    run = command_line.the_run()
    stated = {plan["id"]: plan.get("extra_headers") for plan in run.file["contenders"]}
    assert stated == {"insists-on-header/ping": [HEADER], "honest/ping": None}
    for text in (
        done.out,
        (run.folder / "summary.md").read_text(),
        (run.folder / "report.html").read_text(),
    ):
        assert "+18 B" in text
        said = " ".join(text.split())
        assert "holds 18 bytes more than the contract" in said and HEADER in said
