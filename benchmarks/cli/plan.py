"""What a terminal is told of a plan: at the start of a run, and by `run --plan`."""

import click

from benchmarks.cli.options import say
from benchmarks.run import planning
from benchmarks.run.progress import show_seconds
from benchmarks.run.selection import Selection, does
from results.format import RunFile, WorkloadPlan, length_of


def announce(plan: RunFile, selection: Selection) -> None:
    """Say on standard error who takes part in how much, and who does not."""
    for skipped in selection.skipped:
        install = f" {skipped['install']}." if skipped["install"] else ""
        say(f"Skipped {skipped['id']}: {skipped['reason']}.{install}")
    for contender in selection.idle:
        say(f"{contender.id} takes no part: it does {does([contender])}.")
    say(
        f"{_counted(len(plan['contenders']), 'contender')}, "
        f"{_counted(len(plan['workloads']), 'workload')}, {_counted(plan['blocks'], 'block')}: "
        f"{_counted(planning.invocations(plan['schedule']), 'invocation')}, "
        f"{_counted(plan['m'], 'comparison')} (m). Seed {plan['seed']}."
    )


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun if count == 1 else noun + 's'}"


def show_plan(plan: RunFile) -> None:
    """Print how long each process lives, how long all takes, and in which order."""
    for workload in plan["workloads"]:
        params = ", ".join(f"{key} {value}" for key, value in workload["params"].items())
        click.echo(f"{workload['name']} ({params}): {_life(workload, None)}")
        for contender, study in workload.get("studies", {}).items():
            cut = ", cut to fit" if study["cut"] else ""
            click.echo(f"  {contender}: {_life(workload, contender)}{cut}; {study['why']}")
    click.echo(f"In all about {show_seconds(planning.seconds(plan))}.")
    for number, block in enumerate(plan["schedule"]):
        for group in block:
            click.echo(f"block {number + 1}: {group['workload']}: {' '.join(group['order'])}")


def _life(workload: WorkloadPlan, contender: str | None) -> str:
    length = length_of(workload, contender or "")
    if contender is None and workload["lengths"]:
        return "until steady"
    seconds = planning.process_seconds(workload, contender or "")
    return (
        f"{_counted(length['iterations'], 'iteration')}, the first {length['warmup']} as warm-up, "
        f"about {seconds:.1f} s a process"
    )
