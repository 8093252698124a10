"""`doctor`: what is missing or noisy on this machine, and what to do."""

import click

from benchmarks.doctor import Level, examine

_MARKS = {Level.OK: "ok     ", Level.NOTE: "note   ", Level.PROBLEM: "PROBLEM"}


@click.command()
def doctor() -> int:
    """Tell what is missing or noisy on this machine, and what to do about it."""
    findings = examine()
    for finding in findings:
        advice = f" {finding.advice}" if finding.advice else ""
        click.echo(f"{_MARKS[finding.level]} {finding.what}{advice}")
    return 3 if any(finding.level is Level.PROBLEM for finding in findings) else 0
