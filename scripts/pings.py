"""The ping programs that a script looks at: built, and ready to be started."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.families import FAMILIES, discover_runners
from benchmarks.run.selection import unknown
from results.errors import MissingError
from runners.manifest import Contender, Manifest
from runners.roster import Unavailable, all_contenders, prepare_all, start_of
from runners.spawning import Start

FAMILY = FAMILIES["ping"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """A contender, its runner's manifest, and how to start it."""

    contender: Contender
    manifest: Manifest
    start: Start


def programs(
    names: Sequence[str],
    *,
    cpus: frozenset[int] | None = None,
    optional_runners: bool = False,
) -> Iterator[Program]:
    """Yield the named programs, or without names all that are not optional and can be had here.

    `cpus` are those that they may use, `optional_runners` adds what takes part by the name of its
    runner. Raises UsageError, and MissingError for one that is named.
    """
    discovery = discover_runners()
    contenders = all_contenders(discovery)
    for name in names:
        if name not in contenders:
            raise unknown("contender", name, contenders)
    chosen = [
        contender
        for contender in contenders.values()
        if FAMILY.name in contender.families
        and (
            contender.id in names
            if names
            else not contender.optional or (optional_runners and contender.by_runner)
        )
    ]
    runners = prepare_all(discovery, {}, chosen)
    for contender in chosen:
        runner = runners[contender.runner]
        lacks = runner if isinstance(runner, Unavailable) else runner.left_out.get(contender.id)
        if lacks is None:
            assert not isinstance(runner, Unavailable)
            start = start_of(runner, contender, cpus)
            yield Program(contender=contender, manifest=runner.manifest, start=start)
        elif names:
            raise MissingError(f"{contender.id}: {lacks.reason}.")
