"""A run of two fakes that is cut off in the middle, and gone on with."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from subprocess import Popen
from typing import Any

from tests.fakes.command_line import CommandLine, Finished, Run, comes_true
from tests.fakes.folder import make_fake

# A runner of two contenders, whose fourth invocation stalls: the second one of the second block.
PAIR = ("one", "two")
STANDING = sorted((block, f"pair/{name}", 0) for block in range(6) for name in PAIR)
STALLED = 4
STALL_S = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class OnDisk:
    """A run as it lay on disk at one moment."""

    file: dict[str, Any]
    invocations: list[dict[str, Any]]
    standing: list[tuple[int, str, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A command, and the run as it lay on disk after it."""

    done: Finished
    run: OnDisk


class Pair:
    """Two contenders of one runner, and a run of them that stalls in the middle."""

    def __init__(self, home: Path, program: str = "stalls") -> None:
        self.command_line = CommandLine(home)
        self.folder = make_fake(home, program, name="pair", contenders=PAIR)
        self.arguments = self.command_line.run_arguments(
            self.folder, contenders=[f"pair/{name}" for name in PAIR]
        )

    @contextmanager
    def stalled(self) -> Iterator["Popen[str]"]:
        """Start a run and wait until its fourth invocation stalls; end it in any case."""
        process = self.command_line.start(*self.arguments)
        try:
            comes_true(lambda: self._begun() == STALLED or process.poll() is not None, STALL_S)
            assert self._begun() == STALLED and process.poll() is None, self.arguments
            yield process
        finally:
            if process.poll() is None:
                process.kill()
                process.communicate()

    def _begun(self) -> int:
        counter = self.folder / ".invocations"
        return len(counter.read_text()) if counter.exists() else 0

    def go_on(self) -> None:
        """Let the stalled program do its job."""
        (self.folder / ".go").touch()

    def interrupt(self) -> Step:
        """Run until the stall, and press Ctrl-C there."""
        with self.stalled() as process:
            process.send_signal(signal.SIGINT)
            return self.step(self.command_line.finish(process))

    def resume(self) -> Step:
        """Go on with the run."""
        return self.step(
            self.command_line.do("run", "--runner", self.folder, "--resume", self.run.folder)
        )

    def step(self, done: Finished) -> Step:
        """Return how a command ended, and the run after it."""
        run = self.run
        return Step(
            done=done,
            run=OnDisk(file=run.file, invocations=run.invocations, standing=run.standing),
        )

    @property
    def run(self) -> Run:
        """The run on disk."""
        return self.command_line.the_run()
