"""`semantics`: execute the claims of both texts and judge what was seen."""

import json
from collections import Counter
from pathlib import Path
from typing import cast

import click
from rich.console import Console

from benchmarks.claims.catalogue import read_catalogue
from benchmarks.claims.execution import Execution, execute, offers
from benchmarks.claims.storing import as_file
from benchmarks.cli.options import runner_option, say, wait_option, waiting, with_option
from benchmarks.cli.outcome import show_report
from benchmarks.families import discover_runners
from benchmarks.run.lock import machine_lock
from benchmarks.run.selection import choose_substitutions
from benchmarks.run.store import find_run, store_semantics
from reports.words.claims import SYMBOLS, WITHDRAWN, is_finding, is_unjudged
from results.claims import ClaimRow, ObservationRow, SemanticsFile, otherwise, semantics_as_written
from results.errors import MissingError, UnreadableRun, UsageError
from results.text import plain
from runners.discovery import Given
from runners.limits import Needs, insist_on

_LISTED = "benchmarks/claims/probes.toml"
_PRINTED = ("probe", "language", "runtime", "facts", "expected", "as_expected")


@click.command()
@click.argument("names", metavar="[PROBE]...", nargs=-1)
@runner_option
@with_option
@wait_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else.")
@click.option(
    "--into",
    metavar="RUN",
    help="Store the result in a run (a path, id or latest), redraw its page.",
)
def semantics(
    names: tuple[str, ...],
    runner_folders: tuple[Given, ...],
    substitutions: tuple[str, ...],
    wait: bool,
    as_json: bool,
    into: str | None,
) -> int:
    """Execute the claims on await: run PROBE, or all, in every language that offers them.

    Prints what differs from expectation first, then each claim with its verdict. Nothing is
    measured. Exit status 1: a fact differs from what is expected of that runtime; 2: there is no
    such probe, while those that there are were run; 3: a language could not be started, while the
    others were asked.
    """
    discovery = discover_runners(runner_folders)
    replaced = choose_substitutions(discovery, substitutions)
    catalogue = read_catalogue()
    probes = catalogue.choose(names)
    unknown = catalogue.unknown(names)
    if not probes:
        raise UsageError(" ".join([*unknown, f"{_LISTED} lists all."]))
    folder = None if into is None else find_run(into)
    for sentence in unknown:
        say(f"{sentence} The rest runs.")
    with machine_lock(shared=True, wait=waiting(wait)):
        insist_on(Needs())
        programs = offers(discovery, replaced, catalogue, say)
        if not programs:
            raise MissingError("No runner that can be started here offers the family semantics.")
        execution = execute(catalogue, probes, programs, say)
    if not execution.observations and execution.unstarted:
        raise MissingError(_unstarted(execution))
    if not execution.observations:
        raise MissingError(f"No runner that can be started here has {', '.join(probes)}.")
    if as_json:
        click.echo(json.dumps(_as_json(execution), ensure_ascii=False, indent=1))
    else:
        _print(execution)
    if folder is not None:
        store_semantics(folder, as_file(catalogue, execution, _stored(folder)))
        show_report(folder, Console(stderr=True), table=False)
    if execution.unstarted:
        raise MissingError(_unstarted(execution))
    if unknown:
        return UsageError.exit_status
    return 1 if any(is_finding(found.row) for found in execution.observations) else 0


def _unstarted(execution: Execution) -> str:
    return "; ".join(execution.unstarted) + "."


def _stored(folder: Path) -> SemanticsFile | None:
    """Return what the run has from earlier executions; None where nothing can be read."""
    try:
        return semantics_as_written(folder)
    except UnreadableRun as error:
        say(f"What the run had from earlier executions is replaced. {error}")
        return None


def _as_json(execution: Execution) -> dict[str, object]:
    rows = [cast(dict[str, object], observation.row) for observation in execution.observations]
    observed = [observation.row for observation in execution.observations]
    claims = [cast(dict[str, object], claim) for claim in execution.claims]
    seen = [otherwise(claim, observed) for claim in execution.claims]
    return {
        "claims": [c | {"otherwise": o} for c, o in zip(claims, seen, strict=True)],
        "observations": [{key: row[key] for key in _PRINTED} for row in rows],
    }


def _print(execution: Execution) -> None:
    _print_findings(execution)
    rows = [observation.row for observation in execution.observations]
    claims = execution.claims
    for seed in dict.fromkeys(claim["seed"] for claim in claims):
        click.echo(f"Claims of text {seed}")
        for claim in claims:
            if claim["seed"] == seed:
                _print_claim(claim, rows)
        click.echo()
    kept = [claim for claim in claims if not otherwise(claim, rows)]
    counts = Counter(claim["verdict"] for claim in kept)
    withdrawn = f", {len(claims) - len(kept)} withdrawn" if len(kept) < len(claims) else ""
    click.echo(
        f"{len(claims)} claims: {counts['holds']} hold, "
        f"{counts['imprecise']} are imprecise, {counts['wrong']} wrong, "
        f"{counts['dated']} dated{withdrawn}."
    )
    click.echo(_counted(rows, execution.blank))


def _print_findings(execution: Execution) -> None:
    findings = [found for found in execution.observations if is_finding(found.row)]
    if findings:
        click.echo("Not as expected")
        for found in findings:
            row = found.row
            click.echo(
                f"  {row['probe']}, {row['language']} ({row['runtime'] or 'no runtime named'})"
            )
            trouble = () if row["trouble"] is None else (row["trouble"],)
            for sentence in (*trouble, *found.differences):
                click.echo(f"    {plain(sentence, 2000)}")
        click.echo()


def _counted(rows: list[ObservationRow], blank: int) -> str:
    """How many observations there are, and how many of them are as expected."""
    differ, unjudged = sum(map(is_finding, rows)), sum(map(is_unjudged, rows))
    counts = {
        "as expected": len(rows) - differ - unjudged,
        "not as expected": differ,
        "not judged": unjudged,
    }
    parts = [f"{count} {what}" for what, count in counts.items() if count]
    all_alike = parts == [f"{len(rows)} as expected"]
    judged = ", all as expected" if all_alike else f": {', '.join(parts)}"
    return f"{len(rows)} observations{judged}; {blank} not offered."


def _print_claim(claim: ClaimRow, rows: list[ObservationRow]) -> None:
    if seen := otherwise(claim, rows):
        click.echo(f"  {WITHDRAWN} withdrawn “{claim['claim']}”")
        click.echo(
            f"      as observed here: otherwise ({', '.join(seen)}); it was ‘{claim['verdict']}’"
        )
    else:
        click.echo(f"  {SYMBOLS[claim['verdict']]} {claim['verdict']:9} “{claim['claim']}”")
        click.echo(f"      {claim['why']}")
    states = [f"{row['language']} {_state(row)}" for row in rows if row["probe"] == claim["probe"]]
    click.echo(f"      probe {claim['probe']}: {', '.join(states) or 'offered by nobody here'}")


def _state(row: ObservationRow) -> str:
    if is_finding(row):
        return "NOT as expected"
    return "not judged" if is_unjudged(row) else "as expected"
