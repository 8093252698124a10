"""The shipped programs, each started by hand."""

import subprocess
from functools import cache

import pytest

from runners.discovery import discover
from runners.roster import Ready, all_contenders, prepare_all, start_of
from runners.spawning import Start


@cache
def start(program: str) -> Start:
    """Build what a program needs, and return how to start it; skip where that is not here."""
    found = discover()
    contender = all_contenders(found)[program]
    ready = prepare_all(found, {}, [contender])[contender.runner]
    if not isinstance(ready, Ready):
        pytest.skip(f"{program}: {ready.reason}")
    if (lacks := ready.left_out.get(program)) is not None:
        pytest.skip(lacks.reason)
    return start_of(ready, contender)


def tell(program: str, job: str, *before: str) -> "subprocess.CompletedProcess[str]":
    """Start a program, by the words that go before its own, give it a job, and wait for its end."""
    how = start(program)
    return subprocess.run(
        [*before, *how.argv],
        cwd=how.folder,
        env=dict(how.environment),
        input=f"{job}\n",
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
