"""Ids of the page's places, by name: a name in a run may hold anything, an id may not."""

import re
from collections.abc import Collection
from itertools import chain, count

from reports.analysis.work import families_of
from results.format import RunFile, WorkloadPlan

_PLAIN = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST = 64


def anchor(workload: WorkloadPlan, run: RunFile) -> str:
    """The id of a workload's section."""
    return f"workload-{_id(workload['name'], run['workloads'].index(workload))}"


def family_anchor(family: str, run: RunFile) -> str:
    """The id of a family's section."""
    return f"family-{_id(family, list(families_of(run)).index(family))}"


def evidence_anchor(workload: WorkloadPlan, contender: str, run: RunFile) -> str:
    """The id of a contender's row in a workload's section, where its figures stand."""
    place = [plan["id"] for plan in run["contenders"]].index(contender)
    runner, _, name = contender.partition("/")
    return f"{anchor(workload, run)}-of-{_id(runner, place)}_{_id(name, place)}"


def source_anchor(name: str, taken: Collection[str]) -> str:
    """An id for the listing of a source file that is not `taken` yet."""
    plain = f"source-{'-'.join(re.findall('[a-z0-9]+', name.lower()))[:_LONGEST]}"
    candidates = chain([plain], (f"{plain}-{number}" for number in count(2)))
    return next(key for key in candidates if key not in taken)


def _id(name: str, place: int) -> str:
    """The name where it makes an id, else its place; no plain name has an underscore."""
    plain = _PLAIN.fullmatch(name) and len(name) <= _LONGEST
    return name if plain else f"_{place + 1}"
