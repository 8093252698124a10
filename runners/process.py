"""One program as a child process: lines out, lines in, deadlines, bounded memory."""

import os
import selectors
import signal
import time
from collections import deque
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from functools import partial
from typing import IO

from runners import descendants
from runners.spawning import Start, spawn

LINE_LIMIT = 16 * 1024 * 1024
STDERR_KEPT = 64 * 1024
_CHUNK = 256 * 1024
_LINES_QUEUED = 20_000  # more than a chunk of records holds; only a flood after `done` gets there
_DRAINS = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A complete line of standard output without its end, and when its end was read."""

    data: bytes
    read_ns: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """Standard output came to its end; `rest` is an incomplete last line."""

    rest: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """The deadline passed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TooLong:
    """A line grew over LINE_LIMIT."""


Output = Line | Ended | Late | TooLong


class Program:
    """A running program in its own process group, which nothing of it outlives.

    Use as a context manager: on leaving, the program and whatever it started are ended.
    """

    def __init__(self, start: Start) -> None:
        """Start a program. Raises CannotStart, or OSError where the machine does not let us."""
        self._known = descendants.children()
        self.spawned_ns = time.monotonic_ns()
        self._process = spawn(start)
        self.pid = self._process.pid
        self._lines: deque[Line] = deque()
        self._partial: list[bytes] = []
        self._partial_size = 0
        self._too_long = False
        self._stderr = bytearray()
        self._unsent = b""
        self._stdout_open = self._stdin_open = True
        self._closing = ExitStack()
        try:
            self._watch()
        except BaseException:  # nothing may be left running, whatever the machine refuses
            self.__exit__()
            raise

    def _watch(self) -> None:
        stdin, stdout, stderr = self._process.stdin, self._process.stdout, self._process.stderr
        assert stdin is not None and stdout is not None and stderr is not None
        for pipe in (stdin, stdout, stderr):
            self._closing.callback(_close, pipe)
            os.set_blocking(pipe.fileno(), False)
        self._stdin = stdin
        self._pidfd = os.pidfd_open(self.pid)
        self._closing.callback(os.close, self._pidfd)
        self._selector = selectors.DefaultSelector()
        self._closing.callback(self._selector.close)
        for stream, take in ((stdout, self._take_output), (stderr, self._take_stderr)):
            handler = partial(self._read, stream, take)
            self._selector.register(stream, selectors.EVENT_READ, handler)

    def __enter__(self) -> "Program":
        return self

    def __exit__(self, *_: object) -> None:
        with self._closing:
            self.kill()

    @property
    def stderr(self) -> bytes:
        """The last 64 KiB of standard error."""
        return bytes(self._stderr)

    def send(self, data: bytes) -> None:
        """Write to standard input; what the pipe does not take at once follows while we read."""
        self._unsent += data
        self._write()

    def close_stdin(self) -> None:
        """End the program's input."""
        if self._stdin_open:
            self._unwatch_stdin()
            self._stdin_open = False
            _close(self._stdin)

    def next_line(self, deadline_ns: int) -> Output:
        """Wait for the next line of standard output, until `deadline_ns` (monotonic)."""
        late = False
        while not self._lines:
            if self._too_long:
                return TooLong()
            if not self._stdout_open:
                rest, self._partial = b"".join(self._partial), []
                return Ended(rest=rest)
            if late:
                return Late()
            late = not self._turn(deadline_ns)
        return self._lines.popleft()

    def wait_exit(self, deadline_ns: int) -> int | None:
        """Wait for the exit, draining output.

        Returns the status, negative for a signal, or None at the deadline.
        """
        self._selector.register(self._pidfd, selectors.EVENT_READ, None)
        try:
            while self._process.poll() is None:
                if not self._turn(deadline_ns):
                    return None
        finally:
            self._selector.unregister(self._pidfd)
        self._drain()
        return self._process.returncode

    def left_behind(self, deadline_ns: int) -> list[str]:
        """Return the names of descendants that still live at `deadline_ns`, after the exit."""
        while left := descendants.strays(self._known):
            if time.monotonic_ns() >= deadline_ns:
                return [descendants.name_of(process) for process in left]
            time.sleep(0.005)
        return []

    def kill(self) -> None:
        """End the program, its group and every descendant, and reap them."""
        if self._process.poll() is None:
            try:
                for pid in descendants.tree(self.pid)[1:]:
                    _signal(os.kill, pid)
            finally:  # even where /proc cannot be read
                _signal(os.killpg, self.pid)
                self._process.wait()
        descendants.kill_strays(self._known)

    def _turn(self, deadline_ns: int) -> bool:
        """Handle what is ready, or comes before the deadline; False once that has passed.

        However much comes: a program that floods one stream gains no time to write to the other.
        """
        left = deadline_ns - time.monotonic_ns()
        self._handle(max(left, 0) / 1e9)
        return left > 0

    def _drain(self) -> None:
        """Read what is still in the pipes, but do not wait for a child that holds them open."""
        for _ in range(_DRAINS):
            if not self._handle(0):
                return

    def _handle(self, seconds: float) -> bool:
        """Handle what is ready, or becomes so within `seconds`; tell whether anything was."""
        events = self._selector.select(seconds)
        for key, _ in events:
            if key.data is not None:
                key.data()
        return bool(events)

    def _read(self, stream: IO[bytes], take: Callable[[bytes], bool]) -> None:
        """Hand what has come to `take`, which tells whether more may come."""
        try:
            more = take(os.read(stream.fileno(), _CHUNK))
        except BlockingIOError:
            return  # a spurious wake-up
        if not more:
            self._selector.unregister(stream)

    def _take_output(self, data: bytes) -> bool:
        now = time.monotonic_ns()
        if not data or len(self._lines) > _LINES_QUEUED:
            self._stdout_open = False
            return False
        *complete, rest = data.split(b"\n")
        for line in complete:
            self._keep(line)
            if not self._too_long:
                self._lines.append(Line(data=b"".join(self._partial), read_ns=now))
            self._partial, self._partial_size = [], 0
        self._keep(rest)
        return True

    def _keep(self, part: bytes) -> None:
        self._partial_size += len(part)
        if self._partial_size > LINE_LIMIT:
            self._too_long = True
            self._partial = []
        elif part:
            self._partial.append(part)

    def _take_stderr(self, data: bytes) -> bool:
        self._stderr += data
        del self._stderr[:-STDERR_KEPT]
        return bool(data)

    def _write(self) -> None:
        try:
            written = os.write(self._stdin.fileno(), self._unsent) if self._unsent else 0
        except BlockingIOError:
            written = 0
        except BrokenPipeError:
            written = len(self._unsent)  # nobody reads: the missing answer will tell
        self._unsent = self._unsent[written:]
        watched = self._stdin in self._selector.get_map()
        if self._unsent and not watched:
            self._selector.register(self._stdin, selectors.EVENT_WRITE, self._write)
        elif not self._unsent:
            self._unwatch_stdin()

    def _unwatch_stdin(self) -> None:
        if self._stdin_open and self._stdin in self._selector.get_map():
            self._selector.unregister(self._stdin)


def _close(pipe: IO[bytes]) -> None:
    with suppress(BrokenPipeError):  # unsent input of a program that is gone
        pipe.close()


def _signal(send: Callable[[int, int], None], pid: int) -> None:
    with suppress(ProcessLookupError):  # it ended by itself meanwhile
        send(pid, signal.SIGKILL)


def ended_with(status: int) -> str:
    """Return how a program ended, for a sentence."""
    return f"ended by signal {-status}" if status < 0 else f"ended with status {status}"


def how_ended(status: int | None) -> str:
    """Return the same of a process that may be there still."""
    return "closed its standard output" if status is None else ended_with(status)
