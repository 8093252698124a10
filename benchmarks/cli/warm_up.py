"""`warm-up`: study how long processes take to have their pace, and keep what was found."""

import math
import secrets
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from benchmarks.cli.options import runner_option, say, wait_option, waiting, with_option
from benchmarks.families import FAMILIES, STUDY, discover_runners
from benchmarks.run import planning
from benchmarks.run.execution import own_machine, resume_run, start_run
from benchmarks.run.lengths import SPAWN_S, window
from benchmarks.run.living import Wish
from benchmarks.run.placement import place
from benchmarks.run.progress import show_seconds
from benchmarks.run.selection import choose_substitutions, select, started
from benchmarks.run.store import RunStore, find_run
from results.errors import MissingError, StorageError, UsageError
from results.format import REPORT_FILE, RunFile
from runners.content import STUDIES, content_hash
from runners.discovery import Discovery, Given
from runners.limits import Needs, insist_on
from runners.roster import all_contenders
from runners.studies import Study, runtime_of, sources_hash, write_studies

if TYPE_CHECKING:
    from reports.analysis.studied import StudiedPair

_UNEVEN = 0.10  # the same limit that a run has for its verdicts
_LONGEST_S = 80.0  # fits the job limit of 120 s on a machine that becomes slower meanwhile


@click.command("warm-up")
@click.argument("names", nargs=-1, metavar="[RUNNER|RUNNER/NAME]...")
@click.option(
    "--workload", "workloads", multiple=True, metavar="W",
    help="A workload, family or set; may be repeated. Default: all that have a steady pace.",
)  # fmt: skip
@click.option(
    "--processes", type=click.IntRange(5, 100), default=8, show_default=True,
    help="How many processes of each pair.",
)  # fmt: skip
@click.option(
    "--seconds", type=click.FloatRange(0.5, _LONGEST_S), default=10.0, show_default=True,
    help="About how long each of them lives.",
)  # fmt: skip
@runner_option
@with_option
@wait_option
@click.option("--resume", metavar="RUN", help="Finish a study that was cut off.")
def warm_up(
    names: tuple[str, ...],
    workloads: tuple[str, ...],
    processes: int,
    seconds: float,
    runner_folders: tuple[Given, ...],
    substitutions: tuple[str, ...],
    wait: bool,
    resume: str | None,
) -> int:
    """Find out how long programs take to warm up, and write it beside them as warm-up.toml.

    Leave the machine alone meanwhile: all that is shipped takes over an hour.
    """
    if sys.platform != "linux":
        raise MissingError("`warm-up` needs Linux or WSL 2: one clock, /proc and CPU affinity.")
    discovery = discover_runners(runner_folders)
    replaced = choose_substitutions(discovery, substitutions)
    if resume is not None:
        folder = find_run(resume)
        if not is_study(folder):
            raise UsageError(f"{folder.name} is no study: `run --resume` goes on with it.")
        resume_run(folder, discovery, replaced, say, waiting(wait))
        return conclude(folder, discovery)
    placement, note = place(None)
    if note is not None:
        say(note)
    click.get_current_context().with_resource(own_machine(waiting(wait)))
    insist_on(Needs())
    selection = started(
        select(
            discovery,
            profile=STUDY,
            workload_names=workloads or sets(),
            contender_names=names,
            substitutions=replaced,
        )
    )
    if not selection.entries:
        reasons = "; ".join(f"{s['id']}: {s['reason']}" for s in selection.skipped)
        raise MissingError(f"No contender can be studied. {reasons}")
    given = [("--workload", name) for name in workloads]
    given += [("--processes", str(processes)), ("--seconds", f"{seconds:g}")]
    words = [*names, *(word for pair in given for word in pair)]
    draft = planning.make_plan(
        selection,
        profile=STUDY,
        blocks=processes,
        seed=secrets.randbelow(2**32),
        placement=placement,
        sites=None,
        command=shlex.join([".venv/bin/python", "-m", "benchmarks", "warm-up", *words]),
    )
    pairs = planning.invocations(draft["schedule"]) // processes
    about = show_seconds(pairs * processes * (seconds + SPAWN_S))
    say(f"{pairs} pairs, {processes} processes each: about {about}, less where they warm up.")
    wish = Wish(live_s=seconds)
    folder = start_run(draft, selection.entries, wish, replaced, say)
    return conclude(folder, discovery)


def is_study(folder: Path) -> bool:
    """Tell whether a run is a study. Raises UnreadableRun or UsageError where it cannot be read."""
    return RunStore.open(folder).run["profile"] == STUDY


