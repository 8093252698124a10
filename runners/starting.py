"""A first start, before anything is asked of a program: can it be started here at all?"""

import time

from results.text import gist
from runners.invocation import EXIT_LIMIT_S, READY_LIMIT_S
from runners.process import Ended, Late, Program, how_ended
from runners.spawning import CannotStart, Start, machine_calls

_TRIES = 2
_SILENT = f"it wrote nothing for {READY_LIMIT_S:.0f} s"


def start_trouble(start: Start, *, patient: bool = False) -> str | None:
    """Return why a program cannot be started here, as two tries showed; None where it can.

    It can be started if it writes anything to standard output; whether that is correct is for the
    rules to say. If it is silent for as long as `ready` may take, it cannot, unless we are
    `patient`. Raises RefusedError.
    """
    trouble = None
    for _ in range(_TRIES):
        with machine_calls():
            trouble = _trouble(start)
        if trouble is None or (patient and trouble == _SILENT):
            return None
    return trouble


def _trouble(start: Start) -> str | None:
    try:
        program = Program(start)
    except CannotStart as error:
        return str(error)
    with program:
        first = program.next_line(_in(READY_LIMIT_S))
        if isinstance(first, Late):
            return _SILENT
        program.close_stdin()  # a runtime that is killed leaves files behind
        status = program.wait_exit(_in(EXIT_LIMIT_S))
        if not isinstance(first, Ended) or first.rest:
            return None
        how = how_ended(status)
        said = gist(program.stderr)
        return f"{how} before `ready`" + (f"; standard error: {said}" if said else "")


def _in(seconds: float) -> int:
    return time.monotonic_ns() + int(seconds * 1e9)
