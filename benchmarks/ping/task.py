"""A ping task: which sites, how they behave, and which chains visit them in what order."""

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.ping.origin.plan import Behaviour, ConnectionMode, Plan, Site
from runners.protocol import Job

FAMILY = "ping"
TIMEOUT_NS = 5_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteSpec:
    """A site before it has an address."""

    behaviour: Behaviour = Behaviour.ANSWER
    delay_ns: int = 0
    close_delay_ns: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PingTask:
    """What one invocation of family ping has to do.

    `chains` holds, per chain, the index of the site of each ping in order. `hold` is how many
    requests the holding sites wait for.
    """

    sites: tuple[SiteSpec, ...]
    chains: tuple[tuple[int, ...], ...]
    iterations: int
    connection: ConnectionMode = ConnectionMode.CLOSE
    timeout_ns: int = TIMEOUT_NS
    hold: int = 0

    @property
    def pings(self) -> int:
        """Pings due in one iteration."""
        return sum(len(chain) for chain in self.chains)

    @property
    def visits(self) -> list[int]:
        """The site of each ping of an iteration."""
        return [site for chain in self.chains for site in chain]

    @property
    def chain_lengths(self) -> tuple[int, ...]:
        """Pings of each chain in one iteration."""
        return tuple(map(len, self.chains))

    def placed(self, addresses: Sequence[str]) -> tuple[Site, ...]:
        """Give each site its address."""
        return tuple(
            Site(
                address=address,
                behaviour=spec.behaviour,
                delay_ns=spec.delay_ns,
                close_delay_ns=spec.close_delay_ns,
            )
            for address, spec in zip(addresses, self.sites, strict=True)
        )

    def job(self, plan: Plan) -> Job:
        """Return the job for a program, with the addresses and path of `plan`."""
        names = [f"{site.address}:{plan.port}" for site in plan.sites]
        params = {
            "chains": [[names[site] for site in chain] for chain in self.chains],
            "path": plan.path,
            "connection": self.connection,
            "timeout_ns": self.timeout_ns,
        }
        return Job(family=FAMILY, iterations=self.iterations, params=params)
