"""`check`: the conformance command."""

import json
from collections.abc import Collection, Iterator, Sequence
from functools import reduce
from operator import or_

import click

from benchmarks.cli.options import (
    optional_option,
    runner_option,
    wait_option,
    waiting,
    warn_of_unknown_families,
    with_option,
)
from benchmarks.conformance.check import (
    check_contender,
    rows_of_broken,
    rows_of_unavailable,
    rows_of_unstarted,
)
from benchmarks.conformance.verdicts import CheckRow
from benchmarks.families import FAMILIES, discover_runners
from benchmarks.ping.origin.handle import Origin
from benchmarks.run.lock import machine_lock
from benchmarks.run.selection import choose_substitutions, is_meant, unknown
from results.errors import MissingError
from runners import descendants
from runners.discovery import Discovery, Given
from runners.limits import Needs, insist_on
from runners.manifest import Contender
from runners.roster import Ready, Unavailable, all_contenders, prepare, start_of
from runners.rules import MANIFEST_RULES
from runners.starting import start_trouble
from runners.toolchain import Substitutions

_MARKS = {True: "ok  ", False: "FAIL", None: "--  "}


@click.command()
@click.argument("names", metavar="[RUNNER]...", nargs=-1)
@optional_option
@runner_option
@with_option
@wait_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON list and nothing else.")
def check(
    names: tuple[str, ...],
    optional: bool,
    runner_folders: tuple[Given, ...],
    substitutions: tuple[str, ...],
    wait: bool,
    as_json: bool,
) -> int:
    """Examine runners against every rule of the contract.

    RUNNER is a runner or one of its contenders (RUNNER/NAME). Without any, the folders given with
    --runner are examined, or else all that are found. Prints a line per contender and rule,
    but one for all rules of a contender that could not be examined for one reason.
    """
    discovery = discover_runners(runner_folders)
    replaced = choose_substitutions(discovery, substitutions)
    warn_of_unknown_families(discovery)
    wanted = _wanted(discovery, names, optional=optional)
    found = all_contenders(discovery).values()
    chosen = [c for c in found if is_meant(c, wanted, optional=optional)]
    does = {name for contender in chosen for name in contender.families}
    families = [family for name, family in FAMILIES.items() if name in does]
    insist_on(reduce(or_, (family.needs() for family in families), Needs()))
    if left_out := [*_left_out(discovery, names, chosen)]:
        click.echo(f"Only with --optional or by name: {', '.join(left_out)}.", err=True)
    descendants.become_subreaper()
    named = bool(names or runner_folders)
    checking = _Checking(discovery, chosen, wanted, replaced, named=named)
    rows: list[CheckRow] = []
    told: set[str] = set()
    with machine_lock(shared=True, wait=waiting(wait)), Origin() as origin:
        if any(family.proof.network for family in families):
            origin.insist_on_reach()
        for who, part in checking.parts(origin):
            rows += part
            if not as_json:
                _print(who, part, told)
    if as_json:
        print(json.dumps(rows, ensure_ascii=False, indent=1))
    if checking.unstarted:
        raise MissingError("; ".join(checking.unstarted) + ".")
    if checking.missing and named:
        raise MissingError(_missing(checking.missing))
    if checking.missing:
        click.echo(_missing(checking.missing), err=True)
    return 1 if any(row["ok"] is False for row in rows) else 0


def _wanted(discovery: Discovery, names: Sequence[str], *, optional: bool) -> set[str]:
    """Return the runners and contenders to examine. Raises UsageError on an unknown name."""
    known = [b.name for b in discovery.broken]
    for manifest in discovery.manifests:
        known += [manifest.name, *(contender.id for contender in manifest.contenders)]
    for name in names:
        if name not in known:
            raise unknown("runner or contender", name, known)
    if names:
        return set(names)
    given = discovery.given
    folders = {m.name: m.folder for m in discovery.manifests if optional or not m.optional}
    folders |= {b.name: b.folder for b in discovery.broken}
    return {name for name, folder in folders.items() if not given or folder in given}


