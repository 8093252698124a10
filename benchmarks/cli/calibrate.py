"""`calibrate`: measure what is known beforehand, and so learn what this machine can show."""

import secrets
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from benchmarks.cli.options import say, wait_option, waiting
from benchmarks.families import DEFAULT, discover_runners, matching
from benchmarks.run import planning
from benchmarks.run.execution import own_machine, resume_run, start_run
from benchmarks.run.living import Wish
from benchmarks.run.placement import place
from benchmarks.run.planted import FIRST, NAME, SAME, SLOWER, planted_share, write_planted
from benchmarks.run.profiles import PROFILES
from benchmarks.run.progress import show_seconds
from benchmarks.run.schedule import draw_schedule
from benchmarks.run.selection import Selection, select, started
from benchmarks.run.store import find_run, runs_folder
from results.calibration import Calibration, in_words, write_calibration
from results.errors import MissingError, StorageError, UsageError
from results.format import REPORT_FILE, RunFile
from results.plan import MOST_BLOCKS
from runners.discovery import Given
from runners.limits import Needs, insist_on

if TYPE_CHECKING:
    from reports.analysis.analysed import Analysis

_PROFILE = "default"
_WARMUP = 5  # iterations; what compiles nothing needs no more
_M = 36  # comparisons, as many as a run of what takes part by itself has
_COUNTED = PROFILES[_PROFILE].blocks


@click.command()
@click.option(
    "--sessions", type=click.IntRange(1, MOST_BLOCKS // _COUNTED), default=12, show_default=True,
    help=f"How many runs of {_COUNTED} blocks are imitated.",
)  # fmt: skip
@click.option(
    "--planted", type=click.FloatRange(0.01, 1.0), default=0.1, show_default=True,
    help="Which share of its own time one of the programs has on top.",
)  # fmt: skip
@wait_option
@click.option("--resume", metavar="RUN", help="Finish a calibration that was cut off.")
def calibrate(sessions: int, planted: float, wait: bool, resume: str | None) -> int:
    """Compare a program with itself, and tell how small a difference this machine can show.

    Half a minute a session; leave the machine alone meanwhile.
    """
    if sys.platform != "linux":
        raise MissingError("`calibrate` needs Linux or WSL 2: one clock, /proc and CPU affinity.")
    if resume is not None:
        folder = find_run(resume)
        discovery = discover_runners([Given(folder=runs_folder() / NAME)])
        resume_run(folder, discovery, {}, say, waiting(wait))
        return _conclude(folder)
    return _conclude(_measured(sessions, planted, wait))


def _measured(sessions: int, planted: float, wait: bool) -> Path:
    """Measure all sessions as one run, and return its folder."""
    placement, note = place(None)
    if note is not None:
        say(note)
    click.get_current_context().with_resource(own_machine(waiting(wait)))
    insist_on(Needs())
    home = write_planted(runs_folder(), planted)
    workload = next(w.name for w in matching(DEFAULT) if _PROFILE in w.steady)
    selection = started(
        select(
            discover_runners([Given(folder=home)]),
            profile=_PROFILE,
            workload_names=(workload,),
            contender_names=(NAME,),
            substitutions={},
        )
    )
    if len(selection.entries) != len((FIRST, SAME, SLOWER)):
        raise MissingError("; ".join(s["reason"] for s in selection.skipped))
    draft = planning.make_plan(
        selection,
        profile=_PROFILE,
        blocks=sessions * _COUNTED,
        seed=secrets.randbelow(2**32),
        placement=placement,
        sites=None,
        command=f".venv/bin/python -m benchmarks calibrate --sessions {sessions} --planted {planted}",
    )
    say(f"{sessions} sessions of {_COUNTED} blocks: about {show_seconds(30 * sessions)}.")
    run = _without_null_arm(draft, selection)
    return start_run(run, selection.entries, Wish(warmup=_WARMUP), {}, say)


def _without_null_arm(draft: RunFile, selection: Selection) -> RunFile:
    """Two of its contenders are the same already."""
    run, ids = draft.copy(), [entry.contender.id for entry in selection.entries]
    own = {plan["name"]: ids for plan in draft["workloads"]}
    run["null_arm"] = {}
    run["schedule"] = draw_schedule(draft["seed"], draft["blocks"], own, {})
    return run


def _conclude(folder: Path) -> int:
    """Judge the sessions, store and say what came out."""
    import reports  # only now: what measures does without what draws

    analysis = reports.analyse(folder)
    reports.write(analysis)
    say(f"Page: {folder / REPORT_FILE}")
    own = {contender["id"]: contender["command"] for contender in analysis.run["contenders"]}
    if f"{NAME}/{SLOWER}" not in own:
        raise UsageError(f"{analysis.run['id']} is no calibration: `run --resume` goes on with it.")
    found, held = _judged(analysis, planted_share(own[f"{NAME}/{SLOWER}"]))
    try:
        file = write_calibration(runs_folder(), found)
    except OSError as error:
        raise StorageError(f"The calibration cannot be written ({error.strerror}).") from error
    for line in _told(found, held):
        click.echo(line)
    say(f"Written: {file.name}, beside the runs.")
    return 0


def _judged(analysis: "Analysis", planted: float) -> tuple[Calibration, int]:
    """Return what was found, and how many intervals held the planted ratio."""
    from reports.analysis.block_values import block_values
    from reports.analysis.calibration import counts, differences_of, smallest_shown

    run, frames = analysis.run, analysis.frames
    (plan,) = run["workloads"]
    values = block_values(frames.invocations, frames.iterations, frames.pings)
    first, same, slower = (f"{NAME}/{who}" for who in (FIRST, SAME, SLOWER))
    null = differences_of(values, plan["name"], "real", first, same)
    young = differences_of(values, plan["name"], "young", first, same)
    if null.size < _COUNTED:
        raise MissingError(
            f"Only {null.size} blocks of {run['id']} are valid, and a session has {_COUNTED}; look "
            "at its page."
        )
    alike = counts(null, _COUNTED, 1.0)
    apart = counts(
        differences_of(values, plan["name"], "real", first, slower), _COUNTED, 1 + planted
    )
    steady = next(w.steady for w in matching([plan["name"]]))
    found = Calibration(
        run=run["id"],
        date=run["started"][:10],
        cpu=run["machine"]["cpu"],
        cores=run["machine"]["cores"],
        workload=plan["name"],
        blocks=_COUNTED,
        sessions=alike.sessions,
        false_alarms=alike.claimed,
        held=alike.held,
        planted=planted,
        found=apart.claimed,
        m=_M,
        smallest={
            name: smallest_shown(null if name in steady else young, profile.blocks, _M, run["seed"])
            for name, profile in PROFILES.items()
        },
    )
    return found, apart.held


def _told(found: Calibration, held: int) -> list[str]:
    of = f"of {found['sessions']}"
    share = f"{100 * found['planted']:.0f} %"
    return [
        f"{found['sessions']} sessions of {found['blocks']} blocks, {found['workload']}",
        f"the same program twice: a difference claimed in     {found['false_alarms']} {of}",
        f"the same program twice: 1 within the 95 % interval  {found['held']} {of}",
        f"{share} planted: claimed in                          {found['found']} {of}",
        f"{share} planted: within the 95 % interval            {held} {of}",
        f"Smallest difference shown four times out of five, among {found['m']} comparisons: "
        f"{in_words(found['smallest'])}.",
    ]
