"""The seeds' own programs, run from their files, each time with fresh globals."""

import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

SEED = Path(__file__).parents[1] / "seed"


def restored(program: str, name: str = "main") -> Callable[..., Any]:
    """Return a function of a seed's program, which has no types."""
    function: Callable[..., Any] = runpy.run_path(str(SEED / f"{program}.py"))[name]
    return function
