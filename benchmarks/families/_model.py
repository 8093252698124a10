"""What a family of workloads is: all that is its own, as data."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from math import prod
from operator import or_
from typing import Any, Protocol

from benchmarks.families._trial import Measurement, Scenario
from benchmarks.ping.origin.handle import Origin
from results.format import ContenderPlan, FamilyPlan, FigurePlan, Invocation, Length, WorkloadPlan
from results.pings import StoredPings
from runners.findings import Finding
from runners.invocation import RUN_JOB_LIMIT_S
from runners.limits import Needs
from runners.rules import Rule
from runners.spawning import Start

_PROFILES = ("quick", "default", "publication")
_LAST = 1000


def lengths(**profiles: tuple[int, int]) -> dict[str, Length]:
    """Return the lengths of a workload by profile, of which each gives iterations and warm-up."""
    return {
        profile: Length(iterations=iterations, warmup=warmup)
        for profile, (iterations, warmup) in profiles.items()
    }


def every(iterations: int, warmup: int) -> dict[str, Length]:
    """Return the lengths of a workload that is as long in every profile."""
    return lengths(**dict.fromkeys(_PROFILES, (iterations, warmup)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Workload:
    """A task with fixed parameters.

    `params` go into run.json as they are. `lengths` holds each profile's, the same for all
    contenders; a profile that is not there leaves the workload out. `pilot_s` is how long an
    iteration took in the pilots, on average over the contenders: for estimates of a run's length
    only. `job_limit_s` is how long an invocation may take from its job to `done`. `steady_after` is
    after how many iterations the slowest contender to warm up had its pace in the pilots, where a
    profile has no time to wait for that.
    """

    name: str
    question: str
    params: Mapping[str, int | bool | str]
    lengths: Mapping[str, Length]
    pilot_s: float
    job_limit_s: float = RUN_JOB_LIMIT_S
    steady_after: int | None = None


class Proof(Protocol):
    """How the work of a family is proven.

    `rules` are the contract's that apply, besides those of the manifest and the protocol. Where
    there is a `network`, records hold pings, and the origin sees them. `fields` are the
    integer-or-null fields of a record beside the common ones.
    """

    @property
    def rules(self) -> Sequence[Rule]:
        ...

    @property
    def network(self) -> bool:
        ...

    @property
    def fields(self) -> Sequence[str]:
        ...

    def needs(self, params: Mapping[str, Any], iterations: int) -> Needs:
        """Return what an invocation takes of the machine."""

    def measure(
        self, workload: WorkloadPlan, iterations: int, start: Start, origin: Origin
    ) -> Measurement:
        """Run and judge one invocation. Raises OriginLostError."""

    def rejudge(
        self,
        workload: WorkloadPlan,
        contender: ContenderPlan,
        iterations: int,
        line: Invocation,
        pings: StoredPings | None,
    ) -> Sequence[Finding]:
        """Judge a stored invocation again, by P6 and those of the `rules` that hold on every run.

        Raises Misfit where what was stored cannot be judged.
        """

    def scenarios(self, family: "Family") -> Iterable[Scenario]:
        """Return the jobs with which `check` examines the family's programs, in their order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """Workloads that a program performs by the same code.

    `example` holds the parameters of a job that every program can do, by name: bad jobs are made
    from it. A family belongs to a `set`, which can be measured by its name; those `by_default` are
    measured where none is named. Families are listed by `place`, then by name. Contenders of a
    `tiered` family state their tier.

    `item` is what one of an iteration's parts is called; their number is the product of the
    parameters `size`. Where items `overlap` by design, real time over their number is no item's
    time. `claim` is what stands behind the family, `limits` what its figures do not show, both as
    sentences of a page, or empty. `figures` are those that it has beside the common ones.
    """

    name: str
    set: str
    proof: Proof
    example: Mapping[str, object]
    item: str
    workloads: tuple[Workload, ...]
    claim: str = ""
    limits: str = ""
    overlap: bool = False
    size: tuple[str, ...] = ("size",)
    figures: tuple[FigurePlan, ...] = ()
    place: int = _LAST
    by_default: bool = False
    tiered: bool = False

    @property
    def smallest(self) -> Workload:
        """The workload with which its programs are examined: its first."""
        return self.workloads[0]

    def longest(self, profile: str) -> int:
        """Return the most iterations that a profile asks of its programs."""
        found = (w.lengths[profile] for w in self.workloads if profile in w.lengths)
        return max((length["iterations"] for length in found), default=1)

    def needs(self) -> Needs:
        """Return what its default workloads take of the machine, and hence all jobs of `check`."""
        longest = self.longest("default")
        found = (
            self.proof.needs(w.params, longest) for w in self.workloads if "default" in w.lengths
        )
        return reduce(or_, found, Needs())

    def items(self, workload: Workload) -> int:
        """Return how many items an iteration of one of its workloads has."""
        return prod(int(workload.params[name]) for name in self.size)

    def declaration(self) -> FamilyPlan:
        """Return what run.json says of the family."""
        return FamilyPlan(
            name=self.name,
            item=self.item,
            claim=self.claim,
            limits=self.limits,
            overlap=self.overlap,
            network=self.proof.network,
            size=[*self.size],
            fields=[*self.proof.fields],
            figures=[*self.figures],
        )
