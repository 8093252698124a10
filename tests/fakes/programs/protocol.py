"""Fakes that break the protocol: ready (P1), lines (P2), records (P2, P3), bad jobs (P5)."""

import json
import re
import sys
import time

from honest import AmendsRecords, BreaksIn, Honest, Record, play


class NeverReady(Honest):
    """Never says that it is ready (P1)."""

    def ready(self) -> None:
        time.sleep(60)


class LateReady(Honest):
    """Says that it is ready long after ten seconds, which waits for a CPU do not explain (P1)."""

    def ready(self) -> None:
        time.sleep(16)
        super().ready()


class MalformedReady(Honest):
    """Speaks another version of the protocol (P1)."""

    def ready(self) -> None:
        self.say({"ready": 2, "runtime": "fake"})


class ReadyWithoutRuntime(Honest):
    """Does not say what it runs on (P1)."""

    def ready(self) -> None:
        self.say({"ready": 1})


class LongRuntime(Honest):
    """Says what it runs on, at length (P1)."""

    def ready(self) -> None:
        self.say({"ready": 1, "runtime": "x" * 300})


class Banner(Honest):
    """Greets on standard output (P2)."""

    def ready(self) -> None:
        self.write("Welcome to the ping program!")
        super().ready()


class Chatter(BreaksIn):
    """Says how it gets on, between the protocol's lines (P2)."""

    def break_in(self) -> None:
        self.write("all iterations done")


class InvalidUtf8(BreaksIn):
    """Writes a line that is not UTF-8 (P2)."""

    def break_in(self) -> None:
        sys.stdout.buffer.write(b"\xff\xfe\n")
        sys.stdout.flush()


class DeepNesting(BreaksIn):
    """Writes a line that no recursive parser survives (P2)."""

    def break_in(self) -> None:
        self.write("[" * 200_000)


class FloodLine(BreaksIn):
    """Writes one line of over 16 MiB (P2)."""

    def break_in(self) -> None:
        self.write("x" * (17 * 1024 * 1024))


class EndlessLines(BreaksIn):
    """Writes lines without an end (P2)."""

    def break_in(self) -> None:
        while True:
            self.write("still alive")


class LineAfterDone(Honest):
    """Says twice that it is done (P2)."""

    def finish(self) -> int:
        if self.many:
            self.say({"done": True})
        return super().finish()


class Misspells(Honest):
    """Honest, but `misspell` changes the text of each record."""

    def say(self, message: Record) -> None:
        text = json.dumps(message)
        self.write(self.misspell(text) if "iteration" in message and self.many else text)

    def misspell(self, text: str) -> str:
        """Return what is written for a record."""
        raise NotImplementedError


class UnendingInteger(Misspells):
    """Reports a time of five thousand digits (P2), so that no record can be read (P3)."""

    def misspell(self, text: str) -> str:
        return text.replace('"end_ns": ', '"end_ns": ' + 5000 * "1")


class DuplicateKey(Misspells):
    """Writes one key of a record twice (P2): the iteration's number, so that it is missing (P3)."""

    def misspell(self, text: str) -> str:
        return text[:-1] + ', "iteration": 0}'


class NanTime(AmendsRecords):
    """Reports a time that is not a number (P2)."""

    def amend(self, records: list[Record]) -> None:
        records[0]["pings"][0][0][3] = float("nan")


class FloatTime(AmendsRecords):
    """Reports a time as a floating-point number (P2)."""

    def amend(self, records: list[Record]) -> None:
        records[0]["pings"][0][0][3] += 0.5


class BooleanTime(AmendsRecords):
    """Reports a boolean for a number (P2)."""

    def amend(self, records: list[Record]) -> None:
        records[0]["pings"][0][0][0] = True


class NegativeTime(AmendsRecords):
    """Reports a ping from before its iteration as a negative time (P2)."""

    def amend(self, records: list[Record]) -> None:
        records[0]["pings"][0][0][0] = -1


class HugeTime(AmendsRecords):
    """Reports a time beyond 63 bits (P2)."""

    def amend(self, records: list[Record]) -> None:
        records[-1]["end_ns"] = 2**63


class ExtraKey(AmendsRecords):
    """Adds a mean to its records (P2)."""

    def amend(self, records: list[Record]) -> None:
        for record in records:
            record["mean_ns"] = 1


class MissingKey(AmendsRecords):
    """Leaves out when an iteration ended (P2)."""

    def amend(self, records: list[Record]) -> None:
        for record in records:
            del record["end_ns"]


class MissingPing(AmendsRecords):
    """Reports fewer pings than it did (P2)."""

    def amend(self, records: list[Record]) -> None:
        for record in records:
            record["pings"][-1].pop()


class TooFew(AmendsRecords):
    """Keeps its last iteration to itself (P3)."""

    def amend(self, records: list[Record]) -> None:
        records.pop()


class ExtraRecord(AmendsRecords):
    """Reports one iteration more than was asked for (P2, P3)."""

    def amend(self, records: list[Record]) -> None:
        records.append(dict(records[-1], iteration=len(records)))


class WrongOrder(AmendsRecords):
    """Reports its first two iterations in the wrong order (P3)."""

    def amend(self, records: list[Record]) -> None:
        records[:2] = records[1::-1]


class DeclinesWith1(Honest):
    """Exits with status 1 when it cannot do a job (P5)."""

    def refuse(self, problem: str) -> int:
        super().refuse(problem)
        return 1


class DeclinesOnStdout(Honest):
    """Says on standard output that it cannot do a job (P5)."""

    def refuse(self, problem: str) -> int:
        self.say({"error": problem})
        return super().refuse(problem)


class DeclinesSilently(Honest):
    """Does not say why it cannot do a job (P5)."""

    def refuse(self, problem: str) -> int:
        return 2


class DeclinesAtLength(Honest):
    """Explains on many lines why it cannot do a job (P5)."""

    def refuse(self, problem: str) -> int:
        super().refuse("Usage:\n  ping JOB\n")
        return super().refuse(problem)


class IgnoresBadJobs(Honest):
    """Waits for a better job (P5)."""

    def refuse(self, problem: str) -> int:
        time.sleep(600)
        return 2


class CrashesOnBadJobs(Honest):
    """Crashes with a stack trace when it cannot do a job (P5)."""

    def refuse(self, problem: str) -> int:
        raise RuntimeError(problem)


class Lenient(Honest):
    """Takes a number of iterations that is a string (P5)."""

    def take(self, line: str) -> None:
        super().take(re.sub(r'"iterations": *"(\d+)"', r'"iterations":\1', line))


if __name__ == "__main__":
    play()
