"""What a runner's folder holds: its files, their hash, a copy for the record."""

import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

STUDIES = "warm-up.toml"  # what was found of the programs, and no part of them
GENERATED = frozenset({"out", "bin", "obj", "node_modules", "target", "__pycache__"})


def content_files(folder: Path) -> tuple[Path, ...]:
    """Return the folder's own files, relative and sorted: no dot files, studies or generated ones.

    Links to folders are not followed: they could lead in a circle or out of the runner.
    """
    return tuple(sorted(file for file in _walk(folder) if file != Path(STUDIES)))


def _walk(folder: Path) -> Iterator[Path]:
    for base, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if name not in GENERATED and name[0] != "."]
        for name in files:
            path = Path(base, name)
            if name[0] != "." and path.is_file():
                yield path.relative_to(folder)


def content_hash(folder: Path, *lenders: Path) -> str:
    """Return the SHA-256, in hex, over the names and contents of `content_files`.

    With `lenders`, whose files the programs are made of, too, over the hashes of all folders.
    """
    if lenders:
        hashes = "".join(map(content_hash, (folder, *lenders)))
        return hashlib.sha256(hashes.encode()).hexdigest()
    digest = hashlib.sha256()
    for file in content_files(folder):
        data = (folder / file).read_bytes()
        digest.update(f"{file.as_posix()}\0{len(data)}\0".encode("utf-8", "surrogateescape"))
        digest.update(data)
    return digest.hexdigest()


def copy_content(folder: Path, target: Path) -> None:
    """Copy the hashed files to `target`, as plain files."""
    for file in content_files(folder):
        (target / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(folder / file, target / file)
