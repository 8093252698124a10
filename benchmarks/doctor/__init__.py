"""What is missing or noisy on this machine, and what to do.

    for remark in judge(read_machine(machine, discovery, runs, needed_bytes)):
        print(remark.level, remark.what, remark.advice)

`readings` looks at the machine, in one place; `checks` judges what was read, and nothing else. A
remark of level `problem` keeps a run from working.
"""

from benchmarks.doctor.checks import Level, Remark, judge
from benchmarks.doctor.readings import Readings, read_machine

__all__ = ["Level", "Remark", "Readings", "judge", "read_machine"]
