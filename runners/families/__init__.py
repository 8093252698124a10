"""Families: what each adds to the protocol."""

from collections.abc import Mapping
from typing import Any, Protocol

from runners.families import ping, semantics
from runners.families.work import WorkFamily
from runners.protocol import Record


class Family(Protocol):
    """What the harness must know of a family to read its records."""

    def check_record(self, record: Record, params: Mapping[str, Any]) -> None:
        """Insist that a record has exactly the keys, types and ranges due; MalformedLine."""

    def check_times(self, record: Record) -> str | None:
        """Return what is inconsistent in the times inside a record, or None."""

    def check_work(self, record: Record, params: Mapping[str, Any]) -> str | None:
        """Return what shows that an iteration's work was not done (rule C1), or None."""


WORK_FAMILIES: Mapping[str, WorkFamily] = {
    "timers": WorkFamily(bound="delay_ns"),
    "await-completed": WorkFamily(),
    "await-suspended": WorkFamily(),
    "spawn-join": WorkFamily(),
    "state-machine": WorkFamily(),
    "dummy-loop": WorkFamily(per_item=2),
    "value-task": WorkFamily(extra=frozenset({"allocated_bytes"})),
    "styles": WorkFamily(),
    "cancel": WorkFamily(),
    "blocking": WorkFamily(bound="block_ns"),
    "parallel-cpu": WorkFamily(rounds="rounds"),
}
FAMILIES: Mapping[str, Family] = {
    "ping": ping,
    **WORK_FAMILIES,
    semantics.FAMILY: semantics,
}
