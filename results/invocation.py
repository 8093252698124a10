"""One line of invocations.jsonl, checked and laid out as arrays."""

from dataclasses import dataclass, replace
from typing import Any, cast

import numpy as np

from results.conform import Misfit, conform
from results.format import Invocation, OriginRecord
from results.records import Iterations, Pings, read_iterations, read_pings, relative_to_iteration
from results.text import many_lines


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class InvocationRecord:
    """What one process of one contender did; `recorded` holds the line without its arrays.

    `joined` says whether `pings` carry the origin's times. A superseded line's iterations, and
    those of an invocation that broke a rule and cannot be laid out, are empty.
    """

    recorded: Invocation
    iterations: Iterations
    pings: Pings
    joined: bool


_NO_ITERATIONS = read_iterations([], "")
_NO_PINGS = read_pings([], "")


def read_invocation(parsed: object) -> InvocationRecord:
    """Return one line's parsed JSON as a record; raise `Misfit` where the format is broken.

    A line without broken rules must be whole. One with broken rules may hold any iterations: the
    program wrote them, and its line is kept as evidence.
    """
    line = dict(parsed) if isinstance(parsed, dict) else parsed
    records: object = None
    stderr: object = None
    if isinstance(line, dict):
        records, stderr = line.get("iterations"), line.get("stderr")
        # Only shape is checked here: a hundred thousand pings are no work for a generic checker.
        line |= {"iterations": []} if "iterations" in line else {}
        line |= {"stderr": None} if isinstance(stderr, str) else {}
    recorded = cast(Invocation, conform(line, Invocation, "the line"))
    if isinstance(stderr, str):
        recorded["stderr"] = many_lines(stderr)
    if recorded["superseded"]:
        return _without_iterations(recorded)
    try:
        return _with_iterations(recorded, records)
    except Misfit:
        if recorded["broken"]:
            return _without_iterations(recorded)
        raise


def _without_iterations(recorded: Invocation) -> InvocationRecord:
    return InvocationRecord(
        recorded=_light(recorded), iterations=_NO_ITERATIONS, pings=_NO_PINGS, joined=False
    )


def _with_iterations(recorded: Invocation, records: Any) -> InvocationRecord:
    iterations = read_iterations(records, "its iterations")
    pings = read_pings(records, "its iterations")
    origin = recorded["origin"]
    joined = origin is not None and origin["joined"]
    if origin is not None and joined:
        pings = _joined(origin, iterations, pings)
    return InvocationRecord(
        recorded=_light(recorded), iterations=iterations, pings=pings, joined=joined
    )


def _joined(origin: OriginRecord, iterations: Iterations, pings: Pings) -> Pings:
    accepted, seen, sent = (
        relative_to_iteration(times, iterations, pings)
        for times in (origin["accepted"], origin["seen"], origin["sent"])
    )
    if np.any(sent < seen) or np.any(seen < accepted):
        raise Misfit("its origin's times are out of order")
    return replace(pings, accepted=accepted, seen=seen, sent=sent)


def _light(recorded: Invocation) -> Invocation:
    """The line without the origin's arrays, which live on in `pings`."""
    light = recorded.copy()
    origin = recorded["origin"]
    if origin is not None:
        bare = origin.copy()
        bare["accepted"], bare["seen"], bare["sent"] = [], [], []
        light["origin"] = bare
    return light
