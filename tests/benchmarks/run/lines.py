"""A plan and lines of a run, as small as the format lets them be."""

from collections.abc import Sequence

from results.format import SCHEMA, Broken, GroupPlan, Invocation, Machine, Placement, RunFile

MACHINE = Machine(
    cpu="A CPU", cores=2, governor=None, memory_bytes=2**30, kernel="Linux 6", virtualised=None,
    python="3.11.2", packages={"numpy": "1.24"},
)  # fmt: skip


def run_of(name: str, schedule: Sequence[Sequence[GroupPlan]] = ()) -> RunFile:
    """Return a plan with a schedule and little else."""
    return RunFile(
        schema=SCHEMA, id=name, started="2026-01-01T00:00:00Z", status="partial", mode="origin",
        profile="quick", seed=1, blocks=len(schedule), m=0, delta=0.03, command="run",
        schedule=[list(block) for block in schedule], families=[], workloads=[], contenders=[],
        skipped=[],
        machine=MACHINE, placement=Placement(mode="shared", harness=[0], programs=[0]), sites=None,
        suite=None, null_arm={},
    )  # fmt: skip


def line_of(
    block: int, workload: str, contender: str, *, attempt: int = 0, broken: Sequence[Broken] = ()
) -> Invocation:
    """Return a line that says who ran and what broke."""
    return Invocation(
        block=block, position=0, attempt=attempt, superseded=False, workload=workload,
        contender=contender, runtime=None, startup_ns=None, cpu_ns=None, peak_rss_bytes=None,
        exit_status=None, broken=list(broken), iterations=[], origin=None, stderr=None,
        canary_ns=None, pressure=None,
    )  # fmt: skip
