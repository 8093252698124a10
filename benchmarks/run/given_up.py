"""Contenders that are not started again: nothing that comes later could make them valid."""

from results.format import GivenUp, Invocation
from results.plan import invalid_since


class Dropouts:
    """Who has dropped out of which workload, as told by the lines so far."""

    def __init__(self) -> None:
        self.all: list[GivenUp] = []
        self._broken: dict[tuple[str, str], list[tuple[int, int]]] = {}
        self._unstarted: set[tuple[int, str, str]] = set()

    def has(self, workload: str, contender: str) -> bool:
        """Tell whether a contender is not started again in a workload."""
        return any(
            gone["contender"] == contender and gone["workload"] in (workload, None)
            for gone in self.all
        )

    def take(self, line: Invocation) -> GivenUp | None:
        """Take the next line in the order of the schedule; return who drops out by it.

        A contender that is invalid in a workload drops out of it, one that failed its start and
        its repeat drops out of all.
        """
        workload, contender, block = line["workload"], line["contender"], line["block"]
        if line["superseded"] or not line["broken"]:
            return None
        broken = self._broken.setdefault((workload, contender), [])
        broken.append((block, line["attempt"]))
        again = (block, workload, contender) in self._unstarted
        if line["startup_ns"] is None:
            self._unstarted.add((block, workload, contender))
        if self.has(workload, contender) or invalid_since(broken) is None:
            return None
        first = line["broken"][0]
        unstarted = again and line["startup_ns"] is None
        gone = GivenUp(
            workload=None if unstarted else workload,
            contender=contender,
            block=block,
            reason=f"{first['rule']}, {first['seen']}",
        )
        self.all.append(gone)
        return gone
