"""A run from plan to last invocation: new, or gone on with after it was cut off."""

import math
import shlex
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.families import FAMILIES, WORKLOADS, Measurement
from benchmarks.ping.live import LivePinger
from benchmarks.ping.origin.handle import Origin
from benchmarks.ping.origin.plan import Record
from benchmarks.ping.stored import stored_pings, well_formed
from benchmarks.run import planning
from benchmarks.run.living import Wish, with_lives
from benchmarks.run.lock import machine_lock
from benchmarks.run.machine import describe_machine, harmless_differences
from benchmarks.run.placement import on_cpus
from benchmarks.run.probe import LIMIT_S, PerformSome, StudyBook, probe
from benchmarks.run.progress import show_seconds, watcher
from benchmarks.run.provisional import FIRST_BLOCK, Draw, ProvisionalPage, is_affordable
from benchmarks.run.sameness import changed_sources, insist_on_same_ground, same_entries
from benchmarks.run.selection import Entry
from benchmarks.run.session import Session, complete_groups
from benchmarks.run.store import RESUME, RunStore, near, room_for_runs
from results.errors import OriginLostError, RefusedError, StoppedError, StorageError, UsageError
from results.format import AGAIN, REPORT_FILE, RunFile, length_of
from runners import descendants
from runners.discovery import ROOT, Discovery
from runners.limits import insist_on
from runners.roster import start_of
from runners.spawning import Start
from runners.toolchain import Substitutions

Say = Callable[[str], None]


@contextmanager
def own_machine(wait: Say | None) -> Iterator[None]:
    """Hold this machine from the first build on, which would take time from another run.

    Raises MissingError where another one measures, or results have no place.
    """
    with machine_lock(wait=wait):
        _insist_on_space(planning.files_bytes(0))
        yield


def start_run(
    draft: RunFile,
    entries: Sequence[Entry],
    wish: Wish,
    substitutions: Substitutions,
    say: Say,
    draw: Draw | None = None,
) -> Path:
    """Measure a new run and return its folder; `draw` makes its page meanwhile.

    Needs `own_machine`. Raises AwaitbenchError; what was measured by then is kept.
    """
    with _ground(draft, entries) as perform:
        run = _lived(draft, entries, wish, perform, say)
        _insist_on_space(planning.disk_bytes(run))
        insist_on(planning.needs(run))
        manifests = {entry.contender.runner: entry.runner.manifest for entry in entries}
        store = RunStore.create(run, list(manifests.values()))
        say(_announced(store, draw is not None))
        _measure(store, entries, substitutions, set(), perform, say, draw)
    return store.folder


