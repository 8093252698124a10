"""M1 and M2: manifests that are not valid, and runners that cannot be built."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conformance.checks import check
from tests.fakes.command_line import CommandLine
from tests.fakes.folder import Table, make_fake

pytestmark = pytest.mark.deadline(120)

# What is changed in an honest runner's manifest, and what the complaint must name.
RUNNER_KEYS: dict[str, tuple[Table, str]] = {
    "unknown key": ({"colour": "#112233"}, "colour"),
    "unknown schema": ({"schema": 2}, "schema"),
    "schema missing": ({"schema": None}, "schema"),
    "language missing": ({"language": None}, "language"),
    "language not a string": ({"language": 3}, "language"),
    "build not a list": ({"build": "make"}, "build"),
    "bad color": ({"color": "red; background: url(x)"}, "color"),
    "bad name": ({"name": "Fake_1"}, "name"),
}
CONTENDER_KEYS: dict[str, tuple[Table, str]] = {
    "unknown key": ({"warmup": 3}, "warmup"),
    "wrong type": ({"optional": "yes"}, "optional"),
    "bad name": ({"name": "ping~2"}, "name"),
    "label missing": ({"label": None}, "label"),
    "families missing": ({"families": None}, "families"),
    "tier missing": ({"tier": None}, "tier"),
    "unknown tier": ({"tier": "middle"}, "tier"),
    "command missing": ({"command": None}, "command"),
    "command absolute": ({"command": ["/bin/true"]}, "command"),
    "command outside": ({"command": ["../honest/ping"]}, "command"),
    "source missing": ({"sources": ["nowhere.py"]}, "sources"),
    "source absolute": ({"sources": ["/etc/hostname"]}, "sources"),
    "source outside": ({"sources": ["../secret.py"]}, "sources"),
    "source a link to the outside": ({"sources": ["link.py"]}, "sources"),
    "environment not of strings": ({"environment": {"DEPTH": 3}}, "environment"),
}


def assert_only_m1(command_line: CommandLine, name: str, *folders: Path, names: str) -> None:
    checked = check(command_line, name, *folders)
    (row,) = (row for row in checked.rows if row["ok"] is False)
    assert row["rule"] == "M1" and names in row["seen"] and "runner.toml" in row["seen"], row
    assert checked.status == 1


@pytest.mark.parametrize("change", RUNNER_KEYS)
def test_m1_names_file_and_key_of_a_bad_runner(command_line: CommandLine, change: str) -> None:
    table, key = RUNNER_KEYS[change]
    folder = make_fake(command_line.home / "runners", name="broken", runner=table)
    assert_only_m1(command_line, "broken", folder, names=key)


@pytest.mark.parametrize("change", CONTENDER_KEYS)
def test_m1_names_file_and_key_of_a_bad_contender(command_line: CommandLine, change: str) -> None:
    table, key = CONTENDER_KEYS[change]
    folder = make_fake(command_line.home / "runners", name="broken", contender=table)
    (folder.parent / "secret.py").write_text("")
    (folder / "link.py").symlink_to(folder.parent / "secret.py")
    assert_only_m1(command_line, "broken", folder, names=key)


Spoil = Callable[[Path], object]
SPOILS: dict[str, Spoil] = {
    "not TOML": lambda file: file.write_text("name = [[["),
    "not UTF-8": lambda file: file.write_bytes(b'name = "\xff"\n'),
    "no contender": lambda file: file.write_text(file.read_text().partition("[[contender]]")[0]),
    "contender twice": lambda file: file.write_text(
        file.read_text() + "[[contender]]" + file.read_text().partition("[[contender]]")[2]
    ),
}


@pytest.mark.parametrize("spoil", SPOILS)
def test_m1_is_broken_by_a_manifest_that_is_spoilt(command_line: CommandLine, spoil: str) -> None:
    folder = make_fake(command_line.home / "runners", name="broken")
    SPOILS[spoil](folder / "runner.toml")
    assert_only_m1(command_line, "broken", folder, names="")


def test_m1_is_broken_by_two_folders_with_one_name(command_line: CommandLine) -> None:
    first = make_fake(command_line.home / "first", name="twin", runner={"build": ["false"]})
    second = make_fake(command_line.home / "second", name="twin", runner={"build": ["false"]})
    rows = check(command_line, "twin", first, second).rows
    assert [row["seen"] for row in rows if row["rule"] == "M1" and row["ok"] is False]


def test_one_folder_named_twice_counts_once(command_line: CommandLine) -> None:
    folder = make_fake(command_line.home, name="single", runner={"build": ["false"]})
    rows = check(command_line, "single", folder, folder).rows
    assert [row["ok"] for row in rows if row["rule"] == "M1"] == [True]


# A runner that cannot be built or asked for its version is not started at all, so nothing
# but M2 is examined.
NOT_BUILT: dict[str, Table] = {
    "build fails": {"build": ["{python}", "-c", "import sys; sys.exit('no compiler today')"]},
    "build is no executable": {"build": ["awaitbench-no-such-tool"]},
    "version fails": {"version": ["{python}", "-c", "import sys; sys.exit('no version today')"]},
    "version is no executable": {"version": ["awaitbench-no-such-tool"]},
}


@pytest.mark.parametrize("case", NOT_BUILT)
def test_m2_is_broken_and_nothing_else(command_line: CommandLine, case: str) -> None:
    folder = make_fake(command_line.home, name="broken", runner=NOT_BUILT[case])
    checked = check(command_line, "broken", folder)
    assert (checked.rules(False), checked.status) == ({"M2"}, 1)


@pytest.mark.parametrize("case", ["build fails", "version fails"])
def test_m2_shows_what_the_command_printed(command_line: CommandLine, case: str) -> None:
    folder = make_fake(command_line.home, name="broken", runner=NOT_BUILT[case])
    (row,) = (row for row in check(command_line, "broken", folder).rows if row["rule"] == "M2")
    assert "today" in row["seen"]


def test_a_runner_asked_for_whose_toolchain_is_missing_ends_check_with_3(
    command_line: CommandLine,
) -> None:
    changes = {"requires": ["awaitbench-no-such-tool"], "install": "Install the tool"}
    folder = make_fake(command_line.home, name="absent", runner=changes)
    checked = check(command_line, "absent", folder)
    assert (checked.rules(False), checked.status) == ({"M2"}, 3)
