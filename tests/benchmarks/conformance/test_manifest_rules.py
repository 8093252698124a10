"""M1 and M2: manifests that are not valid, and runners that cannot be built."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.benchmarks.conformance.checks import Checked, check
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


Spoil = Callable[[Path], object]
SPOILS: dict[str, Spoil] = {
    "not TOML": lambda file: file.write_text("name = [[["),
    "not UTF-8": lambda file: file.write_bytes(b'name = "\xff"\n'),
    "no contender": lambda file: file.write_text(file.read_text().partition("[[contender]]")[0]),
    "contender twice": lambda file: file.write_text(
        file.read_text() + "[[contender]]" + file.read_text().partition("[[contender]]")[2]
    ),
}

# A runner that cannot be built or asked for its version is not started at all, so nothing
# but M2 is examined.
NOT_BUILT: dict[str, Table] = {
    "build fails": {"build": ["{python}", "-c", "import sys; sys.exit('no compiler today')"]},
    "build is no executable": {"build": ["awaitbench-no-such-tool"]},
    "version fails": {"version": ["{python}", "-c", "import sys; sys.exit('no version today')"]},
    "version is no executable": {"version": ["awaitbench-no-such-tool"]},
}


def slug(kind: str, case: str) -> str:
    return f"{kind}-{case}".lower().replace(" ", "-")[:32]


def make_all(parent: Path) -> Iterator[tuple[str, Path]]:
    """Make a folder for each case, with its name."""
    parent.mkdir()
    (parent / "secret.py").write_text("")
    for case, (changes, _) in RUNNER_KEYS.items():
        name = slug("runner", case)
        yield name, make_fake(parent, name=name, runner=changes)
    for case, (changes, _) in CONTENDER_KEYS.items():
        name = slug("contender", case)
        yield name, make_fake(parent, name=name, contender=changes)
        (parent / name / "link.py").symlink_to(parent / "secret.py")
    for case, spoil in SPOILS.items():
        name = slug("spoilt", case)
        folder = make_fake(parent, name=name)
        spoil(folder / "runner.toml")
        yield name, folder
    for case, changes in NOT_BUILT.items():
        name = slug("unbuilt", case)
        yield name, make_fake(parent, name=name, runner=changes)


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Checked:
    """One check of all of them: no broken runner keeps another from being examined."""
    home = tmp_path_factory.mktemp("manifests")
    folders = dict(make_all(home / "runners"))
    return check(CommandLine(home), *folders, folders=folders.values())


def broken_rows(checked: Checked, name: str) -> dict[str, str]:
    """Return the broken rules of a runner, and what was seen of them."""
    return {
        row["rule"]: row["seen"]
        for row in checked.rows
        if row["contender"].partition("/")[0] == name and row["ok"] is False
    }


def assert_m1_names(checked: Checked, name: str, key: str) -> None:
    rows = broken_rows(checked, name)
    assert rows.keys() == {"M1"}
    assert f"{name}/runner.toml" in rows["M1"] and key in rows["M1"]


@pytest.mark.parametrize("case", RUNNER_KEYS)
def test_m1_names_file_and_key_of_a_bad_runner(checked: Checked, case: str) -> None:
    assert_m1_names(checked, slug("runner", case), RUNNER_KEYS[case][1])


@pytest.mark.parametrize("case", CONTENDER_KEYS)
def test_m1_names_file_and_key_of_a_bad_contender(checked: Checked, case: str) -> None:
    assert_m1_names(checked, slug("contender", case), CONTENDER_KEYS[case][1])


@pytest.mark.parametrize("case", SPOILS)
def test_m1_names_the_file_that_is_spoilt(checked: Checked, case: str) -> None:
    assert_m1_names(checked, slug("spoilt", case), "")


@pytest.mark.parametrize("case", NOT_BUILT)
def test_m2_is_broken_and_nothing_else(checked: Checked, case: str) -> None:
    assert broken_rows(checked, slug("unbuilt", case)).keys() == {"M2"}


@pytest.mark.parametrize("case", ["build fails", "version fails"])
def test_m2_shows_what_the_command_printed(checked: Checked, case: str) -> None:
    assert "today" in broken_rows(checked, slug("unbuilt", case))["M2"]


def test_check_exits_with_1_when_a_manifest_is_broken(checked: Checked) -> None:
    assert checked.status == 1


def test_m1_is_broken_by_two_folders_with_one_name(command_line: CommandLine) -> None:
    first = make_fake(command_line.home / "first", name="twin", runner={"build": ["false"]})
    second = make_fake(command_line.home / "second", name="twin", runner={"build": ["false"]})
    rows = check(command_line, "twin", folders=[first, second]).rows
    assert [row["seen"] for row in rows if row["rule"] == "M1" and row["ok"] is False]


def test_one_folder_named_twice_counts_once(command_line: CommandLine) -> None:
    folder = make_fake(command_line.home, name="single", runner={"build": ["false"]})
    rows = check(command_line, "single", folders=[folder, folder]).rows
    assert [row["ok"] for row in rows if row["rule"] == "M1"] == [True]


def test_a_runner_asked_for_whose_toolchain_is_missing_ends_check_with_3(
    command_line: CommandLine,
) -> None:
    changes = {"requires": ["awaitbench-no-such-tool"], "install": "Install the tool"}
    folder = make_fake(command_line.home, name="absent", runner=changes)
    checked = check(command_line, "absent", folders=[folder])
    assert (checked.rules(False), checked.status) == ({"M2"}, 3)


def test_a_runner_whose_toolchain_is_too_old_is_skipped_and_no_rule_is_broken(
    command_line: CommandLine,
) -> None:
    folder = make_fake(
        command_line.home, runner={"version": ["echo", "fakes 1.9"], "version_min": "1.10"}
    )
    checked = check(command_line, folders=[folder])
    assert (checked.rows, checked.status) == ((), 3)
