"""Live mode: ping sites that a person names. Without an origin there are no proof and no verdicts."""

import re
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from ipaddress import IPv6Address

from benchmarks.ping.params import PingParams
from benchmarks.ping.record import PingFormat, PingRecord
from benchmarks.ping.task import FAMILY, TIMEOUT_NS
from results.errors import UsageError
from results.format import WorkloadPlan
from results.text import plain
from runners.invocation import RUN_JOB_LIMIT_S, invoke
from runners.observation import Observation
from runners.protocol import Job
from runners.spawning import Start

WORKLOAD = "live"
PAUSE_S = 1.0
REQUEST_LIMIT = 200
_SITE = re.compile(r"([A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::([0-9]{1,5}))?")
_URL = re.compile(r"(?i)https?://|.*[/?#]")
_HTTP_PORT = 80


def parse_sites(texts: Sequence[str]) -> list[list[str]]:
    """Parse one `--sites A,B` per chain into NAME or NAME:PORT. Raises UsageError.

    An IPv6 address stands in brackets: [::1]:8000.
    """
    chains = [[site.strip() for site in text.split(",")] for text in texts]
    met: set[tuple[str, int]] = set()
    for site in (site for chain in chains for site in chain):
        place = _place(site)
        if place is None:
            raise UsageError(f"--sites: ‘{plain(site, 80)}’ is not NAME or NAME:PORT{_hint(site)}.")
        if place in met:
            raise UsageError(f"--sites: ‘{plain(site, 80)}’ is named twice; name each site once.")
        met.add(place)
    return chains


def _place(site: str) -> tuple[str, int] | None:
    parts = _SITE.fullmatch(site)
    port = int(parts[2] or _HTTP_PORT) if parts else 0
    if parts is None or not 0 < port < 65536:
        return None
    if not parts[1].startswith("["):
        return parts[1].lower(), port
    address = _ipv6(parts[1][1:-1])
    return None if address is None else (address, port)


def _hint(site: str) -> str:
    if _URL.match(site):
        return "; leave out http:// and the path"
    return f"; write [{site}]" if _ipv6(site) else ""


def _ipv6(text: str) -> str | None:
    """Return an IPv6 address in its one short form; None where the text is no address."""
    try:
        return str(IPv6Address(text))
    except ValueError:
        return None


def live_plan(sites: Sequence[Sequence[str]]) -> WorkloadPlan:
    """Return the workload of a live run: one iteration an invocation, nothing warmed up."""
    return WorkloadPlan(
        name=WORKLOAD,
        family=FAMILY,
        set=FAMILY,
        question="How long do the sites named take to answer a HEAD request?",
        iterations=1,
        warmup=0,
        job_limit_s=RUN_JOB_LIMIT_S,
        young=None,
        lengths={},
        params=asdict(
            PingParams(chains=len(sites), sites_per_chain=max(len(chain) for chain in sites))
        ),
    )


@dataclass(slots=True, kw_only=True)
class LivePinger:
    """Performs live invocations, a second between two pings of one site."""

    sites: Sequence[Sequence[str]]
    last_s: float = float("-inf")

    def ping(self, start: Start) -> Observation[PingRecord]:
        """Run one invocation when the pause is over."""
        time.sleep(max(0.0, self.last_s + PAUSE_S - time.monotonic()))
        params = {
            "chains": [list(chain) for chain in self.sites],
            "path": "/",
            "connection": "close",
            "timeout_ns": TIMEOUT_NS,
        }
        job = Job(family=FAMILY, iterations=1, params=params)
        form = PingFormat(chains=tuple(map(len, self.sites)))
        try:
            return invoke(start, job, records=form, job_limit_s=RUN_JOB_LIMIT_S)
        finally:
            self.last_s = time.monotonic()
