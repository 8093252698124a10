"""The shipped programs, each started by hand."""

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
