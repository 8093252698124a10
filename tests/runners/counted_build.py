"""A build that counts its calls."""

from pathlib import Path

# Counts in `.calls`, which the content hash leaves out, and makes the program.
BUILD = "mkdir -p out && echo call >> .calls && echo program > out/ping"


def calls(folder: Path) -> int:
    """How often `BUILD` ran in a folder."""
    return len((folder / ".calls").read_text().splitlines())