def conclude(folder: Path, discovery: Discovery) -> int:
    """Judge a study that is complete, write the runners' tables, and say what was found."""
    import reports  # only now: what measures does without what draws
    from reports.analysis.studied import StudiedPair, studied_pairs

    analysis = reports.analyse(folder)
    _insist_on_studied_sources(analysis.run, discovery)
    reports.write(analysis)
    say(f"Curves: {folder / REPORT_FILE}")
    found: list[StudiedPair] = [*studied_pairs(analysis.frames.iterations, _windows(analysis.run))]
    said = {
        (line["workload"], line["contender"]): line["runtime"]
        for line in (record.recorded for record in analysis.folder.invocations)
        if line["runtime"] is not None
    }
    contenders = all_contenders(discovery)
    made: dict[Path, list[Study]] = {}
    for pair in found:
        click.echo(_told(pair))
        runtime = said.get((pair.workload, pair.contender))
        if pair.found is None or runtime is None:
            continue
        contender = contenders[pair.contender]
        manifest = next(m for m in discovery.manifests if m.name == contender.runner)
        study = Study(
            workload=pair.workload,
            contender=contender.name,
            runtime=runtime_of(runtime),
            sources=sources_hash(manifest.home_of(contender), contender.sources),
            ending=pair.found.ending.value,
            warmup=pair.found.warmup,
            warmup_ns=pair.warmup_ns,
            young_ns=pair.young_ns,
            steady_ns=pair.steady_ns,
            later=1.0 if pair.later is None else round(pair.later.value, 4),
            processes=pair.processes,
            iterations=pair.iterations,
            studied=analysis.run["started"][:10],
            machine=analysis.run["machine"]["cpu"],
        )
        made.setdefault(manifest.folder, []).append(study)
    for home, studies in made.items():
        try:
            write_studies(home, studies)
        except OSError as error:
            raise StorageError(
                f"{home / STUDIES} cannot be written ({error.strerror}); `warm-up --resume "
                f"{analysis.run['id']}` tries again."
            ) from error
        say(f"Written: {home.name}/{STUDIES}, {len(studies)} of its studies.")
    return 0 if all(pair.found is not None for pair in found) else 1


def _insist_on_studied_sources(run: RunFile, discovery: Discovery) -> None:
    """Raise UsageError where a studied program is not here, or is no longer what was studied."""
    homes = {manifest.name: manifest.homes.values() for manifest in discovery.manifests}
    for plan in run["contenders"]:
        if plan["runner"] not in homes:
            raise UsageError(
                f"{run['id']} studied {plan['id']}, which is not here: give its folder by --runner."
            )
        if content_hash(*homes[plan["runner"]]) != plan["hash"]:
            raise UsageError(
                f"The sources of {plan['id']} changed since {run['id']} studied it: study it again."
            )


def _windows(run: RunFile) -> dict[tuple[str, str], int]:
    return {
        (plan["name"], contender): window(study["pace_ns"] / 1e9)
        for plan in run["workloads"]
        for contender, study in plan.get("studies", {}).items()
    }


def _told(pair: "StudiedPair") -> str:
    where = f"{pair.workload}: {pair.contender}"
    if pair.found is None:
        return f"{where}: {pair.why}."
    if pair.found.ending.value != "settled":
        times = math.ceil(10 * pair.found.wanted / pair.iterations) / 10
        longer = f"with {times:g} times the --seconds" if times else "with more --seconds"
        return (
            f"{where}: {pair.found.ending.value} after {pair.iterations} iterations; study it "
            f"longer, {longer}."
        )
    return (
        f"{where}: {pair.found.warmup} iterations, {pair.warmup_ns / 1e9:.2g} s; one takes "
        f"{pair.young_ns / 1e6:.3g} ms young and {pair.steady_ns / 1e6:.3g} ms then{_later(pair)}."
    )


def _later(pair: "StudiedPair") -> str:
    """How surely the pace stays: where a machine is uneven, a study sees great changes only."""
    if pair.later is None or (interval := pair.later.wide) is None:
        return ""
    said = f"; what comes later takes {interval.low:.2f} to {interval.high:.2f} times as long"
    if max(interval.low, 1 / interval.high) - 1 > _UNEVEN:
        return f"{said}: it had not settled; study it longer"
    if max(interval.high, 1 / interval.low) - 1 > _UNEVEN:
        return f"{said}: this machine is too uneven to see less; study it again on a quieter one"
    return said


def sets() -> tuple[str, ...]:
    """Return the sets in which anything has a steady pace."""
    return tuple(
        dict.fromkeys(f.set for f in FAMILIES.values() if any(w.steady for w in f.workloads))
    )
