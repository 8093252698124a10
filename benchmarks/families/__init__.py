"""Families of workloads: tasks with fixed parameters that every contender performs the same way.

A module here whose name has no underscore in front declares one family, as `FAMILY`, and is found
by itself: its parameters, its proof, its workloads with their lengths, and what a report says.
"""

from collections.abc import Iterable, Mapping
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from benchmarks.families._model import STUDY, Family, Workload
from benchmarks.families._trial import Measurement
from results.format import FamilyPlan
from runners.discovery import ROOT, Discovery, Given, discover

__all__ = [
    "DEFAULT",
    "FAMILIES",
    "STUDY",
    "WORKLOADS",
    "Family",
    "Measurement",
    "Workload",
    "declarations",
    "discover_runners",
    "family_of",
    "matching",
    "names",
]


def _found() -> Mapping[str, Family]:
    modules = [module.name for module in iter_modules(__path__) if module.name[0] != "_"]
    found: list[Family] = [import_module(f"{__name__}.{name}").FAMILY for name in modules]
    return {family.name: family for family in sorted(found, key=lambda f: (f.place, f.name))}


FAMILIES = _found()
WORKLOADS = tuple(workload for family in FAMILIES.values() for workload in family.workloads)
# What is measured where nothing is named.
DEFAULT = tuple(dict.fromkeys(family.set for family in FAMILIES.values() if family.by_default))

_TIERED = frozenset(name for name, family in FAMILIES.items() if family.tiered)
_OF_WORKLOAD = {w.name: family for family in FAMILIES.values() for w in family.workloads}


def family_of(workload: Workload) -> Family:
    """Return the family that a workload belongs to."""
    return _OF_WORKLOAD[workload.name]


def names() -> list[str]:
    """Return what `--workload` takes: workloads, families and sets."""
    sets = [family.set for family in FAMILIES.values()]
    return list(dict.fromkeys([*_OF_WORKLOAD, *FAMILIES, *sets]))


def matching(wanted: Iterable[str]) -> list[Workload]:
    """Return the workloads that are, or belong to, one of `wanted`, in their fixed order."""
    chosen = {*wanted}
    return [w for w in WORKLOADS if chosen & {w.name, family_of(w).name, family_of(w).set}]


def declarations(wanted: Iterable[str]) -> list[FamilyPlan]:
    """Return what run.json says of each family named, each once."""
    return [FAMILIES[name].declaration() for name in dict.fromkeys(wanted)]


def discover_runners(folders: Iterable[Given] = (), root: Path = ROOT) -> Discovery:
    """Find the runners below `root` and in `folders`, as every command sees them."""
    return discover(folders, root, tiered=_TIERED)
