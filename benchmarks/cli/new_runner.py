"""`new-runner`: a folder to start from."""

import click

from runners.errors import UsageError
from runners.template import make_runner


@click.command("new-runner")
@click.argument("name")
def new_runner(name: str) -> int:
    """Make a folder NAME whose ping passes `check`: the pattern to translate.

    NAME may be a path; its last part becomes the runner's name.
    """
    try:
        folder = make_runner(name)
    except ValueError as error:
        raise UsageError(str(error)) from error
    click.echo(f"{folder}/ is ready. Next:")
    click.echo(f"  .venv/bin/python -m benchmarks check --runner {folder}")
    click.echo("  then translate its program, one function at a time, and check again.")
    return 0
