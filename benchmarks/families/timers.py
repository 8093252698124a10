"""Family `timers`: many delays at once."""

from benchmarks.families._checksum import Checksum
from benchmarks.families._model import Family, Workload
from results.format import FigurePlan
from runners.invocation import RUN_JOB_LIMIT_S


def _timers(
    name: str,
    size: int,
    delay_ms: int,
    *,
    young: int,
    pilot_s: float,
    job_limit_s: float = RUN_JOB_LIMIT_S,
    profiles: tuple[str, ...] = ("quick", "default", "publication"),
) -> Workload:
    return Workload(
        name=name,
        question=f"{size:,} delay{'' if size == 1 else 's'} of {delay_ms:,} ms at once: how late "
        "is the last, and what does a pending await weigh?",
        params={"size": size, "delay_ns": delay_ms * 1_000_000},
        young=young,
        steady=(),  # most of the time it sleeps
        profiles=profiles,
        pilot_s=pilot_s,
        job_limit_s=job_limit_s,
    )


_OVERSHOOT = FigurePlan(
    key="overshoot",
    kind="beyond",
    of="delay_ns",
    drawn="by-size",
    unit="ns",
    axis="overshoot",
    heading="How much later than the ideal",
    caption="Real time beyond the delay itself, against the number of delays that are "
    "pending at once. Both axes are logarithmic; upright bars are 95 % intervals.",
    told="",
)
_MEMORY = FigurePlan(
    key="memory",
    kind="memory-per-item",
    of=None,
    drawn="by-size",
    unit="bytes",
    axis="memory per pending await",
    heading="Memory of one pending await",
    caption="(Peak memory with N delays − peak memory with one) / (N − 1), within blocks, "
    "against N. Both axes are logarithmic; a difference that is not positive stands in "
    "the table only.",
    told="memory per pending await",
)

FAMILY = Family(
    name="timers",
    set="await",
    place=10,
    proof=Checksum(bound="delay_ns", pending_bytes=3072),
    example={"size": 1, "seed": 1, "delay_ns": 20_000_000},
    item="delay",
    claim="An await suspends, and the loop or the pool goes on: many delays at once take as "
    "long as one.",
    limits="How late a single timer is while other work goes on, or timers of many "
    "durations. Peak memory includes what the runtime keeps for reuse.",
    overlap=True,
    figures=(_OVERSHOOT, _MEMORY),
    workloads=(
        _timers("timers-1", 1, 20, young=5, pilot_s=0.02),
        _timers("timers-1k", 1_000, 100, young=3, pilot_s=0.11),
        _timers("timers-10k", 10_000, 200, young=2, pilot_s=0.26),
        _timers(
            "timers-100k",
            100_000,
            1_000,
            young=2,
            profiles=("publication",),
            pilot_s=1.8,
        ),
        _timers(
            "timers-1m",
            1_000_000,
            5_000,
            young=1,
            profiles=("publication",),
            pilot_s=13.0,
            job_limit_s=600.0,  # Python took up to 46 s an iteration
        ),
    ),
)
