"""A run from plan to last invocation: new, or gone on with after it was cut off."""

import shlex
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.families import FAMILIES, WORKLOADS, Measurement
from benchmarks.ping.live import LivePinger
from benchmarks.ping.origin.handle import Origin
from benchmarks.ping.origin.plan import Record
from benchmarks.ping.stored import stored_pings, well_formed
from benchmarks.run import planning
from benchmarks.run.living import Wish, with_lives
from benchmarks.run.lock import machine_lock
from benchmarks.run.machine import describe_machine, differences, harmless_differences
from benchmarks.run.placement import on_cpus
from benchmarks.run.probe import LIMIT_S, PerformSome, StudyBook, probe
from benchmarks.run.progress import watcher
from benchmarks.run.selection import Entry, trouble_of
from benchmarks.run.session import Session, complete_groups
from benchmarks.run.store import RESUME, RunStore, room_for_runs
from benchmarks.run.suite import change, describe_suite
from results.errors import (
    MissingError,
    OriginLostError,
    RefusedError,
    StoppedError,
    StorageError,
    UsageError,
)
from results.format import AGAIN, RunFile, WorkloadPlan, length_of
from runners import descendants
from runners.cpus import allowed, can_pin
from runners.discovery import ROOT, Discovery
from runners.limits import insist_on
from runners.roster import Ready, Unavailable, all_contenders, prepare_all, start_of
from runners.spawning import Start
from runners.toolchain import Substitutions

Say = Callable[[str], None]


def insist_on_room(wait: Say | None) -> None:
    """Refuse early what `start_run` would refuse: another run measures, or results have no place.

    Raises MissingError. Nothing is built before this: it would take time from the other run.
    """
    with machine_lock(wait=wait):
        _insist_on_space(planning.files_bytes(0))


def start_run(
    draft: RunFile,
    entries: Sequence[Entry],
    wish: Wish,
    substitutions: Substitutions,
    say: Say,
    wait: Say | None,
) -> Path:
    """Measure a new run and return its folder.

    Raises AwaitbenchError; what was measured by then is kept.
    """
    with machine_lock(wait=wait), _ground(draft, entries) as perform:
        run = _lived(draft, entries, wish, perform, say)
        _insist_on_space(planning.disk_bytes(run))
        insist_on(planning.needs(run))
        manifests = {entry.contender.runner: entry.runner.manifest for entry in entries}
        store = RunStore.create(run, list(manifests.values()))
        say(f"Run {run['id']}")
        _measure(store, entries, substitutions, set(), perform, say)
    return store.folder


def plan_run(
    draft: RunFile, entries: Sequence[Entry], wish: Wish, say: Say, wait: Say | None
) -> RunFile:
    """Return what `start_run` would measure, by the pace of this machine now."""
    with machine_lock(wait=wait), _ground(draft, entries) as perform:
        return _lived(draft, entries, wish, perform, say)


def _lived(
    draft: RunFile, entries: Sequence[Entry], wish: Wish, perform: PerformSome, say: Say
) -> RunFile:
    """Return the plan with the lengths of its processes, once a probe showed the pace."""
    if not any(plan.get("measures") == "steady" for plan in draft["workloads"]):
        return draft
    manifests = {entry.contender.runner: entry.runner.manifest for entry in entries}
    books = {name: StudyBook.open(manifest) for name, manifest in manifests.items()}
    for book in books.values():
        if book.problem is not None:
            say(f"{book.problem}: it counts as no study.")
    pilots = {workload.name: workload.pilot_s for workload in WORKLOADS}
    say(f"Looking for the pace of this machine, {LIMIT_S:.0f} s at most.")
    return with_lives(draft, probe(draft, books, perform, pilots), wish)


def resume_run(
    folder: Path,
    discovery: Discovery,
    substitutions: Substitutions,
    say: Say,
    wait: Say | None,
) -> None:
    """Measure what a run that was cut off still lacks.

    Raises UsageError when machine, runtime or sources are no longer those of the run.
    """
    with machine_lock(wait=wait):
        store = RunStore.open(folder)
        if store.run["status"] == "complete":
            say(f"Run {store.run['id']} is complete: nothing is left to measure.")
            return
        _insist_on_same_ground(store.run)
        insist_on(planning.needs(store.run))
        entries = _same_entries(store.run, discovery, substitutions)
        for difference in harmless_differences(store.run["machine"], describe_machine()):
            say(f"Changed since the run began, and tolerated: {difference}.")
        if store.repair():
            say("The last line of invocations.jsonl was torn and has been cut off.")
        done = complete_groups(store.run["schedule"], store.invocations())
        if marked := store.supersede(done):
            noun = "invocation" if marked == 1 else "invocations"
            say(f"Kept as superseded: {marked} {noun} of an unfinished group.")
        with _ground(store.run, entries) as perform:
            _measure(store, entries, substitutions, done, perform, say)


