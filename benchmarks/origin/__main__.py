"""The origin's process: `python -m benchmarks.origin FD`, started by the harness only.

FD is one end of a socket pair. The harness sends a Plan and gets "open", or the number of the
error that kept the sites from opening; any other message asks for the Record.
"""

import ctypes
import gc
import select
import signal
import sys
from multiprocessing.connection import Connection

from benchmarks.origin.plan import Plan
from benchmarks.origin.server import Server, own_epoll

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
    while True:
        while not server.turn(_TURN_S)[1]:
            pass
        try:
            message = control.recv()
            control.send(_open(server, message) if isinstance(message, Plan) else server.close())
        except (EOFError, ConnectionError):
            return  # the harness has gone


def _open(server: Server, plan: Plan) -> str | int | None:
    gc.collect()
    try:
        server.open(plan)
    except OSError as error:
        return error.errno
    return "open"


if __name__ == "__main__":
    main(int(sys.argv[1]))
