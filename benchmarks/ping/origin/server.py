"""The origin's event loop: epoll on plain sockets, answers sent directly.

One connection costs it an accept, a registration, a read, a write and a close; anything that
asyncio would add shows up in every ping of every contender. Delays need better than epoll's
milliseconds, so while one is due the loop waits in select(2), which takes microseconds.
"""

import errno
import heapq
import os
import select
import socket
import struct
import time
from collections.abc import Callable

from benchmarks.ping.origin.answers import GARBLE, answer_bytes
from benchmarks.ping.origin.log import Log
from benchmarks.ping.origin.plan import Behaviour, ConnectionMode, Plan, Record, Site

HEAD_LIMIT = 8 * 1024
IDLE_LIMIT_NS = 30_000_000_000
HOLD_LIMIT_NS = 2_000_000_000
# A sleeping process wakes 50 to 100 µs after its time; the rest is spent turning the loop.
_WAKE_NS = 80_000
_SWEEP_NS = 1_000_000_000
_END = b"\r\n\r\n"
# What a call says where the machine has no descriptor, memory or buffer left to give.
SCARCE = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.ENOBUFS, errno.ENOSPC})


class _Connection:
    """One accepted connection. `waiting` is the request that has no answer yet, or -1.

    `last_ns` is when it was accepted, or its last head seen.
    """

    __slots__ = ("buffer", "index", "last_ns", "site", "sock", "waiting")

    def __init__(self, sock: socket.socket, site: Site, index: int, accepted_ns: int) -> None:
        self.sock, self.site, self.index = sock, site, index
        self.last_ns = accepted_ns
        self.buffer = b""
        self.waiting = -1


