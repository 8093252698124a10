"""Strict reading of the data files: every problem names file, key and reason."""

import tomllib
from collections.abc import Collection
from pathlib import Path
from typing import Any

from results.errors import UsageError
from results.text import plain


class DataError(UsageError):
    """Raised when a data file is not what it must be."""


def read_toml(path: Path) -> "Table":
    """Read a file whole. Raises DataError."""
    name = path.name
    try:
        return Table(tomllib.loads(path.read_text("utf-8")), name, "")
    except OSError as error:
        raise DataError(f"{name} cannot be read ({error.strerror}).") from error
    except (ValueError, RecursionError) as error:
        raise DataError(f"{name} is not valid TOML: {plain(str(error))}.") from error


class Table:
    """A table of a data file, which complains with file and key."""

    def __init__(self, values: dict[str, Any], file: str, at: str) -> None:
        self._values, self._file, self._at = values, file, at

    def fail(self, key: str, reason: str) -> DataError:
        """Return the error for a key."""
        where = f"{self._at}{key}".rstrip(".")
        return DataError(plain(f"{self._file}: {where}: {reason}."))

    def has(self, key: str) -> bool:
        """Tell whether a key is there."""
        return key in self._values

    def insist_on(self, required: Collection[str], optional: Collection[str] = ()) -> None:
        """Insist on the keys due and on no others."""
        for key in self._values:
            if key not in required and key not in optional:
                known = ", ".join(sorted({*required, *optional}))
                raise self.fail(key, f"unknown key; known are {known}")
        for key in required:
            if key not in self._values:
                raise self.fail(key, "is required")

    def text(self, key: str) -> str:
        """Return a string that is not empty."""
        value = self._values.get(key)
        if not isinstance(value, str) or not value.strip():
            raise self.fail(key, "must be a string that is not empty")
        return value

    def one_of(self, key: str, known: Collection[str]) -> str:
        """Return a string that is one of those known."""
        value = self.text(key)
        if value not in known:
            raise self.fail(key, f"‘{value}’ is not one of {', '.join(known)}")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of strings, not empty."""
        value = self._values.get(key)
        if not isinstance(value, list) or not value or {type(item) for item in value} != {str}:
            raise self.fail(key, "must be a list of strings that is not empty")
        return tuple(value)

    def tables(self, key: str) -> list["Table"]:
        """Return a list of tables, empty when the key is not there."""
        value = self._values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self.fail(key, "must be a list of tables")
        return [
            Table(item, self._file, f"{self._at}{key}[{index}].")
            for index, item in enumerate(value)
        ]

    def mapping(self, key: str) -> dict[str, Any]:
        """Return a table as it stands."""
        value = self._values.get(key)
        if not isinstance(value, dict):
            raise self.fail(key, "must be a table")
        return value

    def strings(self, key: str) -> dict[str, str]:
        """Return a table whose values are strings that are not empty."""
        inner = Table(self.mapping(key), self._file, f"{self._at}{key}.")
        return {name: inner.text(name) for name in inner._values}
