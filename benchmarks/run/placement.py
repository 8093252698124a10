"""Which CPUs the harness and the origin have, and which the programs."""

import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager

from results.errors import MissingError, UsageError
from results.format import Placement
from runners.cpus import allowed, can_pin, core_of

MODES = ("split", "shared")
_REFUSED = "This system does not let processes be pinned to CPUs"


def place(mode: str | None) -> tuple[Placement, str | None]:
    """Return the placement asked for, or the one that suits this machine, and what was refused.

    `split` gives the last core to the origin and harness and the others to the programs, so that
    they do not take each other's time; of a single core it gives the last CPU, which is a thread of
    it. It needs two CPUs, and a kernel that pins processes to them. `shared` gives all CPUs to both.
    Raises UsageError, or MissingError, where a `split` that was asked for cannot be had.
    """
    cpus, note = sorted(allowed()), None
    if mode is None:
        mode = "split" if len(cpus) > 1 else "shared"
        if mode == "split" and not can_pin():
            mode, note = "shared", f"{_REFUSED}: origin and programs share all."
    elif mode == "split" and len(cpus) < 2:
        raise UsageError("--placement split needs two CPUs and this process has one.")
    elif mode == "split" and not can_pin():
        raise MissingError(f"{_REFUSED}, which --placement split needs; leave it out.")
    if mode == "split":
        core = core_of(cpus[-1])
        harness = [cpu for cpu in cpus if cpu in core]
        if harness == cpus:
            harness = cpus[-1:]
        return (
            Placement(mode=mode, harness=harness, programs=[c for c in cpus if c not in harness]),
            note,
        )
    return Placement(mode=mode, harness=cpus, programs=cpus), note


@contextmanager
def on_cpus(cpus: Collection[int]) -> Iterator[None]:
    """Keep this thread, and what it starts, on those CPUs."""
    own = allowed()
    if own == {*cpus}:  # nothing to do, and nothing that a sandbox could refuse
        yield
        return
    os.sched_setaffinity(0, cpus)
    try:
        yield
    finally:
        os.sched_setaffinity(0, own)
