"""TOML that people write, read strictly: every problem names the file, the key and the reason."""

from collections.abc import Collection
from pathlib import Path
from typing import Any

import tomllib

from results.errors import TableError


def read_table(path: Path, file: str) -> "Table":
    """Read a file whole; messages call it `file`. Raises TableError."""
    try:
        return Table(tomllib.loads(path.read_bytes().decode("utf-8")), file)
    except OSError as error:
        raise TableError(file, "file", f"cannot be read: {error.strerror}") from error
    except (ValueError, RecursionError) as error:  # an endless integer is a bare ValueError
        raise TableError(file, "file", f"is not valid TOML: {error}") from error


class Table:
    """A table of a file, or one within it, which complains with file and key."""

    def __init__(self, values: dict[str, Any], file: str, at: str = "") -> None:
        self.values, self._file, self._at = values, file, at

    def __contains__(self, key: str) -> bool:
        return key in self.values

    def fail(self, key: str, reason: str) -> TableError:
        """Return the error for a key."""
        return TableError(self._file, f"{self._at}{key}", reason)

    def insist_on(self, *known: str) -> None:
        """Insist that there is no key but those known."""
        for key in self.values:
            if key not in known:
                raise self.fail(key, f"unknown key; known are {', '.join(sorted(known))}")

    def text(self, key: str) -> str:
        """Return a string that is not empty."""
        if key not in self.values:
            raise self.fail(key, "is required")
        return self._string(self.values[key], key)

    def one_of(self, key: str, known: Collection[str]) -> str:
        """Return a string that is one of those known."""
        value = self.text(key)
        if value not in known:
            raise self.fail(key, f"must be one of {', '.join(known)}, not ‘{value}’")
        return value

    def texts(self, key: str, *, required: bool = True) -> tuple[str, ...]:
        """Return a list of strings; where it is required, it is not empty."""
        if key not in self.values and not required:
            return ()
        value = self.values.get(key)
        if not isinstance(value, list) or (required and not value):
            raise self.fail(key, "must be a list of strings")
        return tuple(self._string(item, f"{key}[{i}]") for i, item in enumerate(value))

    def commands(self, key: str) -> tuple[tuple[str, ...], ...]:
        """Return one command or several, each a list of strings that is not empty."""
        value = self.values.get(key, [])
        several = isinstance(value, list) and all(isinstance(item, list) for item in value)
        if not several:
            return (self.texts(key),)
        parts = Table({f"{key}[{i}]": item for i, item in enumerate(value)}, self._file, self._at)
        return tuple(parts.texts(part) for part in parts.values)

    def table(self, key: str) -> "Table":
        """Return the table within this one."""
        value = self.values.get(key)
        if not isinstance(value, dict):
            raise self.fail(key, "must be a table" if key in self.values else "is required")
        return Table(value, self._file, f"{self._at}{key}.")

    def tables(self, key: str, *, required: bool = True) -> list["Table"]:
        """Return a list of tables; where it is required, it is not empty."""
        rows = self.values.get(key, [])
        is_list = isinstance(rows, list) and all(isinstance(row, dict) for row in rows)
        if not is_list or (required and not rows):
            reason = f"at least one [[{key}]] table is required" if required else "must be tables"
            raise self.fail(key, reason)
        return [Table(row, self._file, f"{self._at}{key}[{i}].") for i, row in enumerate(rows)]

    def _string(self, value: object, key: str) -> str:
        if not isinstance(value, str):
            raise self.fail(key, f"must be a string, not {type(value).__name__}")
        if not value.strip() or "\0" in value:
            raise self.fail(key, "must not be empty or hold NUL")
        return value