class Server:
    """Serves one plan at a time and records what comes."""

    def __init__(self, epoll: select.epoll, control: int) -> None:
        """Serve with `epoll`, in which `control` is a descriptor that the caller handles."""
        self._epoll, self._control = epoll, control
        self._listeners: dict[int, tuple[socket.socket, Site, int]] = {}
        self._connections: dict[int, _Connection] = {}
        self._timers: list[tuple[int, int, Callable[[], None]]] = []
        self._timer_number = 0
        self._held: list[_Connection] = []
        self._swept_ns = 0
        self._trouble: OSError | None = None

    def open(self, plan: Plan) -> None:
        """Listen on the plan's sites and start a new record. Raises OSError (address in use)."""
        self._plan = plan
        self._path = plan.path.encode()
        self._ok = answer_bytes(200, plan.connection)
        self._log = Log(plan.requests)
        self._trouble = None
        try:
            for number, site in enumerate(plan.sites):
                if site.behaviour is not Behaviour.REFUSE:
                    self._listen(site, number)
        except OSError:
            self._close_all()
            raise

    def close(self) -> Record:
        """Take in what has arrived, close everything and return the record.

        Raises OSError where the machine kept the origin from serving: no program answers for that.
        """
        while self.turn(0)[0]:
            pass
        for connection in self._connections.values():
            self._note_incomplete(connection)
        self._close_all()
        if self._trouble is not None:
            raise self._trouble
        return self._log.record()

    def turn(self, wait_s: float) -> tuple[int, int]:
        """Handle what is ready, waiting at most `wait_s`.

        Returns how many events were the server's own, and how many its caller's.
        """
        if self._timers:
            due_s = (self._timers[0][0] - time.monotonic_ns() - _WAKE_NS) / 1e9
            select.select([self._epoll], [], [], max(0.0, min(wait_s, due_s)))
            wait_s = 0
        foreign = 0
        events = self._epoll.poll(wait_s)
        for fd, _ in events:
            if fd in self._connections:
                self._read(fd, self._connections[fd])
            elif fd in self._listeners:
                self._accept(*self._listeners[fd])
            elif fd == self._control:
                foreign = 1
        self._fire()
        return len(events) - foreign, foreign

    def _listen(self, site: Site, number: int) -> None:
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        try:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind((site.address, self._plan.port))
            listener.listen(128)
            listener.setblocking(False)
        except OSError:
            listener.close()
            raise
        self._listeners[listener.fileno()] = (listener, site, number)
        self._epoll.register(listener, select.EPOLLIN)

    def _accept(self, listener: socket.socket, site: Site, number: int) -> None:
        try:
            sock, _ = listener.accept()
        except OSError as error:
            self._failed(error)  # or the client gave up before we came to it
            return
        accepted = time.monotonic_ns()
        index = self._log.add_connection(number, accepted)
        if index < 0:
            sock.close()
            return
        connection = _Connection(sock, site, index, accepted)
        fd = sock.fileno()
        self._connections[fd] = connection
        try:
            self._epoll.register(fd, select.EPOLLIN)
        except OSError as error:
            self._failed(error)

    def _failed(self, error: OSError) -> None:
        """Serve no more where the machine is short of something, so that the program soon ends.

        Who holds more connections than two a site has taken from us what is missing.
        """
        if error.errno in SCARCE:
            if len(self._connections) <= 2 * len(self._plan.sites):
                self._trouble = error
            self._close_all()

    def _read(self, fd: int, connection: _Connection) -> None:
        try:
            data = connection.sock.recv(HEAD_LIMIT + 1, socket.MSG_DONTWAIT)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        seen = time.monotonic_ns()
        if not data:
            self._note_incomplete(connection)
            self._drop(fd, connection)
            return
        if connection.buffer:
            data = connection.buffer + data
        head, end, rest = data.partition(_END)
        if end and not rest and connection.waiting < 0:
            connection.buffer = b""
            self._request(connection, data, seen, coalesced=False)
        else:
            self._read_unusual(connection, data, seen)

    def _read_unusual(self, connection: _Connection, data: bytes, seen: int) -> None:
        """Take a part of a head, or more than one."""
        coalesced = False
        while _END in data:
            head, end, data = data.partition(_END)
            self._request(connection, head + end, seen, coalesced=coalesced)
            coalesced = True
        connection.buffer = data
        if len(data) > HEAD_LIMIT and connection.sock.fileno() >= 0:
            self._request(connection, data, seen, coalesced=coalesced, refused=431)
            connection.buffer = b""

    def _request(
        self,
        connection: _Connection,
        head: bytes,
        seen: int,
        *,
        coalesced: bool,
        refused: int = 0,
    ) -> None:
        request = self._log.add_request(connection.index, head, seen, coalesced=coalesced)
        if request < 0:
            self._drop(connection.sock.fileno(), connection)
            return
        if connection.sock.fileno() < 0:
            return  # a second head on a connection that the first answer closed
        connection.waiting, connection.last_ns = request, seen
        site = connection.site
        if refused:
            self._answer(connection, request, refused)
        elif self._path not in head:
            self._answer(connection, request, 404)
        elif site.delay_ns:
            self._at(seen + site.delay_ns, lambda: self._behave(connection, request))
        elif site.behaviour is Behaviour.ANSWER:
            self._send(connection, request, 200, self._ok)
        else:
            self._behave(connection, request)

    def _behave(self, connection: _Connection, request: int) -> None:
        if connection.sock.fileno() < 0:
            return  # the client left while it was being kept waiting
        match connection.site.behaviour:
            case Behaviour.HOLD:
                self._hold(connection, request)
            case Behaviour.REDIRECT:
                self._answer(connection, request, 302)
            case Behaviour.RESET:
                linger = struct.pack("ii", 1, 0)
                connection.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                self._drop(connection.sock.fileno(), connection)
            case Behaviour.CLOSE:
                self._drop(connection.sock.fileno(), connection)
            case Behaviour.SILENT:
                pass  # the client's deadline is what is being looked at
            case Behaviour.GARBLE:
                self._send(connection, request, 0, GARBLE)
            case _:
                self._send(connection, request, 200, self._ok)

    def _answer(self, connection: _Connection, request: int, status: int) -> None:
        answer = answer_bytes(status, self._plan.connection)
        self._send(connection, request, status, answer)

    def _send(self, connection: _Connection, request: int, status: int, answer: bytes) -> None:
        sock = connection.sock
        self._log.status[request] = status
        self._log.sent[request] = time.monotonic_ns()
        try:
            sock.send(answer, socket.MSG_DONTWAIT)
        except OSError as error:
            self._failed(error)  # or the client has gone: its own record must say how that ended
        connection.waiting = -1
        if self._plan.connection is ConnectionMode.KEEP_ALIVE:
            return
        if connection.site.behaviour is Behaviour.LATE_CLOSE:
            due = self._log.sent[request] + connection.site.close_delay_ns
            self._at(due, lambda: self._drop(sock.fileno(), connection))
        else:
            self._drop(sock.fileno(), connection)

    def _hold(self, connection: _Connection, request: int) -> None:
        """Hold a request until `plan.hold` are in flight, or answer it 504 after 2 s."""
        self._held.append(connection)
        if len(self._held) == self._plan.hold:
            held, self._held = self._held, []
            for one in held:
                self._answer(one, one.waiting, 200)
        else:
            self._at(self._log.seen[request] + HOLD_LIMIT_NS, lambda: self._give_up(connection))

    def _give_up(self, connection: _Connection) -> None:
        if connection in self._held:
            self._held.remove(connection)
            self._answer(connection, connection.waiting, 504)

    def _at(self, due_ns: int, action: Callable[[], None]) -> None:
        self._timer_number += 1
        heapq.heappush(self._timers, (due_ns, self._timer_number, action))

    def _fire(self) -> None:
        now = time.monotonic_ns()
        while self._timers and self._timers[0][0] <= now:
            heapq.heappop(self._timers)[2]()
        if now - self._swept_ns > _SWEEP_NS:
            self._swept_ns = now
            self._sweep(now)

    def _sweep(self, now: int) -> None:
        """Close connections that have been idle for too long."""
        for fd, connection in list(self._connections.items()):
            if now - connection.last_ns > IDLE_LIMIT_NS:
                self._note_incomplete(connection)
                self._drop(fd, connection)

    def _note_incomplete(self, connection: _Connection) -> None:
        if connection.buffer:
            self._log.incomplete.append((connection.index, connection.buffer[:HEAD_LIMIT]))
            connection.buffer = b""

    def _drop(self, fd: int, connection: _Connection) -> None:
        if self._connections.pop(fd, None) is not None:
            # Closing takes a descriptor out of the epoll set by itself.
            connection.sock.close()
        if connection in self._held:
            self._held.remove(connection)

    def _close_all(self) -> None:
        for fd, connection in list(self._connections.items()):
            self._drop(fd, connection)
        for listener, _, _ in self._listeners.values():
            listener.close()
        self._listeners.clear()
        self._timers.clear()
        self._held.clear()


def own_epoll() -> select.epoll:
    """Make the epoll set early, while descriptors are small: select(2) takes none over 1023."""
    epoll = select.epoll()
    assert epoll.fileno() < 1024, os.getpid()
    return epoll
