"""Fakes that the origin sees: requests (W1), connections (W2, W6), pings (W3, W4, W5)."""

import select
from socket import socket
from threading import Thread

from honest import BreaksIn, Honest, Ping, clock, play


class RewritesRequests(Honest):
    """Honest, but `rewrite` changes each request of the basic scenarios."""

    def request(self, site: str) -> bytes:
        head = super().request(site)
        return self.rewrite(head) if self.many else head

    def rewrite(self, head: bytes) -> bytes:
        """Return the bytes that are sent for a request."""
        raise NotImplementedError


class ExtraHeader(RewritesRequests):
    """Names itself in a header (W1)."""

    def rewrite(self, head: bytes) -> bytes:
        return head[:-2] + b"User-Agent: fake\r\n\r\n"


class InsistsOnHeader(Honest):
    """Names itself in a header, as a library that no setting keeps from it."""

    def request(self, site: str) -> bytes:
        return super().request(site)[:-2] + b"User-Agent: fake\r\n\r\n"


class LowerCase(RewritesRequests):
    """Writes a header's name in lower case (W1)."""

    def rewrite(self, head: bytes) -> bytes:
        return head.replace(b"Host:", b"host:")


class Http10(RewritesRequests):
    """Speaks an old version of HTTP (W1)."""

    def rewrite(self, head: bytes) -> bytes:
        return head.replace(b"HTTP/1.1", b"HTTP/1.0")


class HostWithoutPort(RewritesRequests):
    """Leaves the port out of a header (W1)."""

    def rewrite(self, head: bytes) -> bytes:
        first, host, *rest = head.split(b"\r\n")
        return b"\r\n".join([first, host.rpartition(b":")[0], *rest])


class HeaderOrder(RewritesRequests):
    """Sends its headers in another order (W1)."""

    def rewrite(self, head: bytes) -> bytes:
        first, host, connection, *rest = head.split(b"\r\n")
        return b"\r\n".join([first, connection, host, *rest])


class UsesGet(RewritesRequests):
    """Uses another method (W1)."""

    def rewrite(self, head: bytes) -> bytes:
        return head.replace(b"HEAD", b"GET")


class Reconnects(Honest):
    """Opens a new connection for each ping where it should keep one (W2)."""

    def leave(self, site: str, connection: socket, usable: bool) -> None:
        super().leave(site, connection, usable and not self.many)
        if self.many:
            connection.close()


class IdleConnection(BreaksIn):
    """Opens a connection without using it (W2)."""

    def break_in(self) -> None:
        self.idle = self.connect(self.chains[0][0])


class Reuses(Honest):
    """Goes on with a connection that it said it would close (W2, W3)."""

    def leave(self, site: str, connection: socket, usable: bool) -> None:
        if self.many and usable:
            self.warm[site] = connection
        else:
            super().leave(site, connection, usable)


class FromMemory(Honest):
    """Answers from memory, without any request (W2, W3)."""

    def ping(self, site: str) -> Ping:
        return [clock(), clock(), clock(), clock(), 200] if self.many else super().ping(site)


class PingsTwice(Honest):
    """Pings each site twice in its first iteration and reports one of the two (W3)."""

    def ping(self, site: str) -> Ping:
        if self.many and not self.cold and self.index == 0:
            super().ping(site)
        return super().ping(site)


class SkipsAPing(Honest):
    """Leaves out its last ping and reports the one before it again (W2, W3)."""

    def chain(self, sites: list[str]) -> list[Ping]:
        if not self.many or self.index < self.iterations - 1 or sites != self.chains[-1]:
            return super().chain(sites)
        done = super().chain(sites[:-1])
        return [*done, [done[-1][3], None, clock(), clock(), 200]]


class ChainAtOnce(Honest):
    """Does all pings of a chain at once (P6, W4)."""

    def chain(self, sites: list[str]) -> list[Ping]:
        if not self.many or not self.cold:
            return super().chain(sites)
        done: list[Ping] = [[] for _ in sites]

        def ping(place: int) -> None:
            done[place] = self.ping(sites[place])

        self.together([Thread(target=ping, args=[place]) for place in range(len(sites))])
        return done


class ConnectsAhead(Honest):
    """Opens the connections of a chain ahead of time (W4, W9)."""

    def chain(self, sites: list[str]) -> list[Ping]:
        if self.many and self.cold and len(set(sites)) == len(sites):
            self.warm |= {site: self.connect(site) for site in sites}
        return super().chain(sites)


class Pipelines(Honest):
    """Sends each site's second request together with its first, in one write (W4, W9)."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: dict[str, int] = {}
        self.rest: dict[socket, bytes] = {}

    def request(self, site: str) -> bytes:
        place = self.sent[site] = self.sent.get(site, -1) + 1
        copies = (2, 0)[place] if place < 2 and self.many and not self.cold else 1
        return copies * super().request(site)

    def answer(self, connection: socket, start: int) -> bytes:
        data = self.rest.pop(connection, b"") or super().answer(connection, start)
        head, blank, self.rest[connection] = data.partition(b"\r\n\r\n")
        return head + blank


class ChainsInTurn(Honest):
    """Does one chain after another (W5)."""

    def together(self, threads: list[Thread]) -> None:
        for thread in threads:
            super().together([thread])


class ReadsToEof(Honest):
    """Waits for the end of the connection instead of the end of the answer (W6)."""

    def answer(self, connection: socket, start: int) -> bytes:
        data = super().answer(connection, start)
        while self.cold and connection.recv(4096):
            continue
        return data


class Pools(Honest):
    """Keeps connections and reuses those that the other side has not closed (W6)."""

    def ping(self, site: str) -> Ping:
        pooled = self.warm.get(site)
        # Nothing is due on an idle connection but its end.
        if pooled is not None and select.select([pooled], [], [], 0)[0]:
            self.warm.pop(site).close()
        return super().ping(site)

    def leave(self, site: str, connection: socket, usable: bool) -> None:
        if usable:
            self.warm[site] = connection
        else:
            connection.close()


if __name__ == "__main__":
    play()