def plan_run(draft: RunFile, entries: Sequence[Entry], wish: Wish, say: Say) -> RunFile:
    """Return what `start_run` would measure, by the pace of this machine now.

    Needs `own_machine`.
    """
    with _ground(draft, entries) as perform:
        return _lived(draft, entries, wish, perform, say)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What invocations stand on: what performs one, the origin, and how each is started.

    `start` takes a workload and a contender (id).
    """

    perform: PerformSome
    origin: Origin
    start: Callable[[str, str], Start]


@contextmanager
def single_invocations(
    draft: RunFile, entries: Sequence[Entry], say: Say
) -> Iterator[tuple[RunFile, Ground]]:
    """Give the plan with its lengths, and the ground of its invocations.

    Needs `own_machine`. Nothing is stored, and there is no live mode. Raises AwaitbenchError.
    """
    with _with_origin(draft, entries) as ground:
        yield _lived(draft, entries, Wish(), ground.perform, say), ground


def _lived(
    draft: RunFile, entries: Sequence[Entry], wish: Wish, perform: PerformSome, say: Say
) -> RunFile:
    """Return the plan with the lengths of its processes, once a probe showed the pace."""
    if not any(plan.get("measures") == "steady" for plan in draft["workloads"]):
        return with_lives(draft, {}, wish)
    manifests = {entry.contender.runner: entry.runner.manifest for entry in entries}
    books = {name: StudyBook.open(manifest) for name, manifest in manifests.items()}
    for book in books.values():
        if book.problem is not None:
            say(f"{book.problem}: it counts as no study.")
    pilots = {workload.name: workload.pilot_s for workload in WORKLOADS}
    limit_s = math.inf if wish.live_s is not None else LIMIT_S
    most = "" if math.isinf(limit_s) else f", {limit_s:.0f} s at most"
    say(f"Looking for the pace of this machine{most}.")
    run = with_lives(draft, probe(draft, books, perform, pilots, limit_s=limit_s), wish)
    if run["blocks"] != draft["blocks"] or "override" in run:
        run.pop("shown", None)  # this machine was calibrated for other runs
    return run


def resume_run(
    folder: Path,
    discovery: Discovery,
    substitutions: Substitutions,
    say: Say,
    wait: Say | None,
    draw: Draw | None = None,
) -> None:
    """Measure what a run that was cut off still lacks.

    Raises UsageError when machine, runtime or sources are no longer those of the run.
    """
    descendants.become_subreaper()  # before programs are tried: nothing of them may stay
    with machine_lock(wait=wait):
        store = RunStore.open(folder)
        if store.run["status"] == "complete":
            say(f"Run {store.run['id']} is complete: nothing is left to measure.")
            return
        insist_on_same_ground(store.run)
        insist_on(planning.needs(store.run))
        entries = same_entries(store.run, discovery, substitutions)
        for difference in harmless_differences(store.run["machine"], describe_machine()):
            say(f"Changed since the run began, and tolerated: {difference}.")
        if store.repair():
            say("The last line of invocations.jsonl was torn and has been cut off.")
        done = complete_groups(store.run["schedule"], store.invocations())
        if marked := store.supersede(done):
            noun = "invocation" if marked == 1 else "invocations"
            say(f"Kept as superseded: {marked} {noun} of an unfinished group.")
        with _ground(store.run, entries) as perform:
            _measure(store, entries, substitutions, done, perform, say, draw)


@contextmanager
def _ground(run: RunFile, entries: Sequence[Entry]) -> Iterator[PerformSome]:
    """Have the origin, and everybody on the CPUs that are theirs; give what performs a process."""
    if run["sites"] is None:
        with _with_origin(run, entries) as ground:
            yield ground.perform
        return
    descendants.become_subreaper()
    with on_cpus(run["placement"]["harness"]):
        yield _live(run["sites"], _starts(entries, frozenset(run["placement"]["programs"])))


@contextmanager
def _with_origin(run: RunFile, entries: Sequence[Entry]) -> Iterator[Ground]:
    harness = frozenset(run["placement"]["harness"])
    programs = frozenset(run["placement"]["programs"])
    plans = {plan["name"]: plan for plan in run["workloads"]}
    # Nothing else runs beside a program without a network, so that it may have every CPU.
    starts, alone = _starts(entries, programs), _starts(entries, programs | harness)

    def start(workload: str, contender: str) -> Start:
        network = FAMILIES[plans[workload]["family"]].proof.network
        return (starts if network else alone)[contender]

    descendants.become_subreaper()
    with on_cpus(harness), Origin() as origin:
        if any(family["network"] for family in run["families"]):
            origin.insist_on_reach()

        def perform(workload: str, contender: str, iterations: int) -> Measurement:
            plan = plans[workload]
            proof = FAMILIES[plan["family"]].proof
            return proof.measure(plan, iterations, start(workload, contender), origin)

        yield Ground(perform=perform, origin=origin, start=start)


def _starts(entries: Sequence[Entry], cpus: frozenset[int]) -> Mapping[str, Start]:
    return {entry.contender.id: start_of(entry.runner, entry.contender, cpus) for entry in entries}


def _measure(
    store: RunStore,
    entries: Sequence[Entry],
    substitutions: Substitutions,
    done: set[tuple[int, str]],
    perform: PerformSome,
    say: Say,
    draw: Draw | None,
) -> None:
    run = store.run
    plans = {plan["name"]: plan for plan in run["workloads"]}

    def perform_planned(workload: str, contender: str) -> Measurement:
        iterations = length_of(plans[workload], contender)["iterations"]
        return perform(workload, contender.removesuffix(AGAIN), iterations)

    repeat = run["sites"] is None
    session = Session(store, perform_planned, watcher(run["blocks"]), repeat=repeat)
    if draw is not None:
        page = ProvisionalPage(draw, store.folder, session.watcher.note)
        session.block_done = lambda block: page.block_done(block, session.watcher.left.seconds())
    try:
        session.run(done)
    except (OriginLostError, RefusedError) as error:
        how = _how_to_go_on(run, entries, substitutions)
        raise type(error)(f"{error} {how}") from error
    except KeyboardInterrupt:
        how = _how_to_go_on(run, entries, substitutions)
        raise StoppedError(f"Stopped. {how}") from None
    share = session.busy_s / max(session.wall_s, 1e-9)
    if changed := changed_sources(run, entries):
        run["sources_changed"] = changed
        store.save()
        raise UsageError(
            f"The sources of {', '.join(changed)} changed while they were measured, so that the run "
            "stays incomplete; start a new one."
        )
    store.complete()
    say(f"{share:.0%} of the time passed between a contender's spawn and exit.")


def _announced(store: RunStore, provisional: bool) -> str:
    seconds, page = planning.seconds(store.run), near(store.folder / REPORT_FILE)
    early = provisional and is_affordable(seconds)
    when = f"provisional from block {FIRST_BLOCK} on" if early else "once it has ended"
    return f"Run {store.run['id']} takes about {show_seconds(seconds)}. Its page, {when}: {page}"


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
    given: dict[tuple[str, str], None] = {}  # options, each once
    for manifest in (entry.runner.manifest for entry in entries):
        name = manifest.name.partition("@")[0]
        if manifest.renamed:
            given["--runner", f"{name}={manifest.folder}"] = None
        elif manifest.folder.parent != ROOT:  # those are found by themselves
            given["--runner", str(manifest.folder)] = None
        for executable, path in manifest.substitutions.items():
            given["--also", f"{executable}={path}"] = None
    for executable, path in substitutions.items():
        given["--with", f"{executable}={path}"] = None
    command = [RESUME, run["id"]]
    for option, value in given:
        command += [option, shlex.quote(value)]
    return f"What was measured is kept; go on with `{' '.join(command)}`."


def _insist_on_space(needed: int) -> None:
    free = room_for_runs()
    if free < needed:
        raise StorageError(
            f"This run may need {needed / 1e6:.0f} MB for its results and {free / 1e6:.0f} MB are "
            "free; make room, or set AWAITBENCH_OUT to a folder on another disk."
        )
