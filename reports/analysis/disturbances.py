"""Which block values were measured while the machine did something else as well."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from reports.analysis.pings import CellKey
from results.line_format import Invocation

# The canary computes the same every time: on a quiet machine it varies by a few per cent.
SLOWER = 1.1
# Less than this a system's own services do now and then; more is another program at work.
WAITED = 0.2
# Between its fast and its slow tenths: neighbours on the same cores, or a governor.
UNEVEN = 1.25
_FEWEST_CANARIES = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Disturbance:
    """A block value of a cell (workload, contender) that was measured beside something else.

    `slower`: the canary before its group over the run's median; `waited`: in which share of the
    time something waited for a CPU, beyond what it was in the median of the cell's blocks. Either
    is None where it is nothing to speak of.
    """

    cell: CellKey
    block: int
    slower: float | None
    waited: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Noise:
    """What else the machine did: the block values that it disturbed, of `measured` ones.

    `throughout`: in which share of the time something waited for a CPU, whoever was measured; None
    where that is nothing to speak of. `uneven`: between which times, ns, the canaries of the run
    lie, a tenth left out at either end; None where they are alike.
    """

    disturbed: tuple[Disturbance, ...]
    measured: int
    throughout: float | None
    uneven: tuple[int, int] | None


def noise_of(lines: Sequence[Invocation]) -> Noise:
    """Judge the lines of a run; what broke a rule or was superseded has no block value."""
    counted = [line for line in lines if not line["superseded"] and not line["broken"]]
    canaries = _canaries(counted)
    usual = median(canaries or [0])
    own = _usual_waits(counted)
    found = (_disturbance(line, usual, own) for line in counted)
    least = min(own.values(), default=0.0)
    return Noise(
        disturbed=tuple(each for each in found if each.slower or each.waited),
        measured=len(counted),
        throughout=least if least > WAITED else None,
        uneven=_uneven(canaries),
    )


def _canaries(lines: Sequence[Invocation]) -> list[int]:
    """The canaries of all groups that have one, ns, sorted."""
    canaries = {(line["block"], line["workload"]): line["canary_ns"] or 0 for line in lines}
    return sorted(ns for ns in canaries.values() if ns > 0)


def _uneven(canaries: Sequence[int]) -> tuple[int, int] | None:
    if len(canaries) < _FEWEST_CANARIES:
        return None
    tenth = len(canaries) // 10
    fast, slow = canaries[tenth], canaries[-1 - tenth]
    return (fast, slow) if slow > UNEVEN * fast else None


def _usual_waits(lines: Sequence[Invocation]) -> dict[CellKey, float]:
    """The median share of each cell: programs with more threads than CPUs wait for themselves."""
    shares: dict[CellKey, list[float]] = defaultdict(list)
    for line in lines:
        if (share := _waited(line)) is not None:
            shares[line["workload"], line["contender"]].append(share)
    return {cell: median(each) for cell, each in shares.items()}


def _disturbance(line: Invocation, usual: float, own: Mapping[CellKey, float]) -> Disturbance:
    cell = line["workload"], line["contender"]
    slower = (line["canary_ns"] or 0) / usual if usual else 0.0
    waited = (_waited(line) or 0.0) - own.get(cell, 0.0)
    return Disturbance(
        cell=cell,
        block=line["block"],
        slower=slower if slower > SLOWER else None,
        waited=waited if waited > WAITED else None,
    )


def _waited(line: Invocation) -> float | None:
    return (line["pressure"] or {}).get("cpu")
