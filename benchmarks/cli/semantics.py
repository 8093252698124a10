"""`semantics`: execute the claims of both texts and judge what was seen."""

import json
from collections import Counter
from pathlib import Path
from typing import cast

import click
from rich.console import Console

from benchmarks.cli.options import runner_option, with_option
from benchmarks.cli.outcome import show_report
from benchmarks.run.lock import machine_lock
from results.claims import SEMANTICS_FILE, SemanticsFile
from benchmarks.run.store import find_run, store_semantics
from benchmarks.run.selection import choose_substitutions
from benchmarks.claims.catalogue import Claim, Verdict, read_catalogue
from benchmarks.claims.execution import Executed, Seen, execute, offers
from benchmarks.claims.storing import as_file
from results.errors import UnreadableRun
from results.claims import read_semantics
from results.errors import MissingError, UsageError
from results.text import plain
from benchmarks.families import discover_runners

_LISTED = "benchmarks/semantics/probes.toml"
_MARKS = {
    Verdict.HOLDS: "✓",
    Verdict.IMPRECISE: "≈",
    Verdict.WRONG: "✕",
    Verdict.DATED: "◷",
}


@click.command()
@click.argument("names", metavar="[PROBE]...", nargs=-1)
@runner_option
@with_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else.")
@click.option(
    "--into",
    metavar="RUN",
    help="Store the result in a run (a path, id or latest), redraw its page.",
)
def semantics(
    names: tuple[str, ...],
    runner_folders: tuple[Path, ...],
    substitutions: tuple[str, ...],
    as_json: bool,
    into: str | None,
) -> int:
    """Execute the claims on await: run PROBE, or all, in every language that offers them.

    Prints what differs from expectation first, then each claim with its verdict. Nothing is
    measured. Exit status 1: a fact differs from what is expected of that runtime; 2: there is no
    such probe, while those that there are were run.
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
        _say(f"{sentence} The rest runs.")
    with machine_lock(shared=True):
        programs = offers(discovery, replaced, catalogue, _say)
        if not programs:
            raise MissingError("No runner that can be started here offers the family semantics.")
        executed = execute(catalogue, probes, programs, replaced, _say)
    if not executed.observations:
        raise MissingError(f"No runner that can be started here has {', '.join(probes)}.")
    if as_json:
        click.echo(json.dumps(_as_json(executed), ensure_ascii=False, indent=1))
    else:
        _print(executed)
    if folder is not None:
        store_semantics(folder, as_file(catalogue, executed, _stored(folder)))
        show_report(folder, Console(stderr=True), table=False)
    if unknown:
        return UsageError.exit_status
    return 1 if executed.findings else 0


def _stored(folder: Path) -> SemanticsFile | None:
    """Return what the run has of an earlier execution; None where that cannot be read, either."""
    try:
        if read_semantics(folder) is None:
            return None
    except UnreadableRun as error:
        _say(f"What the run has of earlier is replaced. {error}")
        return None
    # As it was written: what is read for a page has lost its lines.
    return cast(SemanticsFile, json.loads((folder / SEMANTICS_FILE).read_bytes()))


def _as_json(executed: Executed) -> dict[str, list[dict[str, object]]]:
    return {
        "claims": [
            {"claim": c.quote, "seed": c.seed, "probe": c.probe, "verdict": c.verdict, "why": c.why}
            for c in executed.claims
        ],
        "observations": [
            {
                "probe": seen.probe,
                "language": seen.language,
                "runtime": seen.runtime,
                "facts": seen.facts,
                "expected": seen.expected,
                "as_expected": seen.as_expected,
            }
            for seen in executed.observations
        ],
    }


def _print(executed: Executed) -> None:
    if executed.findings:
        click.echo("Not as expected")
        for seen in executed.findings:
            click.echo(f"  {seen.probe}, {_who(seen)}")
            for sentence in seen.told:
                click.echo(f"    {plain(sentence, 2000)}")
        click.echo()
    for seed in dict.fromkeys(claim.seed for claim in executed.claims):
        click.echo(f"Claims of text {seed}")
        for claim in executed.claims:
            if claim.seed == seed:
                _print_claim(claim, executed)
        click.echo()
    counts = Counter(claim.verdict for claim in executed.claims)
    click.echo(
        f"{len(executed.claims)} claims: {counts[Verdict.HOLDS]} hold, "
        f"{counts[Verdict.IMPRECISE]} are imprecise, {counts[Verdict.WRONG]} wrong, "
        f"{counts[Verdict.DATED]} dated."
    )
    click.echo(_counted(executed))


def _counted(executed: Executed) -> str:
    """How many observations there are, and how many of them are as expected."""
    all_seen = len(executed.observations)
    differ, unjudged = len(executed.findings), len(executed.unjudged)
    counts = {
        "as expected": all_seen - differ - unjudged,
        "not as expected": differ,
        "not judged": unjudged,
    }
    told = [f"{count} {what}" for what, count in counts.items() if count]
    judged = ", all as expected" if told == [f"{all_seen} as expected"] else f": {', '.join(told)}"
    return f"{all_seen} observations{judged}; {executed.blank} not offered."


def _print_claim(claim: Claim, executed: Executed) -> None:
    click.echo(f"  {_MARKS[claim.verdict]} {claim.verdict:9} “{claim.quote}”")
    click.echo(f"      {claim.why}")
    seen = [_state(one) for one in executed.observations if one.probe == claim.probe]
    click.echo(f"      probe {claim.probe}: {', '.join(seen) or 'offered by nobody here'}")


def _state(seen: Seen) -> str:
    if seen.is_finding:
        return f"{seen.language} NOT as expected"
    return f"{seen.language} {'not judged' if seen.as_expected is None else 'as expected'}"


def _who(seen: Seen) -> str:
    return f"{plain(seen.language, 80)} ({seen.runtime or 'no runtime named'})"


def _say(text: str) -> None:
    click.echo(text, err=True)
