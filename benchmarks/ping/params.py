"""The parameters of a workload of pings, as run.json has them."""

from dataclasses import dataclass

from benchmarks.ping.task import TIMEOUT_NS, PingTask, own_sites


@dataclass(frozen=True, slots=True, kw_only=True)
class PingParams:
    """How many chains, the sites of each, and how a site is pinged."""

    chains: int
    sites_per_chain: int = 1
    pings_per_site: int = 1
    delay_ns: int = 0
    connection: str = "close"
    timeout_ns: int = TIMEOUT_NS

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
