"""A run's folder: lines are appended whole or not at all, and everything else is replaced whole."""

import json
import os
import resource
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest

from benchmarks.run.store import (
    LATEST,
    OUT_VARIABLE,
    RESUME,
    RunStore,
    find_run,
    room_for_runs,
    runs_folder,
    store_semantics,
)
from results.claims import SemanticsFile
from results.errors import StorageError, UnreadableRun, UsageError
from results.format import INVOCATIONS_FILE, PINGS_FILE, RUN_FILE, SOURCES_FOLDER
from results.line_format import Invocation
from results.pings import StoredPings
from results.run_folder import read_plan
from runners.content import content_hash
from runners.manifest import read_manifest
from tests.benchmarks.run.lines import line_of, run_of
from tests.fixtures import Folders


@pytest.fixture(autouse=True)
def out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(OUT_VARIABLE, str(tmp_path / "out"))
    return tmp_path / "out"


@pytest.fixture
def store() -> RunStore:
    return RunStore.create(run_of("one"), [])


@pytest.fixture
def pings() -> StoredPings:
    """What the origin and a program saw of an invocation without records."""
    none = np.zeros(0, dtype=np.int64)
    columns: dict[str, Any] = dict.fromkeys((field.name for field in fields(StoredPings)), none)
    columns |= {"heads": (), "incomplete": ()}
    return StoredPings(**columns)


def saying(runtime: str) -> Invocation:
    """Return a line whose program called itself something."""
    line = line_of(0, "survey", "a")
    line["runtime"] = runtime
    return line


def short(text: object) -> str:
    """Return what a test is called by."""
    return repr(text)[:12]