def _left_out(
    discovery: Discovery, names: Sequence[str], chosen: Collection[Contender]
) -> Iterator[str]:
    """Yield what is optional and was not asked for: runners, and contenders of the others."""
    wanted = _wanted(discovery, names, optional=True)
    for manifest in discovery.manifests:
        meant = [c for c in manifest.contenders if is_meant(c, wanted, optional=True)]
        ids = [c.id for c in meant if c not in chosen]
        whole = manifest.optional and len(ids) == len(manifest.contenders)
        yield from [manifest.name] if whole else ids


class _Checking:
    """Examines what was chosen. `missing` and `unstarted` are what could not be, and why."""

    def __init__(
        self,
        discovery: Discovery,
        chosen: Sequence[Contender],
        wanted: Collection[str],
        replaced: Substitutions,
        *,
        named: bool,
    ) -> None:
        self.discovery, self.chosen, self.wanted = discovery, chosen, wanted
        self.replaced, self.named = replaced, named
        self.missing: list[Unavailable] = []
        self.unstarted: list[str] = []

    def parts(self, origin: Origin) -> Iterator[tuple[str, list[CheckRow]]]:
        """Yield the rows of each contender, with the name that those on manifest and build are of."""
        for broken in self.discovery.broken:
            if broken.name in self.wanted:
                yield broken.name, rows_of_broken(broken)
        for manifest in self.discovery.manifests:
            chosen = [c for c in self.chosen if c.runner == manifest.name]
            if not chosen:
                continue
            runner = prepare(manifest, self.replaced, chosen)
            if isinstance(runner, Unavailable) and runner.toolchain:
                self.missing.append(runner)
                if runner.too_old or not self.named:
                    continue
            for contender in chosen:
                if isinstance(runner, Unavailable):
                    yield runner.name, rows_of_unavailable(contender, runner)
                elif (lacks := runner.left_out.get(contender.id)) is None:
                    yield contender.id, self._examined(runner, contender, origin)
                elif lacks.toolchain and contender.id not in self.wanted:
                    click.echo(f"{lacks.reason}.", err=True)
                else:
                    self.missing += [lacks] if lacks.toolchain else []
                    yield lacks.name, rows_of_unavailable(contender, lacks)

    def _examined(self, runner: Ready, contender: Contender, origin: Origin) -> list[CheckRow]:
        start = start_of(runner, contender)
        if (why := start_trouble(start, patient=True)) is not None:
            self.unstarted.append(f"{contender.id} could not be started: {why}")
            return rows_of_unstarted(contender, why)
        rows, lacks = check_contender(contender, start, origin)
        if lacks is not None:
            self.unstarted.append(f"{contender.id} was not examined whole: {lacks}")
        return rows


def _missing(missing: Sequence[Unavailable]) -> str:
    parts = (
        f"{m.name} skipped, {m.reason}" + (f" ({m.install})" if m.install else "") for m in missing
    )
    return "; ".join(parts) + "."


def _print(who: str, rows: Sequence[CheckRow], told: set[str]) -> None:
    """Print a contender's rows; what is so of a whole runner only once, as `told` remembers."""
    for row in rows:
        if who != row["contender"] and row["rule"] in MANIFEST_RULES:
            line = _line(row, who)
            if line not in told:
                click.echo(line)
            told.add(line)
        elif row["ok"] is not None:
            click.echo(_line(row, row["contender"]))
    _print_unexamined([row for row in rows if row["ok"] is None])


def _print_unexamined(rows: Sequence[CheckRow]) -> None:
    """Print a line for each reason why rules were not examined."""
    for reason in dict.fromkeys(row["seen"] for row in rows):
        same = [row for row in rows if row["seen"] == reason]
        line = _line(same[0], same[0]["contender"])
        if len(same) > 1:
            rules = ", ".join(row["rule"] for row in same)
            who = f"{_MARKS[None]} {same[0]['contender']:24}"
            line = f"{who} {len(same)} rules {reason} ({rules})"
        click.echo(line)


def _line(row: CheckRow, who: str) -> str:
    tail = f" | seen: {row['seen']}" if row["ok"] is not True else ""
    return f"{_MARKS[row['ok']]} {who:24} {row['rule']}  {row['expected']}{tail}"
