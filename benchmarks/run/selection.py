"""From names on the command line to workloads and contenders."""

import os
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks import families
from benchmarks.families import STUDY, Workload
from benchmarks.ping.task import FAMILY as LIVE
from results.errors import UsageError
from results.format import Skipped
from results.text import plain
from runners import descendants
from runners.discovery import Discovery
from runners.manifest import Contender
from runners.names import no_such
from runners.roster import Ready, Unavailable, all_contenders, prepare_all, start_of
from runners.starting import start_trouble
from runners.toolchain import Substitutions, executables

# Of a set's twenty workloads a sentence names the first, and no more than that.
_MOST_WORKLOADS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A contender that can be started."""

    contender: Contender
    runner: Ready


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What takes part, and what was left out and why.

    `families` are those asked for: of the workloads, or of live mode, which has its own workload.
    `idle` are contenders named by their own id that do none of these, `unstarted` the ids of those
    that a first start showed not to start.
    """

    workloads: tuple[Workload, ...]
    families: tuple[str, ...]
    entries: tuple[Entry, ...]
    skipped: tuple[Skipped, ...]
    idle: tuple[Contender, ...]
    unstarted: tuple[str, ...] = ()


def unknown(kind: str, name: str, known: Collection[str]) -> UsageError:
    """Return the error for a name that is not known, with the nearest one that is."""
    return UsageError(f"{no_such(kind, name, known)} `list` shows all.")


def choose_workloads(wanted: Sequence[str], profile: str) -> tuple[Workload, ...]:
    """Return the workloads named, by workload, family or set, that the profile has.

    Raises UsageError, where the profile leaves out all that a name stands for, too.
    """
    known = families.names()
    for name in wanted:
        if name not in known:
            raise unknown("workload", name, known)
        found = families.matching([name])
        if not any(workload.takes_part(profile) for workload in found):
            only = [each for workload in found for each in workload.profiles]
            raise UsageError(
                f"Workload ‘{name}’ sleeps most of the time, and has no warm-up to study."
                if profile == STUDY
                else f"Workload ‘{name}’ is for --profile {', '.join(dict.fromkeys(only))} only."
            )
    chosen = families.matching(wanted or families.DEFAULT)
    return tuple(workload for workload in chosen if workload.takes_part(profile))


def choose_contenders(
    discovery: Discovery, wanted: Sequence[str], *, optional: bool = False
) -> list[Contender]:
    """Return the contenders named by id, and those of the runners named, or of all without a name.

    What is `optional` only where asked for: an optional runner by its name, its contenders that
    are optional by themselves by their ids. Raises UsageError.
    """
    found = all_contenders(discovery)
    runners = {contender.runner for contender in found.values()}
    broken = {b.name: b.problem for b in discovery.broken}
    for name in wanted:
        if name in found or name in runners:
            continue
        if (folder := name.partition("/")[0]) in broken:
            raise UsageError(f"‘{plain(name, 80)}’ cannot take part: {broken[folder]}")
        raise unknown("contender", name, [*found, *runners])
    chosen = [c for c in found.values() if is_meant(c, wanted, optional=optional)]
    for name in runners.intersection(wanted).difference(c.runner for c in chosen):
        raise UsageError(f"All contenders of ‘{name}’ are optional; name one, or add --optional.")
    return chosen


def is_meant(contender: Contender, wanted: Collection[str], *, optional: bool) -> bool:
    """Tell whether names of contenders and runners, or no name at all, mean a contender."""
    if {contender.id, contender.base_id} & {*wanted}:
        return True
    runners = {contender.runner, contender.base_id.partition("/")[0]}
    if runners & {*wanted}:
        return optional or contender.by_runner
    return not wanted and (optional or not contender.optional)


def select(
    discovery: Discovery,
    *,
    profile: str,
    workload_names: Sequence[str],
    contender_names: Sequence[str],
    substitutions: Substitutions,
    optional: bool = False,
    live: bool = False,
) -> Selection:
    """Choose, build and probe what is to run; what cannot take part is `skipped`.

    Raises UsageError where none of the contenders named does any of the workloads.
    """
    chosen = () if live else choose_workloads(workload_names, profile)
    asked = [LIVE] if live else [families.family_of(w).name for w in chosen]
    named = choose_contenders(discovery, contender_names, optional=optional)
    wanted = [contender for contender in named if {*asked} & {*contender.families}]
    if contender_names and not wanted:
        raise _all_idle(contender_names, named, chosen, live)
    entries, skipped = _prepared(discovery, wanted, substitutions)
    return Selection(
        workloads=chosen,
        families=tuple(dict.fromkeys(asked)),
        entries=tuple(entries),
        skipped=tuple(skipped),
        idle=tuple(c for c in named if c.id in contender_names and c not in wanted),
    )


