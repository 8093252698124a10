"""Families without a network: the work is proven by a checksum that follows from the job.

Iteration i's k-th value is (seed + i + k) mod 2³², k = 0, 1, …; a program must carry it through the
await that the family is about, and fold what arrives: h = (31·h + value) mod 2³², from h = 0.
The checksum catches wrong and lost work, not work done in another way: for that stand the
published sources and, where a family has one, a lower bound on time.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from runners.protocol import MalformedLine, Record, check_keys, is_time

_MODULUS = 2**32
_KEYS = frozenset({"iteration", "start_ns", "end_ns", "checksum"})


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkFamily:
    """A family whose iterations are proven by their checksum.

    `extra` are integer-or-null fields beside the common ones. `rounds` names the parameter that
    says how often a job transforms its value before delivering it; `bound` the parameter that no
    iteration can be shorter than, in ns; `per_item` how many values one unit of size delivers.
    """

    extra: frozenset[str] = frozenset()
    rounds: str | None = None
    bound: str | None = None
    per_item: int = 1

    def check_record(self, record: Record, params: Mapping[str, Any]) -> None:
        """Insist on the keys, types and ranges due. Raises MalformedLine."""
        check_keys(record, _KEYS | self.extra)
        for key in _KEYS:
            if not is_time(record[key]):
                raise MalformedLine(f"a record whose {key} is {record[key]!r}")
        for key in self.extra:
            if record[key] is not None and not is_time(record[key]):
                raise MalformedLine(f"a record whose {key} is {record[key]!r}")

    def check_times(self, record: Record) -> str | None:
        """Return None: an iteration of these families has no times inside it."""
        return None

    def check_work(self, record: Record, params: Mapping[str, Any]) -> str | None:
        """Return what shows that an iteration's work was not done (C1), or None."""
        due = self.checksum(record["iteration"], params)
        if record["checksum"] != due:
            return f"iteration {record['iteration']}: checksum {record['checksum']}, not {due}"
        took = record["end_ns"] - record["start_ns"]
        if self.bound is not None and took < params[self.bound]:
            return f"iteration {record['iteration']}: took {took} ns, under {params[self.bound]} ns"
        return None

    def checksum(self, iteration: int, params: Mapping[str, Any]) -> int:
        """Return the checksum that follows from the job.

        Each value is its iteration's first one plus k, and transforming is affine, so the fold is
        slope·first + offset mod 2³²; slope and offset depend on the sizes alone.
        """
        rounds = params[self.rounds] if self.rounds is not None else 0
        slope, offset = _fold(params["size"] * self.per_item, rounds)
        first: int = (params["seed"] + iteration) % _MODULUS
        return (slope * first + offset) % _MODULUS


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
