"""The probes of the seeds' claims: a job names one, its facts go out.

python -m probes [child NAME]
"""

import json
import platform
import sys

from contract import BadJob, now_ns, write
from probes import (
    cancellation,
    errors,
    fan_in,
    life,
    mechanism,
    ping_wire,
    start_resume,
    task_start,
    threads,
    timing,
)
from probes.catalogue import PROBES, Probe
from probes.children import CHILDREN

__all__ = [
    "cancellation",
    "errors",
    "fan_in",
    "life",
    "mechanism",
    "ping_wire",
    "start_resume",
    "task_start",
    "threads",
    "timing",
]


def main() -> int:
    """Do the job that the harness sends, or be a probe's child; return the exit status."""
    if len(sys.argv) == 3 and sys.argv[1] == "child" and sys.argv[2] in CHILDREN:
        CHILDREN[sys.argv[2]]()
        return 0
    write(
        {"ready": 1, "runtime": f"{platform.python_implementation()} {platform.python_version()}"}
    )
    try:
        probe = parse_job(sys.stdin.readline())
    except BadJob as error:
        print(error, file=sys.stderr)
        return 2
    start_ns = now_ns()
    seen = probe()
    end_ns = now_ns()
    times: dict[str, object] = {"iteration": 0, "start_ns": start_ns, "end_ns": end_ns}
    write({**times, "facts": seen.facts, "info": seen.info})
    write({"done": True})
    sys.stdin.read()
    return 0


def parse_job(line: str) -> Probe:
    """Read one job, strictly, and find its probe."""
    try:
        message: object = json.loads(line)
    except ValueError:
        raise BadJob("The job is not a line of JSON.") from None
    match message:
        case {
            "family": "semantics",
            "iterations": int(iterations),
            "params": {"probe": str(name), **more_params},
            **more,
        } if not (more or more_params) and type(iterations) is int and iterations == 1:
            if name not in PROBES:
                raise BadJob(f"This program has no probe {name!r:.100}.")
            return PROBES[name]
    raise BadJob(
        "This program does jobs of the family semantics with one iteration and, in params, probe;"
        " this one differs."
    )


if __name__ == "__main__":
    sys.exit(main())
