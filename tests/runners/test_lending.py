"""`sources_from`: one runner runs the programs of another, which are hashed and stored as that one's."""

from pathlib import Path

import pytest

from runners.discovery import Discovery, discover
from runners.manifest import Manifest
from runners.roster import Ready, prepare, start_of
from tests.fakes.folder import Value
from tests.fixtures import Folders


def found(folders: Folders, **contender: Value) -> Discovery:
    """What is found where `borrower` runs the program of `lender`."""
    folders.make("lender", program="original")
    borrower = folders.make("borrower", contender={"sources_from": "lender", **contender})
    (borrower / "ping.py").unlink()
    return discover((), folders.parent)


def manifest(discovery: Discovery, name: str) -> Manifest:
    return next(each for each in discovery.manifests if each.name == name)


def ready(folders: Folders, name: str = "borrower") -> Ready:
    made = prepare(manifest(discover((), folders.parent), name), {})
    assert isinstance(made, Ready), made
    return made


def test_the_program_is_started_in_the_folder_that_it_lies_in(folders: Folders) -> None:
    lender, borrower = folders.parent / "lender", folders.parent / "borrower"
    (contender,) = manifest(found(folders), "borrower").contenders
    start = start_of(ready(folders), contender)
    assert (start.folder, start.argv[-1]) == (lender.resolve(), "ping.py")
    assert ready(folders).manifest.homes == {
        "borrower": borrower.resolve(),
        "lender": lender.resolve(),
    }


def test_an_executable_of_its_own_is_found_in_its_own_folder(folders: Folders) -> None:
    (contender,) = manifest(found(folders, command=["mine/run", "x"]), "borrower").contenders
    (folders.parent / "borrower" / "mine").mkdir()
    (folders.parent / "borrower" / "mine" / "run").touch()
    start = start_of(ready(folders), contender)
    assert start.argv[0] == str(folders.parent.resolve() / "borrower" / "mine" / "run")


def test_a_change_on_either_side_changes_what_was_measured(folders: Folders) -> None:
    found(folders)
    hashes = [ready(folders).hash]
    (folders.parent / "lender" / "ping.py").write_text("changed")
    hashes.append(ready(folders).hash)
    (folders.parent / "borrower" / "more.py").write_text("new")
    hashes.append(ready(folders).hash)
    assert len({*hashes, ready(folders, "lender").hash}) == 4


@pytest.mark.parametrize(
    ("contender", "key", "said"),
    [
        ({"sources_from": "nobody"}, "sources_from", "no other runner ‘nobody’"),
        ({"sources_from": "borrower"}, "sources_from", "no other runner ‘borrower’"),
        ({"sources": ["absent.py"]}, "sources[0]", "no file ‘absent.py’ in lender"),
        ({"sources": ["ping.py", "../x"]}, "sources[1]", "leads out"),
    ],
)
def test_who_borrows_what_is_not_there_is_left_out_alone(
    folders: Folders, contender: dict[str, Value], key: str, said: str
) -> None:
    discovery = found(folders, **contender)
    assert [each.name for each in discovery.manifests] == ["lender"]
    (broken,) = discovery.broken
    assert broken.name == "borrower"
    assert f"borrower/runner.toml: contender[0].{key}: " in broken.problem
    assert said in broken.problem


def test_who_borrows_from_a_broken_runner_is_left_out_too(folders: Folders, tmp_path: Path) -> None:
    folders.make("lender", runner={"schema": 2})
    folders.make("borrower", contender={"sources_from": "lender"})
    discovery = discover((), folders.parent)
    assert discovery.manifests == ()
    assert sorted(broken.name for broken in discovery.broken) == ["borrower", "lender"]
