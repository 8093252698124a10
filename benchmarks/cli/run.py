"""`run`: measure, analyse, write the report."""

import secrets
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import click
from click.core import ParameterSource

from benchmarks.cli.live import insist_on_few_requests, live_chains
from benchmarks.cli.options import (
    Duration,
    optional_option,
    runner_option,
    say,
    wait_option,
    waiting,
    warn_of_unknown_families,
    with_option,
)
from benchmarks.cli.plan import announce, show_plan
from benchmarks.cli.provisional import draw
from benchmarks.cli.warm_up import conclude, is_study
from benchmarks.families import DEFAULT, discover_runners
from benchmarks.ping.live import REQUEST_LIMIT
from benchmarks.run import planning
from benchmarks.run.execution import own_machine, plan_run, resume_run, start_run
from benchmarks.run.living import Wish
from benchmarks.run.placement import MODES, place
from benchmarks.run.profiles import PROFILES
from benchmarks.run.selection import (
    Selection,
    choose_substitutions,
    parse_executables,
    select,
    started,
)
from benchmarks.run.store import find_run, runs_folder
from results.calibration import in_words, read_calibration
from results.errors import MissingError, UsageError
from results.format import Placement, RunFile, Shown
from results.plan import FEWEST_BLOCKS, MOST_BLOCKS
from runners.also import with_others
from runners.discovery import Given
from runners.limits import Needs, insist_on

_PROFILES = "; ".join(f"{p.name}: {p.blocks} blocks, {p.purpose}" for p in PROFILES.values())


@click.command()
@click.option("--profile", default="default", show_default=True, help=f"{_PROFILES}.")
@click.option(
    "--workload", "workloads", multiple=True, metavar="W",
    help=f"A workload, family or set; may be repeated. Default: {', '.join(DEFAULT)}.",
)  # fmt: skip
@click.option(
    "--contender", "contenders", multiple=True, metavar="C",
    help="A contender (RUNNER/NAME) or a whole runner; may be repeated. "
    "Default: all.",
)  # fmt: skip
@optional_option
@runner_option
@click.option(
    "--blocks", type=int, help=f"Blocks, at least {FEWEST_BLOCKS}, instead of the profile's."
)
@click.option("--seed", type=int, help="Seed of the schedule. Default: a fresh one, recorded.")
@click.option(
    "--placement", metavar="|".join(MODES),
    help="split: the last CPU for the origin, the others for the programs; shared: all for both. "
    "Default: split where there are two.",
)  # fmt: skip
@click.option(
    "--time", "time_s", type=Duration(), metavar="T",
    help="How long the run may take (90s, 40m, 2h): longer warm-ups first, then more blocks.",
)  # fmt: skip
@click.option(
    "--warm-up", "warmup", type=click.IntRange(1), metavar="N",
    help="For studies: leave out the first N iterations of every steady process.",
)  # fmt: skip
@click.option(
    "--measure", type=click.IntRange(1), metavar="N",
    help="For studies: measure N iterations of every steady process.",
)  # fmt: skip
@click.option("--plan", "plan_only", is_flag=True, help="Print what would run and for how long.")
@with_option
@click.option(
    "--also", "others", multiple=True, metavar="EXE=PATH",
    help="Add every contender whose manifest names the executable EXE once more, with PATH in its "
    "place: node/http@22.4.0. May be repeated.",
)  # fmt: skip
@wait_option
@click.option(
    "--sites", multiple=True, metavar="A,B",
    help="Live mode: ping these sites (NAME or NAME:PORT, port 80 unless given), one --sites a "
    "chain. Nothing is proven then, and there are no verdicts.",
)  # fmt: skip
@click.option("--yes", is_flag=True, help=f"Live mode: allow over {REQUEST_LIMIT} requests a site.")
@click.option(
    "--resume", metavar="RUN", help="Finish a run that was cut off: a path, id or latest."
)
def run(
    profile: str,
    workloads: tuple[str, ...],
    contenders: tuple[str, ...],
    optional: bool,
    runner_folders: tuple[Given, ...],
    blocks: int | None,
    seed: int | None,
    placement: str | None,
    time_s: float | None,
    warmup: int | None,
    measure: int | None,
    plan_only: bool,
    substitutions: tuple[str, ...],
    others: tuple[str, ...],
    wait: bool,
    sites: tuple[str, ...],
    yes: bool,
    resume: str | None,
) -> int:
    """Run contenders side by side, analyse, and write the report."""
    if sys.platform != "linux":
        raise MissingError("`run` needs Linux or WSL 2: one clock, /proc and CPU affinity.")
    discovery = discover_runners(runner_folders)
    replaced = choose_substitutions(discovery, substitutions)
    warn_of_unknown_families(discovery)
    added = parse_executables("--also", others)
    own = {manifest.name for manifest in discovery.manifests}
    discovery = with_others(discovery, added, replaced)
    if resume is not None:
        _insist_on_resume_alone()
        folder = find_run(resume)
        resume_run(folder, discovery, replaced, say, waiting(wait), draw)
        return conclude(folder, discovery) if is_study(folder) else _report(folder)
    chains = live_chains(sites, workloads, (time_s, warmup, measure))
    count = _blocks(profile, blocks)
    placed = _placement(placement)
    click.get_current_context().with_resource(own_machine(waiting(wait)))
    insist_on(Needs())
    selection = select(
        discovery,
        profile=profile,
        workload_names=workloads,
        contender_names=contenders,
        substitutions=replaced,
        optional=optional,
        live=chains is not None,
    )
    _insist_on_others(selection, {m.name for m in discovery.manifests} - own)
    selection = started(selection)
    _insist_on_contenders(selection)
    drawn = secrets.randbelow(2**32) if seed is None else seed
    named = {
        "--profile": (profile,),
        "--seed": (str(drawn),),
        # A given time says how many blocks there are, unless they are given, too.
        "--blocks": _given(count if time_s is None else blocks, "{}"),
        "--workload": workloads,
        "--contender": contenders,
        "--sites": sites,
        "--runner": tuple(map(str, runner_folders)),
        "--with": tuple(f"{executable}={path.name}" for executable, path in replaced.items()),
        "--also": tuple(f"{executable}={path.name}" for executable, path in added),
        "--placement": (placed["mode"],),
        "--time": _given(time_s, "{:.0f}s"),
        "--warm-up": _given(warmup, "{}"),
        "--measure": _given(measure, "{}"),
    }
    draft = planning.make_plan(
        selection,
        profile=profile,
        blocks=count,
        seed=drawn,
        placement=placed,
        sites=chains,
        command=_command(named, {"--optional": optional, "--yes": yes}),
    )
    announce(draft, selection)
    if chains is None and count == PROFILES[profile].blocks:
        _recall_calibration(draft)
    if chains is not None:
        insist_on_few_requests(draft, yes)
    wish = Wish(time_s=time_s, warmup=warmup, measure=measure, blocks=blocks is not None)
    if plan_only:
        plan = plan_run(draft, selection.entries, wish, say)
        show_plan(plan)
        return 0
    folder = start_run(draft, selection.entries, wish, replaced, say, draw)
    status = _report(folder)
    if selection.unstarted:
        raise MissingError(
            f"{', '.join(selection.unstarted)} could not be started, and took no part."
        )
    return status


