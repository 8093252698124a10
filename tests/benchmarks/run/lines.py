"""A plan and lines of a run, as small as the format lets them be."""

from collections.abc import Sequence

from results.format import (
    SCHEMA,
    ContenderPlan,
    GroupPlan,
    Machine,
    Placement,
    RunFile,
    WorkloadPlan,
)
from results.line_format import Broken, Invocation
from results.older import declarations
from runners.cpus import allowed

MACHINE = Machine(
    cpu="A CPU", cores=2, usable_cpus=2, cpu_quota=None, governor=None, memory_bytes=2**30, kernel="Linux 6", virtualised=None,
    python="3.11.2", packages={"numpy": "1.24"},
)  # fmt: skip
CPUS = sorted(allowed())
SCHEDULE = [[GroupPlan(workload=w, order=["a", "b"]) for w in ("survey", "parallel")]] * 2


def run_of(name: str, schedule: Sequence[Sequence[GroupPlan]] = SCHEDULE) -> RunFile:
    """Return a plan with a schedule, who is in it, and little else."""
    groups = [group for block in schedule for group in block]
    workloads = dict.fromkeys(group["workload"] for group in groups)
    contenders = dict.fromkeys(contender for group in groups for contender in group["order"])
    return RunFile(
        schema=SCHEMA, id=name, started="2026-01-01T00:00:00Z", status="partial", mode="origin",
        profile="quick", seed=1, blocks=len(schedule), m=0, delta=0.03, command="run",
        schedule=[list(block) for block in schedule], families=declarations(["ping"]),
        workloads=[_workload(each) for each in workloads],
        contenders=[_contender(each) for each in contenders], skipped=[], machine=MACHINE,
        placement=Placement(mode="shared", harness=CPUS, programs=CPUS), sites=None,
        suite=None, null_arm={},
    )  # fmt: skip


def _workload(name: str) -> WorkloadPlan:
    return WorkloadPlan(
        name=name, family="ping", set="ping", question="?", iterations=1, warmup=0,
        job_limit_s=1.0, young=None, lengths={}, params={},
    )  # fmt: skip


def _contender(name: str) -> ContenderPlan:
    return ContenderPlan(
        id=name, runner="r", name=name, label=name, language="L", color=None, tier=None,
        families=["ping"], version=None, hash="0", command=[], sources=[],
    )  # fmt: skip


def line_of(
    block: int, workload: str, contender: str, *, attempt: int = 0, broken: Sequence[Broken] = ()
) -> Invocation:
    """Return a line that says who ran and what broke."""
    return Invocation(
        block=block, position=0, attempt=attempt, superseded=False, workload=workload,
        contender=contender, runtime=None, startup_ns=None, cpu_ns=None, peak_rss_bytes=None,
        exit_status=None, broken=list(broken), job=None, iterations=[], origin=None, pings=None,
        stderr=None,
        canary_ns=None, pressure=None,
    )  # fmt: skip
