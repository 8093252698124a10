"""Fakes that crash, hang, stay, leave children behind (P3, P4), or stall for tests of a run."""

import select
import sys
import time
from pathlib import Path
from subprocess import DEVNULL, Popen

from honest import BreaksIn, Honest, Record, invocations_before, play

STALLING = 3  # the folder's fourth invocation
GO = Path(".go")
HOSTILE = "\x1b[31m<script>alert(1)</script> [bold]x[/bold] |`x`\u202e"


class CrashesAtStart(Honest):
    """Crashes before it is ready, with a stack trace (P1)."""

    def ready(self) -> None:
        raise RuntimeError("a library is missing")


class CrashesMidway(Honest):
    """Crashes in the middle of its job, with a stack trace (P3, P4, W2, W3)."""

    def iteration(self, index: int) -> Record:
        if self.many and index == 2:
            raise RuntimeError("out of luck")
        return super().iteration(index)


class HangsBeforePings(Honest):
    """Takes a job and does nothing (P3, W2, W3)."""

    def perform(self) -> list[Record]:
        if self.many:
            time.sleep(600)
        return super().perform()


class HangsAfterPings(BreaksIn):
    """Does its job and does not report (P3)."""

    def break_in(self) -> None:
        time.sleep(600)


class Lacks(Honest):
    """Finds that the machine lacks something, which breaks no rule."""

    def perform(self) -> list[Record]:
        print("Processes share no memory here", file=sys.stderr)
        sys.exit(3)


class ExitsWith3(Honest):
    """Does everything well and exits with status 3 (P4)."""

    def finish(self) -> int:
        return super().finish() or (3 if self.many else 0)


class Stays(Honest):
    """Stays after the end of its input (P4)."""

    def finish(self) -> int:
        status = super().finish()
        if self.many:
            time.sleep(600)
        return status


class LeavesChild(Honest):
    """Leaves a child behind, in its own process group (P4)."""

    def finish(self) -> int:
        if self.many:
            Popen(["sleep", "600"], stdout=DEVNULL, stderr=DEVNULL)
        return super().finish()


class LeavesDaemon(Honest):
    """Leaves a child behind, in a session of its own (P4)."""

    def finish(self) -> int:
        if self.many:
            Popen(["sleep", "600"], stdout=DEVNULL, stderr=DEVNULL, start_new_session=True)
        return super().finish()


class LeavesHeir(Honest):
    """Leaves a child behind that holds all its streams open (P4)."""

    def finish(self) -> int:
        if self.many:
            Popen(["sleep", "600"])
        return super().finish()


class HostileText(Honest):
    """Says things that steer terminals, pages and encoders, and fails on the way (P2)."""

    def ready(self) -> None:
        print(HOSTILE, file=sys.stderr)
        self.say({"ready": 1, "runtime": HOSTILE + "\ud800"})

    def told(self, records: list[Record]) -> list[Record]:
        if self.many:
            self.write(HOSTILE)
        return records


class Stalls(Honest):
    """Stalls in the folder's fourth invocation, until a file says go on or its input ends."""

    def perform(self) -> list[Record]:
        if invocations_before() == STALLING:
            while not GO.exists() and not select.select([sys.stdin], [], [], 0.02)[0]:
                continue
        return super().perform()


class StallsDeaf(Honest):
    """Stalls in the folder's fourth invocation, deaf to the end of its input."""

    def perform(self) -> list[Record]:
        if invocations_before() == STALLING:
            time.sleep(600)
        return super().perform()


if __name__ == "__main__":
    play()
