"""Families: what each adds to the protocol. One module a family, found by its name."""

from collections.abc import Mapping
from typing import Any, Protocol

from runners.families import ping
from runners.protocol import Record


class Family(Protocol):
    """What the harness must know of a family to read its records."""

    def check_record(self, record: Record, params: Mapping[str, Any]) -> None:
        """Insist that a record has exactly the keys, types and ranges due; MalformedLine."""

    def check_times(self, record: Record) -> str | None:
        """Return what is inconsistent in the times inside a record, or None."""


FAMILIES: Mapping[str, Family] = {"ping": ping}
