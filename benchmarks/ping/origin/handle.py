"""The harness's end of the origin: start it, tell it what to expect, collect its record."""

import errno
import os
import random
import secrets
import socket
import subprocess
import sys
from collections.abc import Iterator
from multiprocessing.connection import Connection
from types import TracebackType

from benchmarks.ping.origin.plan import ConnectionMode, Plan, Record, Site
from benchmarks.ping.origin.ports import addresses, candidate_ports
from results.errors import MissingError, OriginLostError, RefusedError
from runners.discovery import ROOT

_ANSWER_LIMIT_S = 20.0
_REACH_LIMIT_S = 5.0
_OK = b"HTTP/1.1 200"
_PORT_TRIES = 50
_ENDED = "The origin process ended in the middle; the run stops."


class Origin:
    """A running origin process. Use as a context manager."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair()
        ours.setblocking(True)  # whatever the default timeout of this process is
        theirs.setblocking(True)
        with theirs:
            # Started before anything is pinned: it inherits the harness's own CPUs.
            self._process = subprocess.Popen(
                [sys.executable, "-m", "benchmarks.ping.origin", str(theirs.fileno())],
                cwd=ROOT,
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                start_new_session=True,
            )
        self._control = Connection(ours.detach())
        self._addresses = addresses()
        self._ports = candidate_ports(random.Random())
        self._port = next(self._ports)

    @property
    def pid(self) -> int:
        """The origin's process id."""
        return self._process.pid

    def __enter__(self) -> "Origin":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._control.close()
        try:
            self._process.wait(2.0)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def fresh_addresses(self, count: int) -> list[str]:
        """Return addresses that no invocation of this origin had before."""
        source: Iterator[str] = self._addresses
        return [next(source) for _ in range(count)]

    def expect(
        self,
        sites: tuple[Site, ...],
        connection: ConnectionMode,
        *,
        requests: int,
        hold: int = 0,
        extra_headers: tuple[str, ...] = (),
    ) -> Plan:
        """Open the sites under a fresh path of 128 random bits; return the plan in force.

        Raises OriginLostError, RefusedError, or MissingError when no port can be had.
        """
        path = f"/{secrets.token_urlsafe(16)}"
        for _ in range(_PORT_TRIES):
            plan = Plan(
                port=self._port,
                path=path,
                connection=connection,
                sites=sites,
                requests=requests,
                hold=hold,
                extra_headers=extra_headers,
            )
            answer = self._ask(plan)
            if answer == "open":
                return plan
            if answer not in (errno.EADDRINUSE, errno.EACCES):
                raise _refused("listen on loopback", answer)
            self._port = next(self._ports)
        raise MissingError("The origin found no free port on loopback; end what listens there.")

    def insist_on_reach(self) -> None:
        """Ping the origin as a program would. Raises RefusedError where no answer comes."""
        (address,) = self.fresh_addresses(1)
        plan = self.expect((Site(address=address),), ConnectionMode.CLOSE, requests=1)
        name = f"{address}:{plan.port}"
        head = f"HEAD {plan.path} HTTP/1.1\r\nHost: {name}\r\nConnection: close\r\n\r\n"
        try:
            with socket.create_connection((address, plan.port), _REACH_LIMIT_S) as connection:
                connection.sendall(head.encode())
                answered = connection.recv(len(_OK)) == _OK
            why = "something else answers in its place"
        except OSError as error:
            answered, why = False, error.strerror or str(error)
        self.collect()
        if not answered:
            raise RefusedError(
                f"The origin cannot be reached at {name} ({why}): bring the loopback interface up "
                "(`ip link set lo up`), and let no firewall stand in between."
            )

    def guard(self, pid: int) -> None:
        """Name the program that is running: the origin ends its group if we are killed. 0: none."""
        try:
            self._control.send(pid)
        except ConnectionError as error:
            raise OriginLostError(_ENDED) from error

    def collect(self) -> Record:
        """Close the sites and return what the origin saw. Raises OriginLostError, or RefusedError.

        The latter where the machine kept the origin from serving.
        """
        answer = self._ask("collect")
        if isinstance(answer, int):
            raise _refused("go on serving", answer)
        if not isinstance(answer, Record):
            raise OriginLostError("The origin answered with something else than its record.")
        return answer

    def _ask(self, message: Plan | str) -> object:
        try:
            self._control.send(message)
            if not self._control.poll(_ANSWER_LIMIT_S):
                raise OriginLostError(
                    f"The origin has not answered for {_ANSWER_LIMIT_S:.0f} s; the run stops."
                )
            return self._control.recv()
        except (EOFError, ConnectionError) as error:
            raise OriginLostError(
                "The origin process ended in the middle; the run stops."
            ) from error


def _refused(what: str, number: object) -> RefusedError:
    why = os.strerror(number) if isinstance(number, int) else "no reason given"
    cure = "end what else runs here, or raise the limits that `ulimit -a` shows"
    if number == errno.EADDRNOTAVAIL:
        cure = "the loopback interface `lo` must be up and have 127.0.0.1/8"
    return RefusedError(f"The origin cannot {what} ({why}): {cure}.")
