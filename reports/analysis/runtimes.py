"""What the programs said of themselves, and where that contradicts their toolchain's version."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from results.format import AGAIN
from results.run_folder import RunFolder

# At least two parts: a number alone may be anything.
_NUMBER = re.compile(r"(\d+)\.(\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """Programs of `contenders` (ids) said `runtime`, the toolchain had said `version`."""

    version: str
    runtime: str
    contenders: tuple[str, ...]


def runtimes_of(folder: RunFolder) -> dict[str, list[str]]:
    """Return what each contender's programs called themselves, in the order of their starts."""
    found: dict[str, dict[str, None]] = {}
    for record in folder.invocations:
        line = record.recorded
        if line["runtime"]:
            found.setdefault(line["contender"], {})[line["runtime"]] = None
    return {contender: list(runtimes) for contender, runtimes in found.items()}


def cpus_of(folder: RunFolder) -> dict[tuple[str, str], list[int]]:
    """Return how many CPUs each (workload, contender)'s runtime believed it had, where it told."""
    found: dict[tuple[str, str], set[int]] = {}
    for record in folder.invocations:
        if (cpus := record.recorded.get("cpus")) is not None:
            key = (record.recorded["workload"], record.recorded["contender"].removesuffix(AGAIN))
            found.setdefault(key, set()).add(cpus)
    return {key: sorted(counts) for key, counts in found.items()}


def contradictions(folder: RunFolder, runtimes: Mapping[str, list[str]]) -> list[Contradiction]:
    """Return where no number in a runtime's name agrees with one in the version, in major.minor.

    What follows these may differ: the SDK 10.0.401 of .NET brings the runtime 10.0.12.
    """
    found: dict[tuple[str, str], list[str]] = {}
    for plan in folder.run["contenders"]:
        version = plan["version"] or ""
        for runtime in runtimes.get(plan["id"], []):
            ours, theirs = _numbers(version), _numbers(runtime)
            if ours and theirs and not ours & theirs:
                found.setdefault((version, runtime), []).append(plan["id"])
    return [
        Contradiction(version=version, runtime=runtime, contenders=tuple(contenders))
        for (version, runtime), contenders in found.items()
    ]


def _numbers(text: str) -> set[tuple[int, int]]:
    return {(int(major), int(minor)) for major, minor in _NUMBER.findall(text[:200])}
