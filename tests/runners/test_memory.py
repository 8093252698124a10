"""A process that the kernel ends for want of memory is told from one that ends by itself."""

from pathlib import Path

import pytest

from runners import memory
from tests.runners.test_invocation import END, Invoke, run

__all__ = ["run"]

KILL = "import os; os.kill(os.getpid(), 9)"


@pytest.mark.parametrize(
    ("text", "kills"),
    [("pgfault 7\noom_kill 3\n", 3), ("oom_kill_x 3\n", 0), ("oom_kill a\n", 0), ("", 0)],
)
def test_the_kernel_s_count_is_read_where_there_is_one(
    tmp_path: Path, text: str, kills: int
) -> None:
    (tmp_path / "vmstat").write_text(text)
    assert memory.kills(tmp_path / "vmstat") == kills
    assert memory.kills(tmp_path / "absent") == 0


@pytest.mark.parametrize("code", [KILL, f"record(0); {KILL}", "record(0); raise SystemExit(1)"])
def test_want_of_memory_is_nobody_s_fault(
    run: Invoke, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    counts = iter([4, 5, 5])
    monkeypatch.setattr(memory, "kills", lambda: next(counts))
    seen = run(code)
    assert seen.findings == [] and seen.out_of_memory
    assert seen.lacks is not None and "ran out of memory" in seen.lacks


@pytest.mark.parametrize("code", [KILL, "record(0); raise SystemExit(0)"])
def test_without_it_who_ends_early_breaks_a_rule(run: Invoke, code: str) -> None:
    seen = run(code)
    assert "P3" in {each.rule for each in seen.findings} and not seen.out_of_memory


def test_who_fails_after_somebody_else_ran_out_of_memory_and_ends_well_is_judged(
    run: Invoke, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts = iter([4, 5, 5])
    monkeypatch.setattr(memory, "kills", lambda: next(counts))
    assert run(f"record(0); record(1); {END}").findings == []
