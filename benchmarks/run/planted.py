"""A runner for `calibrate`: one program under three names, to one of which a share of time is added."""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

from results.errors import StorageError
from runners.manifest import MANIFEST, read_manifest
from runners.template import make_runner

NAME = "calibrate"
FIRST, SAME, SLOWER = "first", "same", "slower"

# The programs of the pattern are left as they are: each iteration waits on a busy CPU, before its
# end is read, for a share of the time that it took.
_WRAPPER = '''\
"""Runs a program of this folder whose iterations take a share longer: SHARE PROGRAM."""

import runpy
import sys

from contract import Recording, now_ns

share, program = float(sys.argv[1]), sys.argv[2]
iterate = Recording.iterate


async def longer(recording, work):
    async def lengthened(iteration):
        start_ns = now_ns()
        await work(iteration)
        end_ns = start_ns + (now_ns() - start_ns) * (1 + share)
        while now_ns() < end_ns:
            pass

    await iterate(recording, lengthened)


Recording.iterate = longer
sys.argv = [program]
runpy.run_path(program, run_name="__main__")
'''

_MANIFEST = """\
schema = 1
name = "{name}"
language = "{name}"
requires = []
version = ["{{python}}", "--version"]
"""

_CONTENDER = """
[[contender]]
name = "{name}"
label = "{label}"
families = {families}
tier = "raw"
command = ["{{python}}", "planted.py", "{share}", "{program}"]
sources = ["planted.py", "{program}"]
"""


def write_planted(folder: Path, share: float) -> Path:
    """Make the runner anew in `folder`, where it stays for a run that must be resumed; return it.

    Raises StorageError.
    """
    home = folder / NAME
    try:
        folder.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(home, ignore_errors=True)
        make_runner(str(home))
        (home / "planted.py").write_text(_WRAPPER)
        raw = next(c for c in read_manifest(home).contenders if c.tier == "raw")
        (program,), families = raw.sources, json.dumps(raw.families)
        text = _MANIFEST.format(name=NAME)
        for name, own in ((FIRST, 0.0), (SAME, 0.0), (SLOWER, share)):
            label = f"{program}, {100 * own:.0f} % added" if own else f"{program}, {name}"
            text += _CONTENDER.format(
                name=name, label=label, families=families, share=own, program=program
            )
        (home / MANIFEST).write_text(text)
    except OSError as error:
        raise StorageError(f"{home} cannot be written ({error.strerror}).") from error
    return home


def planted_share(command: Sequence[str]) -> float:
    """Return the share that a contender's command asks for."""
    return float(command[2])
