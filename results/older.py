"""Runs of schema 1, completed in memory: what was true of every one of them, frozen.

Schema 1 said nothing of families: older_families.json declares them as its pages worded them.
"""

import json
from collections.abc import Iterable
from importlib.resources import files
from typing import Any, cast

from results.conform import Misfit, shown
from results.format import FamilyPlan

OLDER_SCHEMA = 1

# What no schema-1 file has; one that has it is a forgery or of another schema.
_NEW_IN_RUN = ("families", "suite", "null_arm")
_NEW_IN_WORKLOAD = ("job_limit_s", "young", "lengths")
_NEW_IN_MACHINE = ("usable_cpus", "cpu_quota")
_JOB_LIMIT_S = 120.0
_JOB_LIMITS_S = {"timers-1m": 600.0}


def upgraded(parsed: Any) -> Any:
    """Return a parsed run.json of schema 1 with the keys of schema 2; `schema` still says 1.

    Anything else comes back as it is, for the reader to refuse. Raises `Misfit`.
    """
    if type(parsed) is not dict or parsed.get("schema") != OLDER_SCHEMA:
        return parsed
    _refuse_new_keys(parsed, _NEW_IN_RUN)
    completed: dict[str, Any] = parsed | {"families": [], "suite": None, "null_arm": {}}
    machine = parsed.get("machine")
    if type(machine) is dict:
        _refuse_new_keys(machine, _NEW_IN_MACHINE)
        completed["machine"] = machine | {key: None for key in _NEW_IN_MACHINE}
    workloads = parsed.get("workloads")
    if type(workloads) is list:
        names = [each.get("family") for each in workloads if type(each) is dict]
        completed["families"] = declarations(name for name in names if type(name) is str)
        completed["workloads"] = [_workload(e) if type(e) is dict else e for e in workloads]
    return completed


def declarations(names: Iterable[str]) -> list[FamilyPlan]:
    """Return what a page of schema 1 said of each family, one it did not know included."""
    return [_declaration(name) for name in dict.fromkeys(names)]


def _declaration(name: str) -> FamilyPlan:
    text = files("results").joinpath("older_families.json").read_text("utf-8")
    *known, unknown = cast(list[FamilyPlan], json.loads(text))
    unknown["name"] = name
    return next((family for family in known if family["name"] == name), unknown)


def _workload(workload: dict[str, Any]) -> dict[str, Any]:
    _refuse_new_keys(workload, _NEW_IN_WORKLOAD)
    name = workload.get("name")
    limit = _JOB_LIMITS_S.get(name, _JOB_LIMIT_S) if type(name) is str else _JOB_LIMIT_S
    return workload | {"job_limit_s": limit, "young": None, "lengths": {}}


def _refuse_new_keys(parsed: dict[str, Any], keys: Iterable[str]) -> None:
    for key in keys:
        if key in parsed:
            raise Misfit(f"it has the key {shown(key)}, which schema {OLDER_SCHEMA} does not know")
