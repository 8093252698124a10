"""The control groups that we are in, of either version: where they lie, and what their files say.

Source: Linux, cgroup-v2 and cgroup-v1.
"""

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from results.files import text_of

_CGROUP = "proc/self/cgroup"
_HIERARCHIES = "sys/fs/cgroup"


def folders(controller: str, root: Path = Path("/")) -> Iterator[Path]:
    """Yield the folders of our control groups that may limit what `controller` controls, parents too."""
    hierarchies = root / _HIERARCHIES
    for line in (text_of(root / _CGROUP) or "0::/").splitlines():
        _, controllers, path = (*line.split(":", 2), "", "")[:3]
        if controllers == "":
            mounts = [hierarchies, hierarchies / "unified"]
        elif controller in controllers.split(","):
            mounts = [hierarchies / controllers, hierarchies / controller]
        else:
            continue
        # Seen from a container, our path may lie outside of what is mounted: `..` is no folder.
        parts = [part for part in PurePosixPath(path).parts if part not in ("/", "..")]
        for mount in mounts:
            for depth in range(len(parts) + 1):
                yield mount.joinpath(*parts[:depth])
