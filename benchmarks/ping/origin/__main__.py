"""The origin's process: `python -m benchmarks.ping.origin FD`, started by the harness only.

FD is one end of a socket pair. The harness sends a Plan and gets "open", or the number of the
error that kept the sites from opening; "collect" gets the Record, or the number of the
error that kept them from serving. An integer names the program
that is running: should the harness be killed, the origin is the one left to end it.
"""

import ctypes
import gc
import os
import select
import signal
import sys
from contextlib import suppress
from multiprocessing.connection import Connection

from benchmarks.ping.origin.plan import Plan, Record
from benchmarks.ping.origin.server import Server, own_epoll

_PR_SET_TIMERSLACK = 29
_TURN_S = 1.0


def main(fd: int) -> None:
    """Serve until the harness closes its end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the harness decides when to stop
    # Linux adds up to 50 µs to every timed wait by default; delays are to keep to 100 µs.
    ctypes.CDLL(None).prctl(_PR_SET_TIMERSLACK, 1, 0, 0, 0)
    gc.disable()  # collected between invocations instead, where no ping waits for it
    epoll = own_epoll()
    control = Connection(fd)
    epoll.register(fd, select.EPOLLIN)
    server = Server(epoll, fd)
    guarded = 0
    while True:
        while not server.turn(_TURN_S)[1]:
            pass
        try:
            message = control.recv()
            if isinstance(message, int):
                guarded = message
            elif isinstance(message, Plan):
                control.send(_open(server, message))
            else:
                guarded = 0
                control.send(_close(server))
        except (EOFError, ConnectionError):
            _end(guarded)  # the harness has gone
            return


def _open(server: Server, plan: Plan) -> str | int | None:
    gc.collect()
    try:
        server.open(plan)
    except OSError as error:
        return error.errno
    return "open"


def _close(server: Server) -> Record | int | None:
    try:
        return server.close()
    except OSError as error:
        return error.errno


def _end(group: int) -> None:
    if group:
        with suppress(ProcessLookupError):
            os.killpg(group, signal.SIGKILL)


if __name__ == "__main__":
    main(int(sys.argv[1]))
