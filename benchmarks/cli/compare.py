"""`compare`: two runs side by side."""

import click
from rich.console import Console

import reports
from benchmarks.run.store import find_run


@click.command()
@click.argument("first")
@click.argument("second")
def compare(first: str, second: str) -> int:
    """Lay two runs (paths or ids) side by side, and say first what differs around them."""
    from reports.sessions import render

    Console().print(render(reports.analyse(find_run(first)), reports.analyse(find_run(second))))
    return 0
