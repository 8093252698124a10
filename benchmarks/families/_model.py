"""What a workload is."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, NamedTuple

from benchmarks.ping.task import TIMEOUT_NS, PingTask, own_sites
from runners.invocation import RUN_JOB_LIMIT_S


@dataclass(frozen=True, slots=True, kw_only=True)
class PingShape:
    """The parameters of a workload of family ping, as they go into run.json."""

    chains: int
    sites_per_chain: int = 1
    pings_per_site: int = 1
    delay_ns: int = 0
    connection: str = "close"
    timeout_ns: int = TIMEOUT_NS

    @property
    def pings(self) -> int:
        """Pings in one iteration."""
        return self.chains * self.sites_per_chain * self.pings_per_site

    def task(self, iterations: int) -> PingTask:
        """Return the task of one invocation."""
        return own_sites(
            chains=self.chains,
            sites_per_chain=self.sites_per_chain,
            pings_per_site=self.pings_per_site,
            iterations=iterations,
            delay_ns=self.delay_ns,
            keep_alive=self.connection == "keep-alive",
            timeout_ns=self.timeout_ns,
        )

    def params(self) -> dict[str, Any]:
        """Return the parameters as run.json has them."""
        return asdict(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkShape:
    """The parameters of a workload without a network: its size, and its family's own."""

    size: int
    own: Mapping[str, int | bool] = field(default_factory=dict)

    def params(self) -> dict[str, Any]:
        """Return the parameters as run.json has them; a job adds its seed."""
        return {"size": self.size, **self.own}

    @property
    def pings(self) -> int:
        """Pings in one iteration: none."""
        return 0


class Length(NamedTuple):
    """How many iterations an invocation has; the first `warmup` of them are left out of means."""

    iterations: int
    warmup: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Workload:
    """A task with fixed parameters.

    `lengths` holds each profile's, the same for all contenders; a profile that is not there leaves
    the workload out. `pilot_s` is how long an iteration took in the pilots, on average over the
    contenders: for estimates of a run's length only. `job_limit_s` is how long an invocation may
    take from its job to `done`. `steady_after` is after how many iterations the slowest contender
    to warm up had its pace in the pilots, where a profile has no time to wait for that.
    """

    name: str
    family: str
    set: str
    question: str
    lengths: Mapping[str, Length]
    pilot_s: float
    shape: PingShape | WorkShape
    job_limit_s: float = RUN_JOB_LIMIT_S
    steady_after: int | None = None
