"""`check`, done for many fakes at once, and its rows."""

import json
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from tests.fakes.command_line import CommandLine
from tests.fakes.folder import fake_name, make_fake

# More at once would make the fakes late for reasons of ours: W6 looks at 500 ms.
AT_ONCE = 5
# These spend their time in waiting for the harness's limits, so they are started first.
WAITING = (
    "hangs_before_pings", "hangs_after_pings", "ignores_bad_jobs", "never_ready", "late_ready",
    "leaves_child", "leaves_daemon", "leaves_heir", "stays",
)  # fmt: skip


class Row(TypedDict):
    """One rule of one contender, as `check --json` prints it."""

    contender: str
    rule: str
    ok: bool | None
    expected: str
    seen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What `check` said of one contender."""

    status: int
    rows: tuple[Row, ...]

    def rules(self, ok: bool | None) -> set[str]:
        """Return the rules that hold (True), are broken (False), were not examined (None)."""
        return {row["rule"] for row in self.rows if row["ok"] is ok}


class Checks:
    """All checks, done some at once; `checks[fake]` waits for that fake's."""

    def __init__(self, root: Path, fakes: Iterable[str], pool: ThreadPoolExecutor) -> None:
        self.root = root
        self.done: dict[str, Future[Checked]] = {}
        asked = set(fakes)
        first = [fake for fake in WAITING if fake in asked]
        for fake in first + sorted(asked - set(first)):
            self.done[fake] = pool.submit(check_fake, root / fake, fake)

    def __getitem__(self, fake: str) -> Checked:
        return self.done[fake].result()


def check_fake(home: Path, fake: str) -> Checked:
    """Check one fake in a home of its own."""
    folder = make_fake(home / "runners", fake)
    return check(CommandLine(home), fake_name(fake), folders=[folder])


def check(command_line: CommandLine, *names: str, folders: Iterable[Path]) -> Checked:
    """Check the runners `names`, which lie in `folders`."""
    options: list[str | Path] = []
    for folder in folders:
        options += ["--runner", folder]
    done = command_line.do("check", *names, *options, "--json")
    rows = json.loads(done.out) if done.out else []
    assert rows or done.status != 0, done
    return Checked(status=done.status, rows=tuple(rows))
