"""Which runs have records that can go, and how they go."""

from pathlib import Path

from results.errors import StorageError, UnreadableRun
from results.format import INVOCATIONS_FILE, PINGS_FILE, RUN_FILE, SUMMARY_FILE
from results.run_folder import read_plan

_RAW = (PINGS_FILE, INVOCATIONS_FILE)  # in this order: without the second, the first is nothing


def prunable(base: Path, keep: int) -> list[tuple[Path, int]]:
    """Return the folders of complete, summarised runs but the newest `keep`, with bytes to free.

    The newest comes first. Folders that are links, and what is no readable run, are left alone.
    """
    runs = []
    for file in base.glob(f"*/{RUN_FILE}"):
        folder = file.parent
        try:
            run = read_plan(file)
        except UnreadableRun:
            continue
        runs.append((run["started"], folder.name, folder, run["status"] == "complete"))
    old = [(folder, done) for *_, folder, done in sorted(runs, reverse=True)][keep:]
    return [
        (folder, size)
        for folder, done in old
        if done and not folder.is_symlink() and (folder / SUMMARY_FILE).is_file()
        if (size := sum((folder / n).stat().st_size for n in _RAW if (folder / n).is_file())) > 0
    ]


def prune_run(folder: Path) -> None:
    """Delete a run's records. Raises StorageError."""
    try:
        for name in _RAW:
            (folder / name).unlink(missing_ok=True)
    except OSError as error:
        raise StorageError(
            f"The records of {folder.name} cannot be deleted ({error.strerror}): look who owns them."
        ) from error
