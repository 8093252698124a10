"""The parameters of a workload of pings, as run.json has them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from benchmarks.ping.origin.plan import ConnectionMode
from benchmarks.ping.task import TIMEOUT_NS, PingTask, SiteSpec


@dataclass(frozen=True, slots=True, kw_only=True)
class PingParams:
    """How many chains, the sites of each, and how a site is pinged."""

    chains: int
    sites_per_chain: int = 1
    pings_per_site: int = 1
    delay_ns: int = 0
    connection: ConnectionMode = ConnectionMode.CLOSE
    timeout_ns: int = TIMEOUT_NS

    @classmethod
    def of(cls, params: Mapping[str, Any]) -> "PingParams":
        """Return the parameters that a stored run has. Raises ValueError or TypeError."""
        typed = dict(params)
        typed["connection"] = ConnectionMode(typed["connection"])
        return cls(**typed)

    def task(self, iterations: int) -> PingTask:
        """Return the task of one invocation: each chain visits sites of its own in turn."""
        chains = tuple(
            tuple(
                chain * self.sites_per_chain + site
                for site in range(self.sites_per_chain)
                for _ in range(self.pings_per_site)
            )
            for chain in range(self.chains)
        )
        return PingTask(
            sites=(SiteSpec(delay_ns=self.delay_ns),) * (self.chains * self.sites_per_chain),
            chains=chains,
            iterations=iterations,
            connection=self.connection,
            timeout_ns=self.timeout_ns,
        )
