"""Family `semantics`: one iteration that observes facts of a language, nothing that is measured.

`facts` are compared with what is expected of the runtime; `info` may vary and is only reported.
"""

import re
from collections.abc import Mapping
from typing import Any

from runners.protocol import INTEGER_LIMIT, MalformedLine, Record, check_keys, is_time

FAMILY = "semantics"

_KEYS = frozenset({"iteration", "start_ns", "end_ns", "facts", "info"})
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")


def check_record(record: Record, params: Mapping[str, Any]) -> None:
    """Insist on the keys, types and ranges due. Raises MalformedLine."""
    check_keys(record, _KEYS)
    for key in ("iteration", "start_ns", "end_ns"):
        if not is_time(record[key]):
            raise MalformedLine(f"a record whose {key} is {record[key]!r:.200}")
    for key in ("facts", "info"):
        if not isinstance(record[key], dict):
            raise MalformedLine(f"a record whose `{key}` are not an object")
    for name, value in record["facts"].items():
        if not _NAME.match(name):
            raise MalformedLine(f"a fact named {name!r:.200}, which is not kebab-case")
        if not is_fact(value):
            raise MalformedLine(f"a fact {name} of {value!r:.200}")


def is_fact(value: object) -> bool:
    """Tell whether a value is a string, integer, boolean, or a list of strings or of integers."""
    if isinstance(value, list):
        kinds = set(map(type, value))
        return kinds <= {str} or (kinds == {int} and all(map(_is_integer, value)))
    return type(value) in (str, bool) or _is_integer(value)


def _is_integer(value: object) -> bool:
    return type(value) is int and -INTEGER_LIMIT <= value < INTEGER_LIMIT


def check_times(record: Record) -> str | None:
    """Return None: the times of an observation mean nothing."""
    return None


def check_work(record: Record, params: Mapping[str, Any]) -> str | None:
    """Return None: facts are judged against expectations, not by a checksum."""
    return None
