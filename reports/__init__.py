"""What people read: a run's frames, its analysis, and the page, tables and charts made from it."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reports.analysis.analysed import Analysis
    from reports.analysis.frames import load, load_pings
    from reports.publish import analyse, write

__all__ = ["Analysis", "analyse", "load", "load_pings", "write"]

_HOMES = {"load": "reports.analysis.frames", "load_pings": "reports.analysis.frames"}


def __getattr__(name: str) -> Any:
    # Loaded when asked for: code that only reads a run's folder, as a resumed run does before it
    # measures, must not load pandas.
    if name not in __all__:
        raise AttributeError(f"module 'reports' has no attribute {name!r}")
    return getattr(import_module(_HOMES.get(name, "reports.publish")), name)
