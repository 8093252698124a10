"""What the harness must know of a family's records to read and examine them."""

from collections.abc import Mapping
from typing import Any, Protocol

from runners.protocol import Record


class Records(Protocol):
    """The records of one family."""

    def check_record(self, record: Record, params: Mapping[str, Any]) -> None:
        """Insist that a record has exactly the keys, types and ranges due; MalformedLine."""

    def check_times(self, record: Record) -> str | None:
        """Return what is inconsistent in the times inside a record, or None."""

    def check_work(self, record: Record, params: Mapping[str, Any]) -> str | None:
        """Return what shows that an iteration's work was not done (rule C1), or None."""
