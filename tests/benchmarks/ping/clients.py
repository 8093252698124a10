"""A client of the origin in small steps, so that a test can do half of what is due."""

import socket
import struct

from benchmarks.ping.origin.handle import Origin
from benchmarks.ping.origin.plan import Behaviour, ConnectionMode, Plan, Site
from benchmarks.ping.referee import due_head

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class Client:
    """One connection to a site of a plan. Every wait ends after 10 s."""

    def __init__(self, plan: Plan, site: int = 0) -> None:
        self.head = due_head(plan, site)
        address = (plan.sites[site].address, plan.port)
        self.socket = socket.create_connection(address, timeout=10)

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def send(self, data: bytes | None = None) -> None:
        """Send bytes, or the head that is due."""
        self.socket.sendall(self.head if data is None else data)

    def receive(self) -> bytes:
        """Return what comes up to the next blank line or the end."""
        data = b""
        while not data.endswith(b"\r\n\r\n"):
            part = self.socket.recv(65536)
            if not part:
                break
            data += part
        return data

    def rest(self) -> bytes:
        """Return what comes up to the end."""
        data = b""
        while part := self.socket.recv(65536):
            data += part
        return data

    def ask(self, data: bytes | None = None) -> bytes:
        """Send and receive."""
        self.send(data)
        return self.receive()

    def reset(self) -> None:
        """Leave with a reset."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.socket.close()


def plan_of(
    origin: Origin,
    *behaviours: Behaviour,
    delay_ns: int = 0,
    close_delay_ns: int = 0,
    connection: ConnectionMode = ConnectionMode.CLOSE,
    requests: int = 10,
    hold: int = 0,
) -> Plan:
    """Open one site per behaviour."""
    places = origin.fresh_addresses(len(behaviours))
    sites = tuple(
        Site(address=a, behaviour=b, delay_ns=delay_ns, close_delay_ns=close_delay_ns)
        for a, b in zip(places, behaviours, strict=True)
    )
    return origin.expect(sites, connection, requests=requests, hold=hold)
