"""One invocation of a family without a network: judged by its checksum."""

import secrets
from collections.abc import Callable, Mapping
from typing import Any

from benchmarks.families._record import WorkFormat, WorkRecord
from runners.invocation import RUN_JOB_LIMIT_S, invoke
from runners.observation import Observation, Start
from runners.protocol import Job

_SEEDS = 2**31  # what fits every language's plain integer


def measure_work(
    family: str,
    params: Mapping[str, Any],
    iterations: int,
    start: Start,
    form: Callable[[Mapping[str, Any]], WorkFormat],
    *,
    job_limit_s: float = RUN_JOB_LIMIT_S,
    until_ns: int | None = None,
    on_spawn: Callable[[int], None] | None = None,
) -> Observation[WorkRecord]:
    """Run one invocation with a fresh seed, so that no answer can be known beforehand.

    `form` gives the records that a job with such parameters asks for.
    """
    seeded = {**params, "seed": secrets.randbelow(_SEEDS)}
    return invoke(
        start,
        Job(family=family, iterations=iterations, params=seeded),
        records=form(seeded),
        job_limit_s=job_limit_s,
        until_ns=until_ns,
        on_spawn=on_spawn,
    )
