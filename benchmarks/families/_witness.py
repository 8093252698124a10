"""Proof of iterations that another clock than the program's own times, as many as it likes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from runners.findings import Finding
from runners.protocol import Job


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """What is to be done, and whether it was.

    `job` has one iteration, which is repeated: each time with the next number, from 0, where the
    family's iterations differ by their number. `judge`, due once when the process has ended, takes
    how many were done and the sum of their checksums mod 2³², and returns the rules broken: none
    where nothing was done.
    """

    job: Job
    judge: Callable[[int, int], Sequence[Finding]]
