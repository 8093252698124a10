"""A run's folder while it is being filled: written before, during and after measuring.

Nothing measured is lost: each invocation is a line, appended and flushed as it ends; everything
else is replaced whole or not at all.
"""

import errno
import json
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from results.claims import SEMANTICS_FILE, SemanticsFile
from results.conform import Misfit, parsed
from results.errors import StorageError, UnreadableRun, UsageError
from results.files import bytes_of, replace
from results.format import INVOCATIONS_FILE, PINGS_FILE, RUN_FILE, SOURCES_FOLDER, RunFile
from results.invocation import described
from results.limits import LARGEST_RUN_FILE
from results.line_format import Invocation
from results.packets import packed
from results.pings import StoredPings
from results.run_folder import RunFolder
from results.text import plain
from runners.content import copy_content
from runners.discovery import ROOT
from runners.manifest import Manifest

OUT_VARIABLE = "AWAITBENCH_OUT"
LATEST = "latest"
# As it is typed in the repository's root; a run's id follows.
RESUME = ".venv/bin/python -m benchmarks run --resume"


def runs_folder() -> Path:
    """Return the folder that holds the runs: reports/out, or $AWAITBENCH_OUT."""
    return Path(os.environ.get(OUT_VARIABLE) or ROOT / "reports" / "out")


def find_run(name: str) -> Path:
    """Return the folder of a run given by path, id or `latest`. Raises UsageError."""
    base = runs_folder()
    if name == LATEST:
        return _latest(base)
    for folder in (base / name, Path(name)):
        if os.path.isfile(folder / RUN_FILE):  # pathlib raises where a name is too long
            return folder
    raise UsageError(
        f"There is no run ‘{plain(name, 120)}’; give its folder, its id, or `{LATEST}`."
    )


def near(path: Path) -> Path:
    """Return a path as a person types it here: relative to the working folder where it lies below."""
    try:
        here = Path.cwd()
    except FileNotFoundError:  # it was removed meanwhile
        return path
    return path.relative_to(here) if path.is_relative_to(here) else path


def room_for_runs() -> int:
    """Make the folder that holds the runs where there is none; return how many bytes are free.

    Raises StorageError where no run can be stored there.
    """
    base = runs_folder()
    try:
        base.mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(base).free
    except OSError as error:
        raise _no_folder(base, "made", error.strerror) from error
    if not os.access(base, os.W_OK | os.X_OK):
        raise _no_folder(base, "written", os.strerror(errno.EACCES))
    return free


def _latest(base: Path) -> Path:
    try:
        os.listdir(base)
    except FileNotFoundError:
        pass
    except OSError as error:  # which a glob would take for an empty folder
        raise _no_folder(base, "read", error.strerror) from error
    runs = sorted(file.parent for file in base.glob(f"*/{RUN_FILE}"))
    if not runs:
        where = f" in {plain(str(base))} ({OUT_VARIABLE})" if os.environ.get(OUT_VARIABLE) else ""
        raise UsageError(f"There is no run yet{where}; `make bench` makes one.")
    return max(runs, key=_begun)


def _begun(folder: Path) -> tuple[str, str]:
    """Return what orders runs in time: the start that a run itself states, then its id.

    Times of files follow every copy and change of owner. A run that states nothing comes first.
    """
    try:
        run = parsed(bytes_of(folder / RUN_FILE, LARGEST_RUN_FILE))
    except (UnreadableRun, Misfit, OSError):
        run = None
    stated = run if isinstance(run, dict) else {}
    return str(stated.get("started") or ""), str(stated.get("id", folder.name))


def _no_folder(base: Path, what: str, why: str | None) -> StorageError:
    if os.environ.get(OUT_VARIABLE):
        cure = f": {OUT_VARIABLE} names it; set that to a folder that you can write, or unset it"
        shown = plain(str(base))
    else:
        cure = f"; make it writable, or set {OUT_VARIABLE} to another folder"
        shown = str(base.relative_to(ROOT))
    return StorageError(f"The folder for runs, {shown}, cannot be {what} ({why}){cure}.")


