"""`export`: a run in a format that another tool reads."""

import sys
from pathlib import Path

import click

import reports
from benchmarks.cli.options import say
from benchmarks.run.store import LATEST, find_run
from results.errors import StorageError, UsageError
from results.files import replace


@click.command()
@click.argument("run", default=LATEST)
@click.option("--format", "name", required=True, metavar="FORMAT", help="Which one: see below.")
@click.option(
    "--output", type=click.Path(path_type=Path), metavar="FILE",
    help="Write to FILE, replaced whole or not at all. Default: standard output.",
)  # fmt: skip
def export(run: str, name: str, output: Path | None) -> int:
    """Write RUN (a path, an id or latest) for another tool.

    csv: one row per iteration, for spreadsheets. pytest-benchmark, hyperfine, pyperf: what these
    tools compare and draw. custom-smaller-is-better: for github-action-benchmark.
    """
    from reports.exports import exports

    if name not in exports():
        raise UsageError(f"There is no format ‘{name}’; known are {', '.join(sorted(exports()))}.")
    if output is not None and not output.parent.is_dir():
        raise UsageError(f"{output}: there is no folder {output.parent}; make it, or name another.")
    analysis = reports.analyse(find_run(run))
    run_file, blocks = analysis.run, analysis.notes.blocks
    if run_file["status"] != "complete" or blocks < run_file["blocks"]:
        say(f"Run {run_file['id']} is partial: {blocks} of {run_file['blocks']} blocks are in it.")
    parts = exports()[name].parts(analysis)
    if output is None:
        sys.stdout.writelines(parts)
        return 0
    try:
        if output.exists() and not output.is_file():  # a pipe or a device is written to, and stays
            with output.open("w", encoding="utf-8") as stream:
                stream.writelines(parts)
            return 0
        replace(output, "".join(parts))
    except OSError as error:
        raise StorageError(f"{output} cannot be written: {error.strerror}.") from error
    return 0
