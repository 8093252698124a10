"""`prune`: free the raw records of old runs, and keep what was made of them."""

import click

from benchmarks.cli.outcome import refresh_history
from benchmarks.run.pruning import prunable, prune_run
from benchmarks.run.store import runs_folder

_KEPT = 20


@click.command()
@click.option(
    "--keep", type=click.IntRange(0), default=_KEPT, show_default=True, metavar="N",
    help="Leave the newest N runs as they are.",
)  # fmt: skip
@click.option("--yes", is_flag=True, help="Do it; without this, say what would be freed.")
def prune(keep: int, yes: bool) -> int:
    """Delete the records of all but the newest runs; plan, summary and page of each stay.

    A run that was cut off keeps its records, since it can be finished. Without records a run cannot be
    drawn or judged again, nor exported.
    """
    found = prunable(runs_folder(), keep)
    for folder, size in found:
        click.echo(f"{folder.name}: {size / 1e6:.1f} MB")
        if yes:
            prune_run(folder)
    total = sum(size for _, size in found) / 1e6
    if not found:
        click.echo(f"There is nothing to free beyond the newest {keep} runs.")
    elif yes:
        click.echo(f"Freed {total:.1f} MB.")
        refresh_history()
    else:
        click.echo(f"In all {total:.1f} MB would be freed; add --yes.")
    return 0
