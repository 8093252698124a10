"""What a family of workloads is: all that is its own, as data."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from math import prod
from operator import or_
from typing import Any, Protocol

from benchmarks.families._trial import Measurement, Scenario
from benchmarks.families._witness import Witness
from benchmarks.ping.origin.handle import Origin
from results.format import ContenderPlan, FamilyPlan, FigurePlan, Length, WorkloadPlan
from results.line_format import Invocation
from results.pings import StoredPings
from runners.findings import Finding
from runners.invocation import RUN_JOB_LIMIT_S
from runners.limits import Needs
from runners.rules import Rule
from runners.spawning import Start

_PROFILES = ("quick", "default", "publication")
STUDY = "warm-up"  # the profile of studies, which nobody chooses by name
_LAST = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Workload:
    """A task with fixed parameters.

    `params` go into run.json as they are. Iterations 1 to `young` of a process are its young ones,
    for all contenders alike; a workload with none has a single iteration. In the profiles that are
    `steady` processes live on until they have their pace, as `benchmarks.run.lengths` says; in
    others they are young ones only. Profiles that are not named leave the workload out. `pilot_s`
    is how long a young iteration took in the pilots, on average over the contenders: for estimates
    only. `life_s` is how long a process lives on average in a short profile that is steady, a slow
    start included.
    `job_limit_s` is how long an invocation may take from its job to `done`.
    """

    name: str
    question: str
    params: Mapping[str, int | bool | str]
    young: int
    pilot_s: float
    steady: tuple[str, ...] = ("default", "publication")
    life_s: float = 1.9
    profiles: tuple[str, ...] = _PROFILES
    job_limit_s: float = RUN_JOB_LIMIT_S

    def takes_part(self, profile: str) -> bool:
        """Tell whether a profile measures it; a study all that has a steady pace in any."""
        return bool(self.steady) if profile == STUDY else profile in self.profiles

    def lives_on(self, profile: str) -> bool:
        """Tell whether its processes live until they are steady in a profile."""
        return bool(self.steady) if profile == STUDY else profile in self.steady

    @property
    def youth(self) -> Length:
        """How long a process is that does not live on."""
        return Length(iterations=self.young + 1, warmup=min(self.young, 1))


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

    @property
    def part(self) -> str | None:
        """The field that times the part of an iteration that counts; None where all of it does."""

    def needs(self, params: Mapping[str, Any], iterations: int) -> Needs:
        """Return what an invocation takes of the machine."""

    def measure(
        self, workload: WorkloadPlan, iterations: int, start: Start, origin: Origin
    ) -> Measurement:
        """Run and judge one invocation. Raises OriginLostError."""

    def witness(
        self, workload: WorkloadPlan, iterations: int, start: Start, origin: Origin
    ) -> Witness:
        """Have the work of a process proven whose iterations another clock times.

        There will be about so many `iterations`. Raises OriginLostError.
        """

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
    `tiered` family state their tier. `examined` is how many iterations a long job of `check` has.

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
    examined: int = 20

    @property
    def smallest(self) -> Workload:
        """The workload with which its programs are examined: its first."""
        return self.workloads[0]

    def needs(self) -> Needs:
        """Return what its default workloads take of the machine, and hence all jobs of `check`."""
        found = (
            self.proof.needs(w.params, self.examined)
            for w in self.workloads
            if "default" in w.profiles
        )
        return reduce(or_, found, Needs())

    def items(self, workload: Workload) -> int:
        """Return how many items an iteration of one of its workloads has."""
        return prod(int(workload.params[name]) for name in self.size)

    def declaration(self) -> FamilyPlan:
        """Return what run.json says of the family."""
        plan = FamilyPlan(
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
        if self.proof.part is not None:
            plan["timed"] = self.proof.part
        return plan
