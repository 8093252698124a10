"""Records of families without a network: an iteration, its checksum, and fields of its family."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from runners.protocol import MalformedLine, Object, check_keys, is_time, times_of
from runners.records import IterationRecord

_MODULUS = 2**32
_TIMES = ("iteration", "start_ns", "end_ns", "checksum")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class WorkRecord(IterationRecord):
    """One iteration. `fields` are those of its family."""

    checksum: int
    fields: Mapping[str, int | None]

    def as_object(self) -> dict[str, Any]:
        """Return the record as a run's line has it."""
        return {**IterationRecord.as_object(self), "checksum": self.checksum, **self.fields}


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkFormat:
    """The records of one job, which is to fold `values` values, each transformed `rounds` times.

    `fields` are integer-or-null fields beside the common ones, of which `part`, where there is one,
    times a part of the iteration; no iteration can be shorter than `bound_ns`.
    """

    fields: tuple[str, ...]
    part: str | None
    seed: int
    values: int
    rounds: int
    bound_ns: int | None

    def parse(self, line: Object) -> WorkRecord:
        """Insist on the keys, types and ranges due. Raises MalformedLine."""
        check_keys(line, frozenset({*_TIMES, *self.fields}))
        iteration, start_ns, end_ns, checksum = times_of(line, *_TIMES)
        for key in self.fields:
            missing = line[key] is None and key != self.part
            if not missing and not is_time(line[key]):
                raise MalformedLine(f"a record whose {key} is {line[key]!r:.200}")
        return WorkRecord(
            iteration=iteration,
            start_ns=start_ns,
            end_ns=end_ns,
            checksum=checksum,
            fields={key: line[key] for key in self.fields},
        )

    def check_times(self, records: Sequence[WorkRecord]) -> str | None:
        """Return where a part of an iteration took longer than the whole, or None."""
        for record in records:
            part = record.fields[self.part] if self.part is not None else None
            took = record.end_ns - record.start_ns
            if part is not None and part > took:
                return f"iteration {record.iteration}: {self.part} is {part}, over its {took} ns"
        return None

    def check_work(self, records: Sequence[WorkRecord]) -> str | None:
        """Return what shows that an iteration's work was not done, or None."""
        for record in records:
            where = f"iteration {record.iteration}"
            if record.checksum != (due := self.checksum(record.iteration)):
                return f"{where}: checksum {record.checksum}, not {due}"
            took = record.end_ns - record.start_ns
            if self.bound_ns is not None and took < self.bound_ns:
                return f"{where}: took {took} ns, under {self.bound_ns} ns"
        return None

    def checksum(self, iteration: int) -> int:
        """Return the checksum that follows from the job.

        Each value is its iteration's first one plus k, and transforming is affine, so the fold is
        slope·first + offset mod 2³²; slope and offset depend on the sizes alone.
        """
        slope, offset = _fold(self.values, self.rounds)
        return (slope * ((self.seed + iteration) % _MODULUS) + offset) % _MODULUS


@lru_cache(maxsize=64)
def _fold(count: int, rounds: int) -> tuple[int, int]:
    """Return slope and offset of the fold over `count` values, each transformed `rounds` times."""
    factor, shift = 1, 0
    for _ in range(rounds):
        factor = factor * 1664525 % _MODULUS
        shift = (shift * 1664525 + 1013904223) % _MODULUS
    slope = offset = 0
    for k in range(count):
        slope = (31 * slope + factor) % _MODULUS
        offset = (31 * offset + factor * k + shift) % _MODULUS
    return slope, offset
