"""How many CPUs programs may use: affinity, and quotas of control groups of both versions."""

import os
from pathlib import Path

import pytest

from runners import cpus


def system(root: Path, group: str, files: dict[str, str]) -> Path:
    """A file system whose process is in `group`; `files` lie below /sys/fs/cgroup."""
    for name, text in {"proc/self/cgroup": group, **files}.items():
        file = root / (name if name.startswith("proc") else f"sys/fs/cgroup/{name}")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"{text}\n")
    return root


@pytest.mark.parametrize(
    ("group", "files", "granted"),
    [
        ("0::/a/b", {"a/b/cpu.max": "max 100000"}, None),
        ("0::/a/b", {"a/b/cpu.max": "150000 100000"}, 1.5),
        ("0::/a/b", {"a/cpu.max": "200000 100000", "a/b/cpu.max": "max 100000"}, 2.0),
        ("0::/a/b", {"a/cpu.max": "50000 100000", "a/b/cpu.max": "400000 100000"}, 0.5),
        ("0::/", {"cpu.max": "300000 100000"}, 3.0),
        ("0::/../../x", {"cpu.max": "300000 100000"}, 3.0),
        ("0::/gone", {"cpu.max": "300000 100000", "other/cpu.max": "1 100000"}, 3.0),
        ("0::/a", {"a/cpu.max": "nonsense"}, None),
        (
            "5:memory:/m\n4:cpu,cpuacct:/docker/id\n0::/",
            {"cpu,cpuacct/cpu.cfs_quota_us": "150000", "cpu,cpuacct/cpu.cfs_period_us": "50000"},
            3.0,
        ),
        (
            "4:cpuacct,cpu:/a/b\n1:cpuset:/c",
            {
                "cpu/a/cpu.cfs_quota_us": "100000",
                "cpu/a/cpu.cfs_period_us": "100000",
                "cpu/a/b/cpu.cfs_quota_us": "-1",
                "cpu/a/b/cpu.cfs_period_us": "100000",
            },
            1.0,
        ),
        ("garbage", {"cpu.max": "100000 100000"}, 1.0),
    ],
)
def test_the_least_that_our_group_and_those_above_it_grant_counts(
    tmp_path: Path, group: str, files: dict[str, str], granted: float | None
) -> None:
    assert cpus.quota(system(tmp_path, group, files)) == granted


def test_where_nothing_can_be_read_there_is_no_quota(tmp_path: Path) -> None:
    assert cpus.quota(tmp_path) is None


@pytest.mark.parametrize(
    ("affinity", "granted", "usable"),
    [({0, 1, 2, 3}, None, 4), ({2}, None, 1), ({0, 1, 2, 3}, 1.5, 2), ({1, 3}, 8.0, 2),
     ({0, 1}, 0.05, 1)],
)  # fmt: skip
def test_usable_is_what_affinity_and_quota_leave(
    monkeypatch: pytest.MonkeyPatch, affinity: set[int], granted: float | None, usable: int
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda pid: affinity)
    monkeypatch.setattr(cpus, "quota", lambda: granted)
    assert cpus.usable() == usable


def test_a_sandbox_that_will_not_say_leaves_all_cpus_and_cannot_pin(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refused(*_: object) -> set[int]:
        raise PermissionError

    monkeypatch.setattr(os, "sched_getaffinity", refused)
    assert cpus.allowed() == frozenset(range(os.cpu_count() or 1))
    assert not cpus.can_pin()


@pytest.mark.parametrize(
    ("listed", "core"),
    [
        ("5", {5}),
        ("1,5", {1, 5}),
        ("4-5", {4, 5}),
        ("0-1,5", {0, 1, 5}),
        ("", {5}),
        ("what?", {5}),
        (None, {5}),
    ],
)
def test_threads_of_a_core_are_told_by_the_kernel(
    tmp_path: Path, listed: str | None, core: set[int]
) -> None:
    if listed is not None:
        file = tmp_path / "sys/devices/system/cpu/cpu5/topology/thread_siblings_list"
        file.parent.mkdir(parents=True)
        file.write_text(f"{listed}\n")
    assert cpus.core_of(5, tmp_path) == core
