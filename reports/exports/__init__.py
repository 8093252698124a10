"""A run in formats that other tools read, one module each, and `EXPORT` that says which.

A module in this folder is found by lying here. Whatever the tools make of the figures is theirs:
their standard deviations and tests know nothing of blocks, which is why verdicts stay in the report.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from reports.analysis.analysed import Analysis


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """`name` is what a person asks for, `parts` yields the text of the file piece by piece."""

    name: str
    parts: Callable[[Analysis], Iterator[str]]


@cache
def exports() -> Mapping[str, Export]:
    """Return all formats by name."""
    modules = (import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__))
    found = (module.EXPORT for module in modules)
    return {export.name: export for export in found}
