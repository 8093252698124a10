"""What the origin is told before an invocation: sites, how each behaves, the path to expect."""

from dataclasses import dataclass, field
from enum import StrEnum


class Behaviour(StrEnum):
    """What a site does with a request."""

    ANSWER = "answer"
    HOLD = "hold until n in flight"
    LATE_CLOSE = "delay the close"
    REDIRECT = "redirect"
    REFUSE = "refuse"
    RESET = "reset"
    CLOSE = "close"
    SILENT = "silent"
    GARBLE = "garble"


class ConnectionMode(StrEnum):
    """How many requests a connection carries: one, or all of its site's."""

    CLOSE = "close"
    KEEP_ALIVE = "keep-alive"


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One address that answers HTTP.

    `delay_ns` lies between a request and its answer, `close_delay_ns` between an answer and
    the connection's close (LATE_CLOSE).
    """

    address: str
    behaviour: Behaviour = Behaviour.ANSWER
    delay_ns: int = 0
    close_delay_ns: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One invocation as the origin sees it.

    `hold` is how many requests the HOLD sites wait for; `requests` bounds what is recorded.
    `extra_headers` are due in each request, after the contract's; the origin answers any head.
    """

    port: int
    path: str
    connection: ConnectionMode
    sites: tuple[Site, ...]
    requests: int
    hold: int = 0
    extra_headers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What the origin saw of one invocation, in the order in which it saw it.

    Connections: parallel `connection_site` and `accepted_ns`. Requests: parallel `connection`,
    `seen_ns`, `sent_ns` (-1: nothing was sent), `head` (index into `heads`), `status` (0: none)
    and `coalesced` (its end came in one read with the end of the request before).
    `incomplete`: connections that ended within a head, as (connection, bytes so far).
    `unrecorded` counts what came beyond the bound.
    """

    connection_site: list[int] = field(default_factory=list)
    accepted_ns: list[int] = field(default_factory=list)
    connection: list[int] = field(default_factory=list)
    seen_ns: list[int] = field(default_factory=list)
    sent_ns: list[int] = field(default_factory=list)
    head: list[int] = field(default_factory=list)
    status: list[int] = field(default_factory=list)
    coalesced: list[bool] = field(default_factory=list)
    heads: list[bytes] = field(default_factory=list)
    incomplete: list[tuple[int, bytes]] = field(default_factory=list)
    unrecorded: int = 0
