"""What must stay the same from a run's first invocation to its last, however often it was cut off."""

from collections.abc import Mapping, Sequence
from typing import Any

from benchmarks.families import WORKLOADS
from benchmarks.run import planning
from benchmarks.run.machine import describe_machine, differences
from benchmarks.run.selection import Entry, trouble_of
from benchmarks.run.suite import change, describe_suite
from results.errors import MissingError, UsageError
from results.format import RunFile, WorkloadPlan
from runners.content import content_hash
from runners.cpus import allowed, can_pin
from runners.discovery import Discovery
from runners.roster import Ready, Unavailable, all_contenders, prepare_all
from runners.toolchain import Substitutions


def same_entries(run: RunFile, discovery: Discovery, substitutions: Substitutions) -> list[Entry]:
    """Return the run's contenders, if they are still the same."""
    found = all_contenders(discovery)
    wanted = {plan["id"]: plan for plan in run["contenders"]}
    for name in wanted:
        if name not in found:
            raise UsageError(
                f"--resume {run['id']}: contender {name} is no longer there; "
                "give its folder with --runner or its toolchain with --also, or start a new run."
            )
    prepared = prepare_all(discovery, substitutions, (found[name] for name in wanted))
    gone = {each["contender"] for each in run.get("given_up", []) if each["workload"] is None}
    entries = []
    for name, plan in wanted.items():
        runner = prepared[found[name].runner]
        lacks = runner if isinstance(runner, Unavailable) else runner.left_out.get(name)
        if lacks is not None:
            raise MissingError(f"--resume {run['id']}: {lacks.name}: {lacks.reason}")
        assert isinstance(runner, Ready)
        if runner.hash != plan["hash"]:
            raise UsageError(
                f"--resume {run['id']}: the sources of {name} changed; start a new run, "
                "or undo the change."
            )
        if runner.version != plan["version"]:
            raise UsageError(
                f"--resume {run['id']}: the runtime of {name} was {plan['version']} and is "
                f"{runner.version}; start a new run."
            )
        entry = Entry(contender=found[name], runner=runner)
        if name not in gone and (why := trouble_of(entry)):
            raise MissingError(f"--resume {run['id']}: {name} could not be started: {why}.")
        entries.append(entry)
    return entries


def insist_on_same_ground(run: RunFile) -> None:
    """Raise UsageError where the measuring code, the plan, the machine or its CPUs are others."""
    if run["suite"] is None:
        raise UsageError(
            f"--resume {run['id']}: an older awaitbench began it (format {run['schema']}); start a "
            "new run."
        )
    if changed := run.get("sources_changed"):
        raise UsageError(
            f"--resume {run['id']}: the sources of {', '.join(changed)} changed while they were "
            "measured; start a new run."
        )
    if how := change(run["suite"], describe_suite()):
        raise UsageError(
            f"--resume {run['id']}: awaitbench's own code changed ({how}); undo the change, or "
            "start a new run."
        )
    if others := differences(run["machine"], describe_machine()):
        raise UsageError(
            f"--resume {run['id']}: the machine or its software changed ({others[0]}); start a "
            "new run."
        )
    names = [plan["name"] for plan in run["workloads"]]
    ours = [w for w in WORKLOADS if w.name in names and w.takes_part(run["profile"])]
    planned = planning.plan_workloads(ours, run["profile"], run["sites"])
    if [*map(_young, planned)] != [*map(_young, run["workloads"])]:
        raise UsageError(
            f"--resume {run['id']}: run.json was changed: its workloads are not as awaitbench plans "
            "them; start a new run."
        )
    placed = {*run["placement"]["harness"], *run["placement"]["programs"]}
    if not placed or not placed <= allowed() or (placed != allowed() and not can_pin()):
        raise UsageError(f"--resume {run['id']}: its CPUs are not available; start a new run.")


def _young(plan: WorkloadPlan) -> Mapping[str, Any]:
    """Return what of a workload's plan does not depend on the pace of a machine."""
    found = ("iterations", "warmup", "lengths", "studies")
    return {key: value for key, value in plan.items() if key not in found}


def changed_sources(run: RunFile, entries: Sequence[Entry]) -> list[str]:
    """Return the runners whose files are no longer those that the run began with."""
    homes = {e.contender.runner: [*e.runner.manifest.homes.values()] for e in entries}
    planned = {plan["runner"]: plan["hash"] for plan in run["contenders"]}
    return [
        name
        for name, folders in homes.items()
        # A folder that is gone was noticed: its programs could not be started, and dropped out.
        if all(folder.is_dir() for folder in folders) and content_hash(*folders) != planned[name]
    ]
