"""`new-runner`: a folder to start from."""

import shlex

import click

from runners.discovery import ROOT
from runners.template import make_runner


@click.command("new-runner")
@click.argument("name")
def new_runner(name: str) -> int:
    """Make a folder NAME whose programs pass `check`: one on sockets, one with an HTTP library.

    NAME may be a path; its last part becomes the runner's name.
    """
    folder = make_runner(name)
    click.echo(f"{folder}/ is ready. Next:")
    # A top-level folder is found by its name; one that lies elsewhere needs --runner.
    found = folder.resolve().parent == ROOT
    which = folder.name if found else f"--runner {shlex.quote(str(folder))}"
    click.echo(f"  .venv/bin/python -m benchmarks check {which}")
    click.echo("  then translate one of its programs, and check again: docs/adding-a-language.md")
    return 0