@contextmanager
def _ground(run: RunFile, entries: Sequence[Entry]) -> Iterator[PerformSome]:
    """Have the origin, and everybody on the CPUs that are theirs; give what performs a process."""
    harness = frozenset(run["placement"]["harness"])
    programs = frozenset(run["placement"]["programs"])
    # Nothing else runs beside a program without a network, so that it may have every CPU.
    starts, alone = (
        {entry.contender.id: start_of(entry.runner, entry.contender, cpus) for entry in entries}
        for cpus in (programs, programs | harness)
    )
    descendants.become_subreaper()
    with on_cpus(harness):
        if run["sites"] is not None:
            yield _live(run["sites"], starts)
            return
        with Origin() as origin:
            if any(family["network"] for family in run["families"]):
                origin.insist_on_reach()
            yield _proven(run, starts, alone, origin)


def _measure(
    store: RunStore,
    entries: Sequence[Entry],
    substitutions: Substitutions,
    done: set[tuple[int, str]],
    perform: PerformSome,
    say: Say,
) -> None:
    run = store.run
    plans = {plan["name"]: plan for plan in run["workloads"]}

    def perform_planned(workload: str, contender: str) -> Measurement:
        iterations = length_of(plans[workload], contender)["iterations"]
        return perform(workload, contender.removesuffix(AGAIN), iterations)

    repeat = run["sites"] is None
    session = Session(store, perform_planned, watcher(run["blocks"]), repeat=repeat)
    try:
        session.run(done)
    except (OriginLostError, RefusedError) as error:
        how = _how_to_go_on(run, entries, substitutions)
        raise type(error)(f"{error} {how}") from error
    except KeyboardInterrupt:
        how = _how_to_go_on(run, entries, substitutions)
        raise StoppedError(f"Stopped. {how}") from None
    share = session.busy_s / max(session.wall_s, 1e-9)
    say(f"{share:.0%} of the time passed between a contender's spawn and exit.")


def _proven(
    run: RunFile, starts: Mapping[str, Start], alone: Mapping[str, Start], origin: Origin
) -> PerformSome:
    plans = {plan["name"]: plan for plan in run["workloads"]}

    def perform(workload: str, contender: str, iterations: int) -> Measurement:
        plan = plans[workload]
        proof = FAMILIES[plan["family"]].proof
        start = starts[contender] if proof.network else alone[contender]
        return proof.measure(plan, iterations, start, origin)

    return perform


def _live(sites: Sequence[Sequence[str]], starts: Mapping[str, Start]) -> PerformSome:
    pinger = LivePinger(sites=sites)

    def perform(workload: str, contender: str, iterations: int) -> Measurement:
        observation = pinger.ping(starts[contender])
        # No origin saw them.
        pings = stored_pings(list(map(len, sites)), [], well_formed(observation), Record())
        return Measurement(observation=observation, findings=observation.findings, pings=pings)

    return perform


def _how_to_go_on(run: RunFile, entries: Sequence[Entry], substitutions: Substitutions) -> str:
    """Say which command goes on, with the paths that it needs: a terminal's, never stored."""
    folders = dict.fromkeys(entry.runner.manifest.folder for entry in entries)
    command = [RESUME, run["id"]]
    for folder in folders:
        if folder.parent != ROOT:  # those are found by themselves
            command += ["--runner", shlex.quote(str(folder))]
    for name, path in substitutions.items():
        command += ["--with", shlex.quote(f"{name}={path}")]
    return f"What was measured is kept; go on with `{' '.join(command)}`."


def _same_entries(run: RunFile, discovery: Discovery, substitutions: Substitutions) -> list[Entry]:
    """Return the run's contenders, if they are still the same."""
    found = all_contenders(discovery)
    wanted = {plan["id"]: plan for plan in run["contenders"]}
    for name in wanted:
        if name not in found:
            raise UsageError(
                f"--resume {run['id']}: contender {name} is no longer there; "
                "give its folder with --runner, or start a new run."
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


def _insist_on_same_ground(run: RunFile) -> None:
    """Raise UsageError where the measuring code, the plan, the machine or its CPUs are others."""
    if run["suite"] is None:
        raise UsageError(
            f"--resume {run['id']}: an older awaitbench began it (format {run['schema']}); start a "
            "new run."
        )
    if how := change(run["suite"], describe_suite()):
        raise UsageError(
            f"--resume {run['id']}: awaitbench's own code changed ({how}); undo the change, or "
            "start a new run."
        )
    if changed := differences(run["machine"], describe_machine()):
        raise UsageError(
            f"--resume {run['id']}: the machine or its software changed ({changed[0]}); start a "
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


def _insist_on_space(needed: int) -> None:
    free = room_for_runs()
    if free < needed:
        raise StorageError(
            f"This run may need {needed / 1e6:.0f} MB for its results and {free / 1e6:.0f} MB are "
            "free; make room, or set AWAITBENCH_OUT to a folder on another disk."
        )
