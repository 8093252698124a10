"""A runner by several toolchains: its contenders come once more, under the version that is told."""

import stat
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.run.selection import choose_contenders
from results.errors import MissingError, UsageError
from runners.also import with_others
from runners.discovery import Discovery, discover
from runners.roster import Ready, prepare_all, start_of
from tests.fixtures import Folders


def executable(file: Path, says: str) -> Path:
    file.write_text(f"#!/bin/sh\necho '{says}'\n")
    file.chmod(file.stat().st_mode | stat.S_IXUSR)
    return file


@pytest.fixture
def found(folders: Folders) -> Discovery:
    folders.make(
        "lang",
        runner={"version": ["lang", "--version"]},
        contender={"command": ["lang", "ping.py"]},
    )
    folders.make("other")
    return discover((), folders.parent)


def test_contenders_come_once_more_under_their_versions(found: Discovery, tmp_path: Path) -> None:
    old, new = (executable(tmp_path / name, f"v{name}.4.0") for name in ("20", "22"))
    both = with_others(found, [("lang", old), ("lang", new)], {})
    chosen = choose_contenders(both, ())
    assert [c.id for c in chosen] == [
        "lang/ping",
        "lang/ping@20.4.0",
        "lang/ping@22.4.0",
        "other/ping",
    ]
    own, *added, _ = (c.label for c in chosen)
    assert added == [f"{own} 20.4.0", f"{own} 22.4.0"]
    for wanted, count in (
        ("lang", 3),
        ("lang/ping", 3),
        ("lang@22.4.0", 1),
        ("lang/ping@20.4.0", 1),
    ):
        assert len(choose_contenders(both, [wanted])) == count
    ready = prepare_all(both, {"lang": executable(tmp_path / "own", "v19")}, chosen)
    for name, path in (("lang@20.4.0", old), ("lang@22.4.0", new), ("lang", tmp_path / "own")):
        runner = ready[name]
        assert isinstance(runner, Ready)
        assert start_of(runner, runner.manifest.contenders[0]).argv[0] == str(path)


def test_a_contender_with_a_build_of_its_own_comes_once(found: Discovery, tmp_path: Path) -> None:
    lang, other = found.manifests
    (ping,) = lang.contenders
    built = replace(ping, name="built", build=(("make",),))
    found = replace(found, manifests=(replace(lang, contenders=(ping, built)), other))
    both = with_others(found, [("lang", executable(tmp_path / "22", "v22.4.0"))], {})
    ids = [contender.id for contender in choose_contenders(both, ["lang"])]
    assert ids == ["lang/ping", "lang/built", "lang/ping@22.4.0"]


def test_the_one_that_takes_part_anyway_is_told_with_its_version(
    found: Discovery, tmp_path: Path
) -> None:
    own, *others = (executable(tmp_path / name, f"v{name}.4.0") for name in ("18", "20", "22"))
    both = with_others(found, [("lang", path) for path in others], {"lang": own})
    labels = {c.id: c.label for c in choose_contenders(both, ())}
    (plain,) = (c.label for c in choose_contenders(found, ["lang"]))
    assert labels["lang/ping"] == f"{plain} 18.4.0"
    assert labels["lang/ping@22.4.0"] == f"{plain} 22.4.0"


def test_what_starts_nobody_is_bad_usage(found: Discovery, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="known are .*lang"):
        with_others(found, [("land", executable(tmp_path / "x", "v1"))], {})


def test_one_version_twice_is_bad_usage(found: Discovery, tmp_path: Path) -> None:
    file = executable(tmp_path / "x", "v1.2")
    with pytest.raises(UsageError, match=r"--also lang=.*lang@1\.2 is there already; give"):
        with_others(found, [("lang", file), ("lang", file)], {})


def test_the_version_that_takes_part_anyway_is_not_added(found: Discovery, tmp_path: Path) -> None:
    own, same = (executable(tmp_path / name, "v1.2.3") for name in ("own", "same"))
    with pytest.raises(UsageError, match=r"lang itself has version 1\.2\.3"):
        with_others(found, [("lang", same)], {"lang": own})
    # Nobody else has it where the machine has no such language.
    both = with_others(found, [("lang", same)], {})
    assert "lang@1.2.3" in {manifest.name for manifest in both.manifests}


def test_what_cannot_be_added_is_named_with_the_option(folders: Folders, tmp_path: Path) -> None:
    folders.make(
        "lang",
        runner={"version": ["lang", "--version"], "version_min": "20.3"},
        contender={"command": ["lang", "ping.py"]},
    )
    found = discover((), folders.parent)
    old = executable(tmp_path / "old", "v18.1")
    with pytest.raises(
        MissingError, match=r"^--also lang=.*old: .v18\.1. is older than 20\.3.*\.$"
    ):
        with_others(found, [("lang", old)], {})
    silent = executable(tmp_path / "silent", "")
    with pytest.raises(MissingError, match=r"^--also lang=.*silent: `lang --version` ended"):
        with_others(found, [("lang", silent)], {})


def test_a_runner_that_is_built_needs_a_folder_for_each_build(
    found: Discovery, tmp_path: Path
) -> None:
    built = replace(found, manifests=tuple(replace(m, build=(("true",),)) for m in found.manifests))
    with pytest.raises(UsageError, match="copy the folder, name the other lang in its runner.toml"):
        with_others(built, [("lang", executable(tmp_path / "x", "v1"))], {})


def test_what_names_no_version_cannot_be_told_apart(found: Discovery, tmp_path: Path) -> None:
    with pytest.raises(MissingError, match="names no version"):
        with_others(found, [("lang", executable(tmp_path / "x", "hello"))], {})
