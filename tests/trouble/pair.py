"""A run of two fakes, cut off in the middle."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import Popen

from tests.fakes.command_line import CommandLine, Finished, Run, children_running, wait_for
from tests.fakes.folder import make_fake

# A runner of two contenders, whose fourth invocation stalls: the second one of the second block.
PAIR = ("one", "two")
STANDING = sorted((block, f"pair/{name}", 0) for block in range(6) for name in PAIR)


class Pair:
    """Two contenders of one runner, and a run of them that stalls in the middle."""

    def __init__(self, command_line: CommandLine, program: str) -> None:
        self.command_line = command_line
        self.folder = make_fake(command_line.home, program, name="pair", contenders=PAIR)
        self.arguments = command_line.run_arguments(
            self.folder, contenders=[f"pair/{name}" for name in PAIR]
        )

    @contextmanager
    def stalled(self) -> Iterator["Popen[str]"]:
        """Start a run and wait until its fourth invocation stalls; end it in any case."""
        process = self.command_line.start(*self.arguments)
        counter = self.folder / ".invocations"
        try:
            wait_for(
                lambda: counter.exists()
                and len(counter.read_text()) == 4
                or process.poll() is not None,
                "the fourth invocation",
            )
            assert process.poll() is None, process.communicate()
            yield process
        finally:
            if process.poll() is None:
                process.kill()
                process.communicate()

    def interrupt(self) -> Finished:
        """Run until the stall, and press Ctrl-C there."""
        with self.stalled() as process:
            process.send_signal(signal.SIGINT)
            return self.command_line.finish(process)

    def kill_origin(self) -> Finished:
        """Run until the stall, and kill the origin there."""
        with self.stalled() as process:
            (origin,) = children_running(process.pid, "benchmarks.origin")
            os.kill(origin, signal.SIGKILL)
            (self.folder / ".go").touch()
            return self.command_line.finish(process)

    def resume(self) -> Finished:
        """Go on with the run."""
        return self.command_line.do(
            "run", "--runner", self.folder, "--resume", self.command_line.the_run().folder
        )

    @property
    def run(self) -> Run:
        return self.command_line.the_run()


MakePair = Callable[[str], Pair]
