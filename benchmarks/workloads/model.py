"""What a workload is."""

from collections.abc import Mapping
from dataclasses import dataclass

from benchmarks.ping_task import TIMEOUT_NS, PingTask, own_sites


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Workload:
    """A task with fixed parameters.

    `iterations` are asked of one invocation, per profile; the first `warmup` of them are left
    out of means, in every profile and for every contender. `pilot_s` is how long an iteration
    took in the pilots, on average over the contenders: for estimates of a run's length only.
    """

    name: str
    family: str
    set: str
    question: str
    iterations: Mapping[str, int]
    warmup: int
    pilot_s: float
    shape: PingShape