def started(selection: Selection) -> Selection:
    """Start every contender once, without a job; what cannot be started is `skipped`.

    Raises RefusedError.
    """
    descendants.become_subreaper()
    troubles = {entry.contender.id: trouble_of(entry) for entry in selection.entries}
    unstarted = {name: why for name, why in troubles.items() if why is not None}
    return replace(
        selection,
        entries=tuple(e for e in selection.entries if e.contender.id not in unstarted),
        skipped=(
            *selection.skipped,
            *(
                Skipped(id=name, reason=f"it could not be started: {why}", install=None)
                for name, why in unstarted.items()
            ),
        ),
        unstarted=tuple(unstarted),
    )


def trouble_of(entry: Entry) -> str | None:
    """Return why a contender cannot be started here, or None. Raises RefusedError."""
    return start_trouble(start_of(entry.runner, entry.contender))


def does(contenders: Iterable[Contender]) -> str:
    """Return the families of `contenders` that `run` measures, for a sentence."""
    theirs = {family for contender in contenders for family in contender.families}
    measured = [name for name in families.FAMILIES if name in theirs]
    return ", ".join(measured) or "nothing that `run` measures"


def _all_idle(
    names: Sequence[str],
    contenders: Sequence[Contender],
    chosen: Sequence[Workload],
    live: bool,
) -> UsageError:
    asked = [workload.name for workload in chosen]
    if len(asked) > _MOST_WORKLOADS:
        asked[_MOST_WORKLOADS:] = ["…"]
    who = ", ".join(dict.fromkeys(names))
    it, do = ("it", "does") if len(set(names)) == 1 else ("they", "do")
    lack = f"{do} none of the workloads asked for ({', '.join(asked)})"
    cure = "name one of these with --workload, or other contenders"
    if live:  # which has a workload of its own
        lack, cure = f"{do} no {LIVE}, and live mode nothing else", "name other contenders"
    return UsageError(f"{who} {lack}: {it} {do} {does(contenders)}; {cure}.")


def _prepared(
    discovery: Discovery, wanted: Sequence[Contender], substitutions: Substitutions
) -> tuple[list[Entry], list[Skipped]]:
    """Make the runners of `wanted` ready; return what can be started, and what is left out."""
    prepared = prepare_all(discovery, substitutions, wanted)
    entries, skipped = [], [
        Skipped(id=broken.name, reason=plain(broken.problem), install=None)
        for broken in discovery.broken
    ]
    for name, runner in prepared.items():
        if isinstance(runner, Unavailable):
            skipped.append(_skipped(runner))
            continue
        skipped += map(_skipped, runner.left_out.values())
        entries += [
            Entry(contender=contender, runner=runner)
            for contender in wanted
            if contender.runner == name and contender.id not in runner.left_out
        ]
    return entries, skipped


def _skipped(why: Unavailable) -> Skipped:
    install = plain(why.install) if why.install else None
    return Skipped(id=why.name, reason=plain(why.reason, 2000), install=install)


def choose_substitutions(discovery: Discovery, texts: Iterable[str]) -> dict[str, Path]:
    """Parse `--with EXE=PATH`, where a manifest names each EXE. Raises UsageError."""
    found = dict(parse_executables("--with", texts))
    named = {name for manifest in discovery.manifests for name in executables(manifest)}
    for name in found:
        # A manifest that cannot be read may be the one that names it.
        if name not in named and not discovery.broken:
            raise UsageError(
                f"--with {plain(name, 80)}=…: no manifest names that executable; "
                f"known are {', '.join(sorted(named))}."
            )
    return found


def parse_executables(option: str, texts: Iterable[str]) -> list[tuple[str, Path]]:
    """Parse what follows an option as EXE=PATH. Raises UsageError."""
    found = []
    for text in texts:
        name, equals, path = text.partition("=")
        if not name or not equals:
            raise UsageError(
                f"{option} {plain(text, 80)}: give EXE=PATH, the executable and what to use for it"
            )
        # os.path, unlike pathlib, takes unknown users and names that are too long.
        file = Path(os.path.expanduser(path))
        if (wrong := _unfit(file)) is not None:
            raise UsageError(f"{option} {plain(text, 80)}: {wrong}")
        found.append((name, file.absolute()))
    return found


def _unfit(file: Path) -> str | None:
    """Return why `file` cannot be an executable, and what to do; None where it may be one."""
    if os.path.isdir(file):
        return "that is a folder; give the executable in it"
    if not os.path.isfile(file):
        return "there is no such file; give its full path"
    if not os.access(file, os.X_OK):
        return "that file is not executable; give another, or make it so with chmod +x"
    return None
