"""What is needed of the machine: limits are raised where they may be, or else named with numbers."""

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from results.errors import RefusedError
from runners.limits import Needs, insist_on, memory_free
from tests.fakes.command_line import ROOT


def insisting(needs: str, *limit: str) -> "subprocess.CompletedProcess[str]":
    """Insist on `needs` in a process of its own, whose limits are what `prlimit` is told."""
    script = (
        "import resource\n"
        "from results.errors import AwaitbenchError\n"
        "from runners.limits import Needs, insist_on\n"
        f"try:\n    insist_on(Needs({needs}))\n"
        "except AwaitbenchError as error:\n    print(error.exit_status, error)\n"
        "print(resource.getrlimit(resource.RLIMIT_NOFILE))\n"
    )
    return subprocess.run(
        ["prlimit", *limit, sys.executable, "-c", script],
        cwd=ROOT, capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip


def test_a_soft_limit_is_raised_as_far_as_needed_and_no_further() -> None:
    assert insisting("descriptors=300", "--nofile=64:500").stdout == "(300, 500)\n"
    assert insisting("descriptors=300", "--nofile=400:500").stdout == "(400, 500)\n"


@pytest.mark.parametrize(
    ("limit", "needs", "said"),
    [
        ("--nofile=64:100", "descriptors=300", "300 open files a process are needed, `ulimit -n` allows 100"),
        ("--as=1000000000", "", "4563 MB of addresses a process are needed, `ulimit -v` allows 1000 MB"),
        ("--data=1000000000", "", "4563 MB of addresses a process are needed, `ulimit -d` allows 1000 MB"),
        ("--cpu=50", "", "600 s of CPU time a process are needed, `ulimit -t` allows 50 s"),
        ("--fsize=1000000", "", "files of 67 MB are needed, `ulimit -f` allows 1 MB"),
        ("--core=0", f"memory_bytes={10**15}", "1000000000 MB of memory are needed, "),
        ("--core=0", "ports=70_000", "70000 ports of clients are needed, "),
    ],
)  # fmt: skip
def test_what_is_short_is_one_sentence_with_both_numbers(limit: str, needs: str, said: str) -> None:
    told, _ = insisting(needs, limit).stdout.splitlines()
    assert told.startswith("3 This machine's limits are too low: ") and said in told


def test_too_few_processes_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def scarce(*_: object) -> int:
        raise BlockingIOError

    monkeypatch.setattr(os, "fork", scarce)
    with pytest.raises(RefusedError, match="processes and threads are needed, 0 can be had"):
        insist_on(Needs())


@pytest.mark.skipif(os.geteuid() != 0, reason="Only root can become another user.")
def test_a_user_s_limit_of_processes_is_found_by_trying() -> None:
    script = "import os\nfrom runners import limits\nos.setuid(54321)\nprint(limits._tasks_to_be_had(60))"
    limited = subprocess.run(
        ["prlimit", "--nproc=20", sys.executable, "-c", script],
        cwd=ROOT, capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    assert 0 < int(limited.stdout) <= 20


def test_what_suffices_for_two_is_the_more_of_each() -> None:
    both = Needs(descriptors=300, ports=1) | Needs(descriptors=400, tasks=7)
    assert (both.descriptors, both.ports, both.tasks) == (400, 1, 7)


MEMORY = "MemTotal: 9 kB\nMemAvailable:    1000 kB\n"


@pytest.mark.parametrize(
    ("group", "files", "free"),
    [
        ("0::/", {}, 1_024_000),
        ("0::/a", {"a/memory.max": "max", "a/memory.current": "5"}, 1_024_000),
        ("0::/a", {"a/memory.max": "700", "a/memory.current": "500"}, 200),
        (
            "0::/a/b",
            {"a/memory.max": "700", "a/memory.current": "500", "a/memory.stat": "inactive_file 50"},
            250,
        ),
        (
            "3:memory:/m",
            {
                "memory/m/memory.limit_in_bytes": "900",
                "memory/m/memory.usage_in_bytes": "1000",
                "memory/m/memory.stat": "inactive_file 1\ntotal_inactive_file 300",
            },
            0,
        ),
    ],
)
def test_free_memory_is_the_least_that_machine_and_groups_have(
    tmp_path: Path, group: str, files: dict[str, str], free: int
) -> None:
    for name, text in {
        "proc/self/cgroup": group,
        "proc/meminfo": MEMORY,
        **{f"sys/fs/cgroup/{name}": text for name, text in files.items()},
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    assert memory_free(tmp_path) == free


def test_where_nothing_says_how_much_memory_is_free_none_is_missed(tmp_path: Path) -> None:
    assert memory_free(tmp_path) is None
    assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] > 0
