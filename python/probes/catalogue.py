"""What a probe is: one small function under its id, and what it saw."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

Fact = bool | int | str | list[str] | list[int]


class Observation(NamedTuple):
    """What a probe saw: `facts` are compared with what is expected, `info` may vary."""

    facts: Mapping[str, Fact]
    info: Mapping[str, object] = {}


Probe = Callable[[], Observation]
PROBES: dict[str, Probe] = {}


def probe(name: str) -> Callable[[Probe], Probe]:
    """Enter a function under the id that its claim has in the catalogue."""

    def enter(function: Probe) -> Probe:
        PROBES[name] = function
        return function

    return enter
