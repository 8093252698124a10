"""The protocol's lines: what we send, and a strict reading of what comes back."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, NoReturn

from results.errors import InnerError

RUNTIME_LENGTH = 200
MOST_CPUS = 1_000_000
INTEGER_LIMIT = 2**63

Object = dict[str, Any]  # a line as JSON has it; what is read from it is typed


class MalformedLine(InnerError):
    """Raised when a line is not what the protocol says; the text says what was seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What a program is asked to do. `params` are the family's, as they go over the wire."""

    family: str
    iterations: int
    params: Mapping[str, Any]

    def to_line(self) -> bytes:
        """Return the job as the line that a program reads."""
        job = {"family": self.family, "iterations": self.iterations, "params": self.params}
        return json.dumps(job, separators=(",", ":")).encode() + b"\n"


def parse_object(line: bytes) -> Object:
    """Parse one line as a JSON object, without NaN and without repeated keys.

    Raises MalformedLine.
    """
    try:
        value = json.loads(line.decode("utf-8"), parse_constant=_refuse, object_pairs_hook=_unique)
    except UnicodeDecodeError:
        raise MalformedLine("a line that is not UTF-8") from None
    except (ValueError, RecursionError) as error:
        raise MalformedLine(f"a line that is not JSON ({error})") from None
    if not isinstance(value, dict):
        raise MalformedLine(f"a line that is JSON but no object ({type(value).__name__})")
    return value


def salvage(line: bytes) -> Object | None:
    """Return an object that `parse_object` refused, where it can be made out; never trusted.

    A record with NaN in it is a bad line, but its iteration did come.
    """
    try:
        value = json.loads(line.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")


def _unique(pairs: list[tuple[str, Any]]) -> Object:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key is repeated")
    return found


def check_keys(value: Object, due: frozenset[str], optional: frozenset[str] = frozenset()) -> None:
    """Insist that `value` has the keys due, and no others but `optional`. Raises MalformedLine."""
    missing, extra = sorted(due - value.keys()), sorted(value.keys() - due - optional)
    if missing or extra:
        parts = [f"lacks {', '.join(missing)}"] if missing else []
        parts += [f"has the unknown {', '.join(extra)}"] if extra else []
        raise MalformedLine(f"an object that {' and '.join(parts)}")


def is_time(value: object) -> bool:
    """Tell whether `value` is an integer (no boolean) in 0 ≤ t < 2⁶³."""
    return type(value) is int and 0 <= value < INTEGER_LIMIT


def times_of(value: Object, *keys: str) -> list[int]:
    """Return the times at `keys`. Raises MalformedLine where one is no time."""
    for key in keys:
        if not is_time(value[key]):
            raise MalformedLine(f"a record whose {key} is {value[key]!r:.200}")
    return [value[key] for key in keys]


class Introduction(NamedTuple):
    """What a program says of itself: its runtime, and how many CPUs that believes it has."""

    runtime: str
    cpus: int | None


def parse_ready(value: Object) -> Introduction:
    """Return what a `ready` line says. Raises MalformedLine."""
    check_keys(value, frozenset({"ready", "runtime"}), optional=frozenset({"cpus"}))
    if type(value["ready"]) is not int or value["ready"] != 1:
        raise MalformedLine(f"`ready` of {value['ready']!r}, not 1")
    runtime = value["runtime"]
    if not isinstance(runtime, str) or len(runtime) > RUNTIME_LENGTH:
        raise MalformedLine(f"a runtime that is no string of at most {RUNTIME_LENGTH} characters")
    cpus = value.get("cpus")
    if cpus is not None and not (type(cpus) is int and 0 < cpus <= MOST_CPUS):
        raise MalformedLine(f"`cpus` of {cpus!r:.200}, no integer from 1 to {MOST_CPUS:,}")
    return Introduction(runtime, cpus)


def is_done(value: Object) -> bool:
    """Tell whether an object is the `done` line. Raises MalformedLine when it is a bad one."""
    if "done" not in value:
        return False
    check_keys(value, frozenset({"done"}))
    if value["done"] is not True:
        raise MalformedLine(f"`done` of {value['done']!r}, not true")
    return True