@contextmanager
def full_disk(size: int) -> Iterator[None]:
    """Let no file grow over `size`, as a full disk would."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def test_a_new_run_has_its_plan_its_sources_and_no_invocation(out: Path, folders: Folders) -> None:
    manifest = read_manifest(folders.make(program="print()"))
    store = RunStore.create(run_of("one"), [manifest])
    assert sorted(os.listdir(store.folder)) == sorted(
        [RUN_FILE, INVOCATIONS_FILE, PINGS_FILE, SOURCES_FOLDER]
    )
    assert store.folder == out / "one"
    assert json.loads((store.folder / RUN_FILE).read_text()) == run_of("one")
    assert content_hash(store.folder / SOURCES_FOLDER / "fake") == content_hash(manifest.folder)
    assert store.invocations() == []


def test_a_run_is_never_written_over(store: RunStore) -> None:
    with pytest.raises(StorageError):
        RunStore.create(run_of("one"), [])


def test_what_is_written_is_read_again(store: RunStore) -> None:
    lines = [line_of(0, "survey", "a"), line_of(0, "survey", "b")]
    for line in lines:
        store.append(line)
    again = RunStore.open(store.folder)
    assert (again.run, again.invocations()) == (store.run, lines)


def test_every_invocation_is_one_line(store: RunStore) -> None:
    store.append(saying("a\n\u2028\x85"))
    assert (store.folder / INVOCATIONS_FILE).read_bytes().count(b"\n") == 1


def test_text_that_is_no_unicode_can_be_stored(store: RunStore) -> None:
    store.append(saying("\ud800"))
    assert store.invocations()[0]["runtime"] == "?"


@pytest.mark.parametrize("torn", [b"x", b'{"block":0', b"\0" * 10])
def test_a_torn_last_line_is_cut_off_and_the_others_stay(store: RunStore, torn: bytes) -> None:
    store.append(line_of(0, "survey", "a"))
    with (store.folder / INVOCATIONS_FILE).open("ab") as file:
        file.write(torn)
    assert store.repair()
    assert store.invocations() == [line_of(0, "survey", "a")]
    assert not store.repair()


def test_a_file_with_nothing_but_a_torn_line_becomes_empty(store: RunStore) -> None:
    (store.folder / INVOCATIONS_FILE).write_bytes(b'{"bl')
    assert store.repair()
    assert store.invocations() == []


@pytest.mark.parametrize("room", [0, 10])
def test_a_full_disk_costs_no_earlier_line(store: RunStore, room: int) -> None:
    store.append(line_of(0, "survey", "a"))
    size = (store.folder / INVOCATIONS_FILE).stat().st_size
    with full_disk(size + room), pytest.raises(StorageError, match=f"`{RESUME} one`"):
        store.append(line_of(0, "survey", "b"))
    assert store.invocations() == [line_of(0, "survey", "a")]
    store.append(line_of(0, "survey", "b"))
    assert len(store.invocations()) == 2


def test_a_plan_is_replaced_whole_or_not_at_all(store: RunStore) -> None:
    before = (store.folder / RUN_FILE).read_bytes()
    store.run["status"] = "complete"
    with full_disk(10), pytest.raises(StorageError):
        store.save()
    assert (store.folder / RUN_FILE).read_bytes() == before
    assert sorted(os.listdir(store.folder)) == sorted([RUN_FILE, INVOCATIONS_FILE, PINGS_FILE])
    store.save()
    assert read_plan(store.folder / RUN_FILE)["status"] == "complete"
    assert (store.folder / RUN_FILE).stat().st_mode & 0o777 == 0o644


def test_lines_of_unfinished_groups_are_superseded_and_kept(store: RunStore) -> None:
    lines = [line_of(b, w, "a") for b, w in ((0, "survey"), (0, "parallel"), (1, "survey"))]
    for line in lines:
        store.append(line)
    assert store.supersede({(0, "survey"), (0, "parallel")}) == 1
    assert [line["superseded"] for line in store.invocations()] == [False, False, True]
    assert store.supersede({(0, "survey")}) == 1
    assert [line["superseded"] for line in store.invocations()] == [False, True, True]
    stored = store.invocations()
    for line in stored:
        line["superseded"] = False
    assert stored == lines


def test_superseding_on_a_full_disk_changes_nothing(store: RunStore) -> None:
    store.append(line_of(0, "survey", "a"))
    before = (store.folder / INVOCATIONS_FILE).read_bytes()
    with full_disk(10), pytest.raises(StorageError):
        store.supersede(set())
    assert (store.folder / INVOCATIONS_FILE).read_bytes() == before


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", "1", '{"schema": 1}', "[" * 9000, "\ud800"],
    ids=short,
)
def test_a_plan_that_is_none_is_refused(store: RunStore, text: str) -> None:
    (store.folder / RUN_FILE).write_bytes(text.encode("utf-8", "surrogatepass"))
    with pytest.raises(UnreadableRun, match="one/run.json: it"):
        RunStore.open(store.folder)


@pytest.mark.parametrize("line", ["{", "[]", "1", "{}", "[" * 9000, '{"block": 0}'], ids=short)
def test_a_damaged_line_is_named_by_its_number(store: RunStore, line: str) -> None:
    store.append(line_of(0, "survey", "a"))
    with (store.folder / INVOCATIONS_FILE).open("a") as file:
        file.write(f"{line}\n")
    with pytest.raises(UnreadableRun, match="line 2: "):
        store.invocations()


def test_a_run_is_found_by_id_path_and_as_the_latest(store: RunStore) -> None:
    assert find_run("one") == store.folder == find_run(str(store.folder)) == find_run(LATEST)


def test_the_latest_run_is_the_one_begun_last_whatever_happened_to_its_files(
    out: Path, store: RunStore
) -> None:
    later = run_of("a")
    later["started"] = "2026-01-01T00:00:01Z"
    second = RunStore.create(later, [])
    RunStore.create(run_of("zero"), [])  # begun in the same second as the first
    store.save()
    assert find_run(LATEST) == second.folder
    shutil.rmtree(second.folder)
    assert find_run(LATEST).name == "zero"


@pytest.mark.parametrize("text", ["", "[]", "{", '{"started": null, "id": 7}', "[" * 9000])
def test_a_run_that_does_not_say_when_it_began_is_latest_only_where_it_is_alone(
    out: Path, store: RunStore, text: str
) -> None:
    (out / "2").mkdir()
    (out / "2" / RUN_FILE).write_text(text)
    assert find_run(LATEST) == store.folder
    shutil.rmtree(store.folder)
    assert find_run(LATEST) == out / "2"


def test_a_share_without_modes_holds_a_run(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "fchmod", refused)
    monkeypatch.setattr(os, "chmod", refused)
    store = RunStore.create(run_of("two"), [])
    store.append(line_of(0, "survey", "a"))
    store.save()
    assert find_run("two") == store.folder


def test_a_run_that_cannot_be_begun_leaves_nothing_and_no_way_to_go_on_with_it(out: Path) -> None:
    with full_disk(10), pytest.raises(StorageError) as caught:
        RunStore.create(run_of("one"), [])
    assert "nothing was measured" in str(caught.value)
    assert "--resume" not in str(caught.value)
    assert not (out / "one").exists()


def test_where_claims_cannot_be_stored_there_is_no_way_to_go_on_either(store: RunStore) -> None:
    semantics = cast(SemanticsFile, {"text": "x" * 100})
    with full_disk(10), pytest.raises(StorageError) as caught:
        store_semantics(store.folder, semantics)
    assert "the run is as it was" in str(caught.value)
    assert "--resume" not in str(caught.value)


@pytest.mark.parametrize("name", ["none", "x" * 5000, ""], ids=["none", "long", "empty"])
def test_a_run_that_is_not_there_is_bad_usage(store: RunStore, name: str) -> None:
    with pytest.raises(UsageError, match="There is no run"):
        find_run(name)


def test_without_any_run_there_is_no_latest() -> None:
    with pytest.raises(UsageError, match=r"no run yet in …/out \(AWAITBENCH_OUT\)"):
        find_run(LATEST)


@pytest.mark.parametrize(
    ("below", "why"), [("", "File exists|Not a directory"), ("/runs", "Not a directory")]
)
def test_a_file_where_the_runs_should_lie_is_named_with_who_names_it(
    out: Path, monkeypatch: pytest.MonkeyPatch, below: str, why: str
) -> None:
    out.write_text("in the way")
    monkeypatch.setenv(OUT_VARIABLE, f"{out}{below}")
    said = rf"folder for runs, …/\w+, cannot be \w+ \(({why})\): AWAITBENCH_OUT names it"
    with pytest.raises(StorageError, match=said):
        room_for_runs()
    with pytest.raises(StorageError, match=said):
        find_run(LATEST)


def test_a_folder_for_runs_that_cannot_be_written_is_told_before_any_run(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert room_for_runs() > 0 and out.is_dir()
    monkeypatch.setattr(os, "access", lambda *_: False)  # as it is for who is not root
    with pytest.raises(StorageError, match=r"cannot be written \(Permission denied\)"):
        room_for_runs()


def test_the_folder_in_the_repository_is_named_by_its_place_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv(OUT_VARIABLE)
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(
        StorageError, match="folder for runs, reports/out, .* or set AWAITBENCH_OUT"
    ):
        room_for_runs()


def test_runs_lie_in_the_repository_unless_told_otherwise(
    monkeypatch: pytest.MonkeyPatch, repository: Path
) -> None:
    monkeypatch.delenv(OUT_VARIABLE)
    assert runs_folder() == repository / "reports" / "out"


def test_a_packet_without_its_line_is_cut_off(store: RunStore, pings: StoredPings) -> None:
    store.append(line_of(0, "survey", "a"), pings)
    whole = (store.folder / PINGS_FILE).read_bytes()
    with (store.folder / PINGS_FILE).open("ab") as file:
        file.write(b"half a packet")
    assert not store.repair()
    assert (store.folder / PINGS_FILE).read_bytes() == whole


def test_a_full_disk_leaves_no_half_packet(store: RunStore, pings: StoredPings) -> None:
    store.append(line_of(0, "survey", "a"), pings)
    before = (store.folder / PINGS_FILE).read_bytes()
    with full_disk(len(before) + 10), pytest.raises(StorageError):
        store.append(line_of(0, "survey", "b"), pings)
    assert (store.folder / PINGS_FILE).read_bytes() == before
    assert len(store.invocations()) == 1


def test_superseding_leaves_packets_alone(store: RunStore, pings: StoredPings) -> None:
    store.append(line_of(0, "survey", "a"), pings)
    before = (store.folder / PINGS_FILE).read_bytes()
    store.supersede(set())
    store.append(line_of(0, "survey", "a"), pings)
    assert (store.folder / PINGS_FILE).read_bytes() == before * 2
    assert [line["superseded"] for line in store.invocations()] == [True, False]


def test_a_run_whose_folder_was_deleted_is_not_said_to_be_kept(store: RunStore) -> None:
    shutil.rmtree(store.folder)
    with pytest.raises(StorageError, match="was moved or deleted") as told:
        store.append(saying("x"))
    assert "kept" not in str(told.value)
