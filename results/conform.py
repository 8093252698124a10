"""Parsed JSON, checked against the TypedDicts of the results' format.

The format is written down once, in `results.format`; this reads its annotations, so
that no second description of it can drift.
"""

import json
import types
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Literal, NoReturn, Union, get_args, get_origin, get_type_hints, is_typeddict

from results.errors import InnerError
from results.text import one_line

# Times on disk are integers 0 <= t < 2**63, and so numpy can hold them.
_LARGEST = 2**63 - 1

_NAMED: Mapping[object, str] = {
    str: "a text",
    int: "an integer",
    float: "a number",
    bool: "true or false",
}


class Misfit(InnerError):
    """A value that is not what the format asks for; the text says where, and what was found."""


class NotJson(Misfit):
    """A text that is no JSON; at the very end of the file, a line that was cut off."""


def parsed(text: bytes) -> object:
    """Parsed JSON; raises `Misfit` on anything else, NaN and absurd nesting included."""
    try:
        return json.loads(text, parse_constant=_not_a_number)
    except RecursionError as depth:
        raise NotJson("it is nested too deeply") from depth
    except ValueError as error:
        raise NotJson("it is not JSON") from error


def _not_a_number(constant: str) -> NoReturn:
    raise Misfit(f"it holds {constant}, which is not JSON")


def conform(value: object, kind: object, where: str) -> Any:
    """Return `value` as `kind`, its texts cleaned; raise `Misfit` where it is anything else.

    `kind` is a TypedDict, a list or dict of kinds, a Literal, a union, int, float, str or Any.
    An unknown key, a missing one, and a boolean in a number's place do not fit.
    """
    if is_typeddict(kind):
        return _record(value, kind, where)
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _union(value, get_args(kind), where)
    if origin is list:
        return _list(value, get_args(kind)[0], where)
    if origin is dict:
        return _mapping(value, get_args(kind)[1], where)
    if origin is Literal:
        if type(value) is str and value in get_args(kind):
            return value
        raise Misfit(f"{where} is {shown(value)}, not one of {', '.join(get_args(kind))}")
    return _scalar(value, kind, where)


def shown(value: object) -> str:
    """A value as an error message shows it: clean and short."""
    text = one_line(repr(value)[:200])
    return text if len(text) <= 40 else f"{text[:37]}…"


def whole_numbers(value: object, where: str) -> list[int]:
    """Return a list of integers below 2**63 in size; checked without a Python loop."""
    if type(value) is not list:
        raise Misfit(f"{where} is {shown(value)}, not a list")
    if value and set(map(type, value)) != {int}:
        raise Misfit(f"{where} holds something that is not an integer")
    if value and not -_LARGEST <= min(value) <= max(value) <= _LARGEST:
        raise Misfit(f"{where} holds an integer beyond 2^63")
    return value


def _record(value: object, kind: Any, where: str) -> dict[str, object]:
    if type(value) is not dict:
        raise Misfit(f"{where} is {shown(value)}, not an object")
    hints = _hints(kind)
    for key in value:
        if key not in hints:
            raise Misfit(f"{where} has the unknown key {shown(key)}")
    for key in sorted(kind.__required_keys__):
        if key not in value:
            raise Misfit(f"{where} lacks the key '{key}'")
    return {key: conform(item, hints[key], f"{where}, {key}") for key, item in value.items()}


@lru_cache(maxsize=None)
def _hints(kind: Any) -> Mapping[str, object]:
    return get_type_hints(kind)


def _union(value: object, kinds: tuple[object, ...], where: str) -> object:
    if value is None and type(None) in kinds:
        return None
    (kind,) = (kind for kind in kinds if kind is not type(None))
    return conform(value, kind, where)


def _list(value: object, kind: object, where: str) -> list[Any]:
    if kind is int:
        return whole_numbers(value, where)
    if type(value) is not list:
        raise Misfit(f"{where} is {shown(value)}, not a list")
    return [conform(item, kind, f"{where}, item {index}") for index, item in enumerate(value)]


def _mapping(value: object, kind: object, where: str) -> dict[str, Any]:
    if type(value) is not dict:
        raise Misfit(f"{where} is {shown(value)}, not an object")
    return {one_line(key): conform(item, kind, f"{where}, {key}") for key, item in value.items()}


def _scalar(value: object, kind: object, where: str) -> object:
    if kind is Any:
        return _cleaned(value)
    if kind is str and type(value) is str:
        return one_line(value)
    if kind is bool and type(value) is bool:
        return value
    if kind is int and type(value) is int:
        if abs(value) > _LARGEST:
            raise Misfit(f"{where} is beyond 2^63")
        return value
    if kind is float and isinstance(value, (int, float)) and type(value) is not bool:
        if not -_LARGEST <= value <= _LARGEST:
            raise Misfit(f"{where} is beyond 2^63")
        return value
    raise Misfit(f"{where} is {shown(value)}, not {_NAMED[kind]}")


def _cleaned(value: object) -> object:
    if isinstance(value, str):
        return one_line(value)
    if isinstance(value, list):
        return [_cleaned(item) for item in value]
    if isinstance(value, dict):
        return {one_line(key): _cleaned(item) for key, item in value.items()}
    return value
