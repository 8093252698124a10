"""Family `semantics`: one iteration that observes facts of a language, nothing that is measured.

`facts` are compared with what is expected of the runtime; `info` may vary and is only reported.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from runners.protocol import INTEGER_LIMIT, MalformedLine, Object, check_keys, times_of
from runners.records import IterationRecord

FAMILY = "semantics"
Fact = bool | int | str | list[str] | list[int]
Facts = Mapping[str, Fact]

_KEYS = frozenset({"iteration", "start_ns", "end_ns", "facts", "info"})
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SemanticsRecord(IterationRecord):
    """What one probe observed."""

    facts: Facts
    info: Mapping[str, Any]


class SemanticsFormat:
    """The records of a probe."""

    def parse(self, line: Object) -> SemanticsRecord:
        """Insist on the keys, types and ranges due. Raises MalformedLine."""
        check_keys(line, _KEYS)
        iteration, start_ns, end_ns = times_of(line, "iteration", "start_ns", "end_ns")
        facts, info = line["facts"], line["info"]
        for key in ("facts", "info"):
            if not isinstance(line[key], dict):
                raise MalformedLine(f"a record whose `{key}` are not an object")
        for name, value in facts.items():
            if not _NAME.match(name):
                raise MalformedLine(f"a fact named {name!r:.200}, which is not kebab-case")
            if not is_fact(value):
                raise MalformedLine(f"a fact {name} of {value!r:.200}")
        return SemanticsRecord(
            iteration=iteration, start_ns=start_ns, end_ns=end_ns, facts=facts, info=info
        )

    def check_times(self, records: Sequence[SemanticsRecord]) -> str | None:
        """Return None: the times of an observation mean nothing."""
        return None

    def check_work(self, records: Sequence[SemanticsRecord]) -> str | None:
        """Return None: facts are judged against expectations, not by a checksum."""
        return None


def is_fact(value: object) -> bool:
    """Tell whether a value is a string, integer, boolean, or a list of strings or of integers."""
    if isinstance(value, list):
        kinds = set(map(type, value))
        return kinds <= {str} or (kinds == {int} and all(map(_is_integer, value)))
    return type(value) in (str, bool) or _is_integer(value)


def _is_integer(value: object) -> bool:
    return type(value) is int and -INTEGER_LIMIT <= value < INTEGER_LIMIT
