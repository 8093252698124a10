"""What the kernel does where memory runs out."""

from pathlib import Path

from results.files import text_of


def kills(file: Path = Path("/proc/vmstat")) -> int:
    """Return how many processes the kernel has ended for want of memory, control groups' included.

    0 where it does not say. Source: Linux 4.13 and later, /proc/vmstat, oom_kill.
    """
    for line in text_of(file).splitlines():
        name, _, count = line.partition(" ")
        if name == "oom_kill" and count.isdigit():
            return int(count)
    return 0
