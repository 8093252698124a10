"""Which port and addresses the sites get."""

import random
from collections.abc import Iterator
from pathlib import Path

_RANGE = Path("/proc/sys/net/ipv4/ip_local_port_range")
_LOWEST = 10_000
_LINUX_DEFAULT = (32_768, 60_999)


def candidate_ports(generator: random.Random) -> Iterator[int]:
    """Yield ports outside the ephemeral range, in random order.

    Inside it, any outgoing connection on the machine could hold the port at the wrong moment.
    """
    low, high = _ephemeral_range()
    ports = [*range(_LOWEST, low), *range(high + 1, 65536)] or [*range(1024, 65536)]
    generator.shuffle(ports)
    yield from ports


def _ephemeral_range() -> tuple[int, int]:
    try:
        low, high = map(int, _RANGE.read_text().split())
    except (OSError, ValueError):  # a sandbox may hide it
        return _LINUX_DEFAULT
    return low, high


def addresses() -> Iterator[str]:
    """Yield 127.1.0.1, 127.1.0.2, … up to 127.255.255.254, and then again.

    Every invocation takes fresh ones: a pair of client port and site that waits in TIME_WAIT
    is not met again, however many pings a run has. Below lies what else a machine calls itself,
    127.0.0.1 and 127.0.1.1: who scans those for open ports would be taken for a contender.
    """
    while True:
        for number in range(2**16, 2**24 - 1):
            if number % 256 not in (0, 255):
                yield f"127.{number >> 16}.{number >> 8 & 255}.{number & 255}"
