"""The probes of the seeds' claims: a job names one, its facts go out.

python -m probes [child NAME]
"""

import importlib
import sys
from collections.abc import Callable

from contract import BadJob, RawJob, Recording, now_ns, serve_harness
from probes.catalogue import PROBES, Observation
from probes.children import CHILDREN

THEMES = (
    "start_resume",
    "task_start",
    "mechanism",
    "threads",
    "life",
    "fan_in",
    "errors",
    "cancellation",
    "timing",
    "ping_wire",
)


def main() -> int:
    """Do the job that the harness sends, or be a probe's child; return the exit status."""
    for theme in THEMES:  # each enters its probes and children
        importlib.import_module(f"probes.{theme}")
    if sys.argv[1:2] == ["child"]:
        CHILDREN[sys.argv[2]]()
        return 0
    return serve_harness(perform)


class Probed(Recording):
    """The one iteration of a probe."""

    def __init__(self, probe: Callable[[], Observation]) -> None:
        super().__init__(iterations=1)
        self.moments[0] = now_ns()
        self.seen = probe()
        self.moments[1] = now_ns()

    def fields(self, iteration: int) -> dict[str, object]:
        """Give what the probe saw."""
        return self.seen._asdict()


def perform(raw: RawJob) -> Probed:
    """Run the probe that a job names."""
    match raw:
        case RawJob("semantics", 1, {"probe": str(name), **more}) if not more:
            if name not in PROBES:
                raise BadJob(f"There is no probe {name!r:.100} in Python.")
            return Probed(PROBES[name])
    raise BadJob(
        "This program does jobs of the family semantics with one iteration and, in params, a probe;"
        " this one differs."
    )


if __name__ == "__main__":
    sys.exit(main())
