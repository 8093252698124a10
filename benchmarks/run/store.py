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

from results.format import INVOCATIONS_FILE, RUN_FILE, SCHEMA, SOURCES_FOLDER, Invocation, RunFile

from results.claims import SEMANTICS_FILE, SemanticsFile
from runners.content import copy_content
from runners.discovery import ROOT
from results.files import replace
from results.errors import StorageError, UsageError
from results.text import plain
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
    return max(runs, key=lambda run: ((run / RUN_FILE).stat().st_ctime_ns, run.name))


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
        with _storing(folder):
            folder.mkdir(parents=True)
            for manifest in manifests:
                copy_content(manifest.folder, folder / SOURCES_FOLDER / manifest.name)
            (folder / INVOCATIONS_FILE).touch()
        store = cls(folder, run)
        store.save()
        return store

    @classmethod
    def open(cls, folder: Path) -> "RunStore":
        """Open a run to go on with it. Raises UsageError when it is not one of ours."""
        try:
            run = json.loads((folder / RUN_FILE).read_text("utf-8"))
            if run["schema"] != SCHEMA or run["status"] not in ("partial", "complete"):
                raise ValueError("another schema")
            if absent := RunFile.__required_keys__ - run.keys():
                raise ValueError(f"it lacks {', '.join(sorted(absent))}")
        except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
            raise UsageError(
                f"{folder.name}/{RUN_FILE} cannot be read as a run ({plain(str(error))}); "
                "start a new run."
            ) from error
        return cls(folder, run)

    def save(self) -> None:
        """Replace run.json. Raises StorageError."""
        text = json.dumps(self.run, ensure_ascii=False, indent=1)
        with _storing(self.folder):
            replace(self.folder / RUN_FILE, text + "\n")

    def append(self, invocation: Invocation) -> None:
        """Append one line and hand it to the disk. Raises StorageError."""
        line = json.dumps(invocation, ensure_ascii=False, separators=(",", ":")) + "\n"
        path = self.folder / INVOCATIONS_FILE
        with _storing(self.folder):
            before = path.stat().st_size
            try:
                with path.open("ab") as file:
                    file.write(line.encode("utf-8", "replace"))
                    file.flush()
                    os.fsync(file.fileno())
            except OSError:
                os.truncate(path, before)  # half a line is worth nothing
                raise

    def invocations(self) -> list[Invocation]:
        """Return the lines so far. Raises UsageError on one that is damaged."""
        found: list[Invocation] = []
        with (self.folder / INVOCATIONS_FILE).open("rb") as file:
            for number, line in enumerate(file, 1):
                try:
                    value = json.loads(line)
                    if value.keys() != Invocation.__required_keys__:
                        raise ValueError("other keys")
                    found.append(value)
                except (ValueError, AttributeError, RecursionError) as error:
                    raise UsageError(
                        f"{self.folder.name}/{INVOCATIONS_FILE}: line {number} is damaged; "
                        "start a new run."
                    ) from error
        return found

    def repair(self) -> bool:
        """Cut off a torn last line; tell whether there was one. Raises StorageError."""
        path = self.folder / INVOCATIONS_FILE
        with _storing(self.folder):
            data = path.read_bytes()
            whole = data.rfind(b"\n") + 1
            if whole == len(data):
                return False
            os.truncate(path, whole)
        return True

    def supersede(self, keep: set[tuple[int, str]]) -> int:
        """Mark the lines of groups (block, workload) that are not in `keep`; return how many."""
        lines = self.invocations()
        marked = 0
        for line in lines:
            if (line["block"], line["workload"]) not in keep and not line["superseded"]:
                line["superseded"] = True
                marked += 1
        if marked:
            text = "".join(
                json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n" for line in lines
            )
            with _storing(self.folder):
                replace(self.folder / INVOCATIONS_FILE, text)
        return marked


def store_semantics(folder: Path, semantics: SemanticsFile) -> None:
    """Replace a run's semantics.json. Raises StorageError."""
    text = json.dumps(semantics, ensure_ascii=False, indent=1)
    with _storing(folder):
        replace(folder / SEMANTICS_FILE, text + "\n")


@contextmanager
def _storing(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StorageError(
            f"The run's folder ‘{folder.name}’ cannot be written ({error.strerror}); what was "
            "measured so far is kept. Make room, or make the folder writable, and go on with "
            f"`{RESUME} {folder.name}`."
        ) from error
