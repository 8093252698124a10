"""`agree`: our figures beside those of each language's own benchmark harness."""

import secrets
import shlex
import sys
from dataclasses import replace
from pathlib import Path

import click
from rich.console import Console

from benchmarks.agreement.harnesses import Harnesses, make_ready, read_harnesses
from benchmarks.agreement.session import duels_of, measure_block
from benchmarks.cli.options import say, wait_option, waiting
from benchmarks.families import discover_runners
from benchmarks.run import planning
from benchmarks.run.execution import own_machine, single_invocations
from benchmarks.run.placement import place
from benchmarks.run.progress import show_seconds
from benchmarks.run.selection import Selection, select, started, unknown
from benchmarks.run.store import near, runs_folder
from results.agreement import SCHEMA, Agreement, write_agreement
from results.errors import BuildError, MissingError, StoppedError, StorageError
from results.format import RunFile
from results.plan import FEWEST_BLOCKS, MOST_BLOCKS
from runners.limits import Needs, insist_on

_PROFILE = "default"
_AROUND_S = 1.0  # of a harness's process, beside the iterations that ours does as well


@click.command()
@click.argument("runners", nargs=-1, metavar="[RUNNER]...")
@click.option(
    "--processes", type=click.IntRange(FEWEST_BLOCKS, MOST_BLOCKS), default=FEWEST_BLOCKS,
    show_default=True, help="How many processes by each clock.",
)  # fmt: skip
@wait_option
def agree(runners: tuple[str, ...], processes: int, wait: bool) -> int:
    """Time our programs by each language's own harness, too, and lay both figures side by side.

    Fetches the harnesses where they are not here yet. Leave the machine alone meanwhile.
    """
    if sys.platform != "linux":
        raise MissingError("`agree` needs Linux or WSL 2: one clock, /proc and CPU affinity.")
    click.get_current_context().with_resource(own_machine(waiting(wait)))
    insist_on(Needs())
    selection, harnesses, left_out = _chosen(runners)
    placement, note = place(None)
    if note is not None:
        say(note)
    words = [*runners, *(["--processes", str(processes)] if processes != FEWEST_BLOCKS else [])]
    draft = planning.make_plan(
        selection,
        profile=_PROFILE,
        blocks=processes,
        seed=secrets.randbelow(2**32),
        placement=placement,
        sites=None,
        command=shlex.join([".venv/bin/python", "-m", "benchmarks", "agree", *words]),
    )
    found = _measured(draft, selection, harnesses, left_out)
    return _conclude(found)


def _chosen(names: tuple[str, ...]) -> tuple[Selection, Harnesses, list[str]]:
    """Build programs and fetch harnesses; return also why who is left out. Raises MissingError."""
    table = read_harnesses()
    for name in names:
        if name not in table.by_runner:
            raise unknown("runner with a harness", name, [*table.by_runner])
    chosen = [c for pair in table.pairs.values() for c in pair]
    selection = started(
        select(
            discover_runners(),
            profile=_PROFILE,
            workload_names=[*table.pairs],
            contender_names=[c for c in chosen if not names or c.partition("/")[0] in names],
            substitutions={},
        )
    )
    left_out = [f"{each['id']}: {each['reason']}" for each in selection.skipped]
    ready = {entry.contender.runner: entry.runner for entry in selection.entries}
    lacking = set()
    for name, runner in ready.items():
        say(f"Making {table.by_runner[name].name} ready.")
        try:
            make_ready(table.by_runner[name], runner)
        except BuildError as error:
            lacking.add(name)
            left_out.append(f"{name}: {table.by_runner[name].name} could not be had: {error}")
    entries = tuple(e for e in selection.entries if e.contender.runner not in lacking)
    if not entries:
        raise MissingError(f"No harness can time anything here. {' '.join(left_out)}")
    return replace(selection, entries=entries), table, left_out


def _measured(
    draft: RunFile, selection: Selection, harnesses: Harnesses, left_out: list[str]
) -> Agreement:
    """Measure all blocks; what was measured is on disk after each of them."""
    languages = {contender["id"]: contender["language"] for contender in draft["contenders"]}
    with single_invocations(draft, selection.entries, say) as (run, ground):
        duels = duels_of(run, selection.entries, harnesses)
        found = Agreement(
            schema=SCHEMA,
            id=f"agreement-{run['id'].partition(f'-{_PROFILE}')[0]}",
            started=run["started"],
            status="partial",
            command=run["command"],
            seed=run["seed"],
            blocks=run["blocks"],
            machine=run["machine"],
            placement=run["placement"],
            suite=run["suite"],
            pairs=[duel.described(languages[duel.entry.contender.id]) for duel in duels],
            left_out=left_out,
            processes=[],
        )
        ours_s = sum(planning.process_seconds(duel.plan, duel.entry.contender.id) for duel in duels)
        about = show_seconds(run["blocks"] * (2 * ours_s + _AROUND_S * len(duels)))
        say(f"{len(duels)} pairs, {run['blocks']} processes by each clock: about {about}.")
        try:
            for block in range(run["blocks"]):
                measure_block(block, duels, ground, found)
                _stored(found)
        except KeyboardInterrupt:
            file = near(runs_folder() / f"{found['id']}.json")
            raise StoppedError(
                f"Stopped; an agreement cannot be gone on with. Its whole blocks, if any, are in {file}."
            ) from None
    found["status"] = "complete"
    return found


def _stored(found: Agreement) -> Path:
    try:
        return write_agreement(runs_folder(), found)
    except OSError as error:
        raise StorageError(f"The agreement cannot be written ({error.strerror}).") from error


def _conclude(found: Agreement) -> int:
    """Store and show what came out; 1 where a process broke a rule."""
    from reports.agreement import render  # only now: what measures does without what draws
    from reports.analysis.agreement import agreed

    file = _stored(found)
    rows = [*agreed(found)]
    Console().print(render(found, rows))
    say(f"Written: {near(file)}")
    return 1 if any(row.broken for row in rows) else 0
