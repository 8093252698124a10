"""What the runs of a folder said when they were last read, so that only what changed is read again.

A thousand runs are hundreds of megabytes of JSON, which take some eight seconds to parse; what the
page of all runs needs of them is little. It lies in one file beside them, which anybody may delete: it is made anew where it is
missing, damaged or of another format, without a word, and a folder that does not take it loses the
time only.
"""

import hashlib
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from reports.analysis.amounts import Amount
from reports.analysis.entries import Entry, Told, entry_of, told_of
from results.errors import UnreadableRun
from results.files import bytes_of, replace
from results.format import RUN_FILE, SUMMARY_FILE
from results.limits import LARGEST_RUN_FILE

MEMORY_FILE = ".all-runs.json"

# To be raised with every change of what is kept of a run, or of how it is read from the run's files.
_FORMAT = 2

# Of run.json and of summary.json: inode, size and time of change; null where there is none.
Stamp = list[list[int] | None]


def entries(base: Path) -> list[Entry]:
    """Return the runs below a folder, newest first by their own start, the unreadable left out."""
    before = _recalled(base)
    now: dict[str, tuple[Stamp, Told]] = {}
    found = []
    for file in base.glob(f"*/{RUN_FILE}"):
        folder = file.parent
        # Before it is read: what is replaced meanwhile is read again the next time.
        stamp = [_state(file), _state(folder / SUMMARY_FILE)]
        stamped, told = before.get(folder.name, (None, None))
        if told is None or stamped != stamp:
            try:
                told = told_of(folder)
            except UnreadableRun:
                continue
        now[folder.name] = stamp, told
        found.append(entry_of(folder, told))
    if {name: stamp for name, (stamp, _) in now.items()} != {n: s for n, (s, _) in before.items()}:
        with suppress(OSError):
            _remember(base, now)
    return sorted(found, key=lambda entry: (entry.run["started"], entry.folder), reverse=True)


def _state(file: Path) -> list[int] | None:
    try:
        found = os.stat(file, follow_symlinks=False)
    except OSError:
        return None
    return [found.st_ino, found.st_size, found.st_mtime_ns]


def _recalled(base: Path) -> dict[str, tuple[Stamp, Told]]:
    """What is remembered, by the folders' names: nothing where it is not whole, or not ours."""
    try:
        head, _, body = bytes_of(base / MEMORY_FILE, LARGEST_RUN_FILE).partition(b"\n")
    except (UnreadableRun, OSError):
        return {}
    if head.decode("ascii", "replace") != _head(body):
        return {}
    return {name: (kept["stamp"], _told(kept)) for name, kept in json.loads(body).items()}


def _remember(base: Path, runs: Mapping[str, tuple[Stamp, Told]]) -> None:
    """Replace the file, at once. Raises OSError."""
    kept = {
        name: {
            "stamp": stamp,
            "run": told.run,
            "figures": [
                [*key, amount.value, amount.low, amount.high]
                for key, amount in told.figures.items()
            ],
        }
        for name, (stamp, told) in runs.items()
    }
    body = json.dumps(kept, separators=(",", ":"))
    replace(base / MEMORY_FILE, f"{_head(body.encode())}\n{body}")


def _head(body: bytes) -> str:
    """The first line. Whoever can write it can write the page too: it guards against damage alone."""
    return f"awaitbench {_FORMAT} {hashlib.sha256(body).hexdigest()}"


def _told(kept: Mapping[str, Any]) -> Told:
    figures = {
        (workload, contender, quantity): Amount(value, low, high)
        for workload, contender, quantity, value, low, high in kept["figures"]
    }
    return Told(run=kept["run"], figures=figures)
