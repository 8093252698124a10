"""Family `blocking`: calls that block their thread."""

from benchmarks.families._checksum import Checksum
from benchmarks.families._model import Family, Workload
from results.format import FigurePlan

_BOUNDS = FigurePlan(
    key="bounds",
    kind="total",
    of="block_ns",
    drawn="dots",
    unit="ns",
    axis="real time of all calls",
    heading="Between all at once and one after another",
    caption="Real time of all calls. The solid line is the time of a single call, "
    "which no number of threads can beat; the dashed one that of all {size} "
    "calls one after another.",
    told="",
)

FAMILY = Family(
    name="blocking",
    set="await",
    place=100,
    proof=Checksum(bound="block_ns"),
    example={"size": 1, "seed": 1, "block_ns": 20_000_000},
    item="call",
    claim="A call that blocks holds up the loop; in a pool it blocks one thread only.",
    limits="What else stood still meanwhile: that is among the claims. The calls wait and "
    "use no CPU.",
    overlap=True,
    examined=3,  # of over a second each, where the calls block one thread
    figures=(_BOUNDS,),
    workloads=(
        Workload(
            name="blocking",
            question="What happens to 64 calls that block for 20 ms each?",
            params={"size": 64, "block_ns": 20_000_000},
            young=0,  # it sleeps: the second is as long as the first
            steady=(),
            pilot_s=1.0,
        ),
    ),
)
