"""What is missing or noisy on this machine, and what to do.

    for finding in examine():
        print(finding.level, finding.what, finding.advice)

`readings` looks at the machine, in one place; `checks` judges what was read, and nothing else.
"""

from benchmarks.doctor.checks import Finding, Level, judge
from benchmarks.doctor.readings import Readings, read_machine

__all__ = ["Finding", "Level", "Readings", "examine", "judge", "read_machine"]


def examine() -> list[Finding]:
    """Read this machine and judge it; a finding of level `problem` keeps a run from working."""
    return judge(read_machine())
