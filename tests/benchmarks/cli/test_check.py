"""`check` examines what is optional where it is asked for, and says what it left out."""

from collections.abc import Sequence

import pytest
from click.testing import CliRunner, Result

from benchmarks.cli import check as command
from runners.discovery import discover
from tests.fakes.folder import make_fake
from tests.fixtures import Folders

pytestmark = pytest.mark.usefixtures("subreaper")


@pytest.fixture
def check(folders: Folders, monkeypatch: pytest.MonkeyPatch) -> "Check":
    make_fake(folders.parent, name="usual", contenders=("first",))
    make_fake(folders.parent, name="guest", runner={"optional": True}, contenders=("one", "two"))
    absent = {"optional": True, "requires": ["no-such-program"], "install": "Get it"}
    make_fake(folders.parent, name="absent", runner=absent)
    monkeypatch.setattr(command, "discover_runners", lambda _: discover((), folders.parent))
    return Check()


class Check:
    def __call__(self, *words: str) -> Result:
        return CliRunner().invoke(command.check, words, standalone_mode=False)

    def examined(self, *words: str) -> Sequence[str]:
        rows = [line.split() for line in self(*words).stdout.splitlines()]
        return sorted({row[1] for row in rows if row[0] == "ok" and "/" in row[1]})


def test_what_is_optional_is_named_and_left_out(check: Check) -> None:
    done = check()
    assert done.return_value == 0
    assert check.examined() == ["usual/first"]
    assert "Only with --optional or by name: absent, guest." in done.output


def test_with_optional_all_are_examined_but_those_not_installed_which_is_said(check: Check) -> None:
    done = check("--optional")
    assert done.return_value == 0
    assert "absent skipped, no-such-program not found on PATH (Get it)." in done.output
    assert check.examined("--optional") == ["guest/one", "guest/two", "usual/first"]


def test_the_name_of_an_optional_runner_asks_for_its_contenders(check: Check) -> None:
    assert check.examined("guest") == ["guest/one", "guest/two"]
    assert check.examined("guest/two") == ["guest/two"]
