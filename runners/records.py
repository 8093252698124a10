"""Records of iterations, and what the harness must know of a family to read and examine them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from runners.protocol import Object


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class IterationRecord:
    """What every family's records hold: number, and start and end on the monotonic clock, ns."""

    iteration: int
    start_ns: int
    end_ns: int

    def as_object(self) -> dict[str, Any]:
        """Return the record as a run's line has it, where pings lie elsewhere."""
        return {"iteration": self.iteration, "start_ns": self.start_ns, "end_ns": self.end_ns}


R = TypeVar("R", bound=IterationRecord)


class RecordFormat(Protocol[R]):
    """The records that one job of a family asks for."""

    def parse(self, line: Object) -> R:
        """Insist that a record has exactly the keys, types and ranges due; MalformedLine."""

    def check_times(self, records: Sequence[R]) -> str | None:
        """Return what is inconsistent in the times inside a record, or None (rule P6)."""

    def check_work(self, records: Sequence[R]) -> str | None:
        """Return what shows that an iteration's work was not done, or None (rule C1)."""