class RunStore:
    """One run on disk."""

    def __init__(self, folder: Path, run: RunFile) -> None:
        self.folder, self.run = folder, run

    @classmethod
    def create(cls, run: RunFile, manifests: Sequence[Manifest]) -> "RunStore":
        """Make the run's folder with its plan and sources. Raises StorageError."""
        folder = runs_folder() / run["id"]
        store = cls(folder, run)
        with _storing(folder, "nothing was measured", "start again"):
            folder.mkdir(parents=True)
            try:
                homes = {name: home for each in manifests for name, home in each.homes.items()}
                for name, home in homes.items():
                    copy_content(home, folder / SOURCES_FOLDER / name)
                (folder / INVOCATIONS_FILE).touch()
                (folder / PINGS_FILE).touch()
                store._replace_plan()
            except OSError:
                shutil.rmtree(folder, ignore_errors=True)  # half a run is none
                raise
        return store

    @classmethod
    def open(cls, folder: Path) -> "RunStore":
        """Open a run to go on with it. Raises UnreadableRun where its end could not be read."""
        return cls(folder, RunFolder.read(folder).run)

    def save(self) -> None:
        """Replace run.json. Raises StorageError."""
        with _storing(self.folder):
            self._replace_plan()

    def complete(self) -> None:
        """Say in run.json that everything was measured. Raises StorageError."""
        self.run["status"] = "complete"
        self.save()

    def _replace_plan(self) -> None:
        text = json.dumps(self.run, ensure_ascii=False, indent=1)
        replace(self.folder / RUN_FILE, text + "\n")

    def append(self, invocation: Invocation, pings: StoredPings | None = None) -> None:
        """Append one line, after the packet of its pings, and flush both to disk.

        Raises StorageError.
        """
        lines, packets = self.folder / INVOCATIONS_FILE, self.folder / PINGS_FILE
        with _storing(self.folder), _whole_or_not_at_all(lines), _whole_or_not_at_all(packets):
            if pings is not None:
                packet, offset = packed(pings), packets.stat().st_size
                _append(packets, packet)
                invocation["pings"] = described(packet, offset, pings)
            _append(lines, _as_line(invocation))

    def invocations(self) -> list[Invocation]:
        """Return the lines so far, without their iterations. Raises UnreadableRun."""
        return [record.recorded for record in RunFolder.read(self.folder).invocations]

    def repair(self) -> bool:
        """Cut off a torn last line; tell whether there was one. Raises StorageError.

        A packet without a line goes silently: its invocation is measured again.
        """
        lines, packets = self.folder / INVOCATIONS_FILE, self.folder / PINGS_FILE
        with _storing(self.folder):
            data = lines.read_bytes()
            whole = data.rfind(b"\n") + 1
            places = [line["pings"] for line in map(json.loads, data[:whole].splitlines())]
            ends = [place["offset"] + place["length"] for place in places if place is not None]
            os.truncate(packets, max(ends, default=0))
            if whole < len(data):
                os.truncate(lines, whole)
        return whole < len(data)

    def supersede(self, keep: set[tuple[int, str]]) -> int:
        """Mark the lines of groups (block, workload) that are not in `keep`; return how many."""
        file = self.folder / INVOCATIONS_FILE
        lines: list[Invocation] = [json.loads(line) for line in file.read_bytes().splitlines()]
        marked = 0
        for line in lines:
            if (line["block"], line["workload"]) not in keep and not line["superseded"]:
                line["superseded"] = True
                marked += 1
        if marked:
            with _storing(self.folder):
                replace(file, b"".join(map(_as_line, lines)).decode("utf-8"))
        return marked


def _as_line(invocation: Invocation) -> bytes:
    text = json.dumps(invocation, ensure_ascii=False, separators=(",", ":"))
    return f"{text}\n".encode("utf-8", "replace")


def _append(file: Path, data: bytes) -> None:
    with file.open("ab") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


@contextmanager
def _whole_or_not_at_all(file: Path) -> Iterator[None]:
    """Undo what was appended when it cannot be written whole: half of it is worth nothing."""
    before = file.stat().st_size
    try:
        yield
    except OSError:
        os.truncate(file, before)
        raise


def store_semantics(folder: Path, semantics: SemanticsFile) -> None:
    """Replace a run's semantics.json. Raises StorageError."""
    text = json.dumps(semantics, ensure_ascii=False, indent=1)
    with _storing(folder, "the run is as it was", "do it again"):
        replace(folder / SEMANTICS_FILE, text + "\n")


@contextmanager
def _storing(folder: Path, kept: str | None = None, cure: str | None = None) -> Iterator[None]:
    """Turn an OSError into a StorageError that says what is `kept` and the last step of a `cure`.

    Unless said, that is what was measured so far, and going on with it.
    """
    try:
        yield
    except OSError as error:
        if kept is None and not folder.exists():
            raise StorageError(
                f"The run's folder ‘{folder.name}’ was moved or deleted; start again, or move it back "
                f"and go on with `{RESUME} {folder.name}`."
            ) from error
        kept = kept or "what was measured so far is kept"
        cure = cure or f"go on with `{RESUME} {folder.name}`"
        raise StorageError(
            f"The run's folder ‘{folder.name}’ cannot be written ({error.strerror}); {kept}. "
            f"Make room, or make the folder writable, and {cure}."
        ) from error