def _command(named: Mapping[str, Sequence[str]], flags: Mapping[str, bool]) -> str:
    """What repeats the run, without paths, which would tell where somebody's files lie."""
    words = [word for name, values in named.items() for value in values for word in (name, value)]
    return " ".join(
        [
            ".venv/bin/python -m benchmarks run",
            *words,
            *(flag for flag, given in flags.items() if given),
        ]
    )


def _given(value: float | None, form: str) -> tuple[str, ...]:
    return () if value is None else (form.format(value),)


def _report(folder: Path) -> int:
    # Imported only now: what measures does without what draws.
    from rich.console import Console

    from benchmarks.cli.outcome import show_report

    shown = show_report(folder, Console())
    if shown.lacking:
        raise MissingError("; ".join(shown.lacking))
    return 1 if shown.summary["invalid"] or not shown.answered else 0


def _blocks(profile: str, blocks: int | None) -> int:
    if profile not in PROFILES:
        raise UsageError(f"There is no profile ‘{profile}’; known are {', '.join(PROFILES)}.")
    if blocks is None:
        return PROFILES[profile].blocks
    if blocks < FEWEST_BLOCKS:
        raise UsageError(
            f"--blocks {blocks}: below {FEWEST_BLOCKS} blocks no interval reaches 95 %; "
            f"give {FEWEST_BLOCKS} or more."
        )
    if blocks > MOST_BLOCKS:
        raise UsageError(f"--blocks {blocks}: give at most {MOST_BLOCKS}.")
    return blocks


def _placement(name: str | None) -> Placement:
    if name not in (None, *MODES):
        raise UsageError(f"There is no placement ‘{name}’; known are {', '.join(MODES)}.")
    placed, note = place(name)
    if note is not None:
        say(note)
    return placed


def _insist_on_resume_alone() -> None:
    context = click.get_current_context()
    given = {
        name
        for name in context.params
        if context.get_parameter_source(name) is ParameterSource.COMMANDLINE
    }
    if given - {"resume", "runner_folders", "substitutions", "others", "wait"}:
        raise UsageError(
            "--resume takes everything from the run itself; only --runner, --with, --also and --wait "
            "go with it."
        )


def _insist_on_contenders(selection: Selection) -> None:
    if not selection.entries:
        reasons = "; ".join(f"{s['id']}: {s['reason']}" for s in selection.skipped)
        families = ", ".join(selection.families)
        raise MissingError(f"No contender can run. {reasons or f'None found does {families}.'}")


def _insist_on_others(selection: Selection, added: set[str]) -> None:
    """Raise UsageError where `--also` added runners of which nothing was chosen."""
    chosen = {entry.contender.runner for entry in selection.entries}
    chosen |= {skipped["id"].partition("/")[0] for skipped in selection.skipped}
    if added and not added & chosen:
        raise UsageError(
            f"--also adds {', '.join(sorted(added))}, and nothing of it takes part by itself: name the "
            "runner by --contender, or give --optional."
        )


def _recall_calibration(draft: RunFile) -> None:
    """Say and store what this machine is known to show in the profile."""
    known = read_calibration(runs_folder(), draft["machine"])
    if known is not None and draft["profile"] in known["smallest"]:
        smallest = known["smallest"][draft["profile"]]
        draft["shown"] = Shown(smallest=smallest, calibrated=known["date"])
        say(f"Smallest difference shown here: {in_words({draft['profile']: smallest})}.")
