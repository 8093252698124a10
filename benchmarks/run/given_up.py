"""Contenders that are not started again: nothing that comes later could make them valid."""

from results.format import GivenUp
from results.line_format import Invocation
from results.plan import invalid_since


class Dropouts:
    """Which contenders have dropped out of which workload, by the lines so far."""

    def __init__(self) -> None:
        self.all: list[GivenUp] = []
        self._broken: dict[tuple[str, str], list[tuple[int, int]]] = {}
        self._failed: set[tuple[int, str, str, str]] = set()

    def has(self, workload: str, contender: str) -> bool:
        """Tell whether a contender is not started again in a workload."""
        return any(
            gone["contender"] == contender and gone["workload"] in (workload, None)
            for gone in self.all
        )

    def take(self, line: Invocation) -> GivenUp | None:
        """Take the next line in the order of the schedule; return the contender that it drops, if any.

        A contender that is invalid in a workload drops out of it, as does who finds this machine
        lacking; one that failed its start, or missed its limit, in an invocation and its repeat
        drops out of all.
        """
        workload, contender, block = line["workload"], line["contender"], line["block"]
        if self.has(workload, contender):
            return None
        if (lacks := line.get("lacks")) is not None:
            gone = GivenUp(
                workload=workload, contender=contender, block=block, reason=lacks, lacks=True
            )
        elif line["superseded"] or not line["broken"]:
            return None
        else:
            broken = self._broken.setdefault((workload, contender), [])
            broken.append((block, line["attempt"]))
            ways = {"start": line["startup_ns"] is None, "limit": line.get("late", False)}
            now = {(block, workload, contender, way) for way, failed in ways.items() if failed}
            again, self._failed = now & self._failed, self._failed | now
            if invalid_since(broken) is None:
                return None
            first = line["broken"][0]
            gone = GivenUp(
                workload=None if again else workload,
                contender=contender,
                block=block,
                reason=f"{first['rule']}, {first['seen']}",
            )
        self.all.append(gone)
        return gone
