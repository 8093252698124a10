"""Plausible pings of the shipped workloads, as a program and the origin would record them."""

import random
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """One ping workload: chains × sites, each pinged so often, with the sites' delay."""

    chains: int
    sites: int
    pings: int
    delay_ns: int = 0
    connection: str = "close"


SHAPES = {
    "survey": Shape(chains=2, sites=2, pings=1, delay_ns=5_000_000),
    "sequential": Shape(chains=1, sites=1, pings=32),
    "parallel": Shape(chains=64, sites=1, pings=8),
    "keep-alive": Shape(chains=8, sites=1, pings=32, connection="keep-alive"),
}


def empty_origin() -> dict[str, Any]:
    """What the origin recorded before the first ping."""
    return {
        "joined": True,
        "accepted": [],
        "seen": [],
        "sent": [],
        "heads": [{"head": "HEAD /token HTTP/1.1\r\n\r\n", "count": 1}],
        "cpu_ns": 0,
        "wall_ns": 0,
    }


def iteration_record(
    shape: Shape,
    index: int,
    clock: int,
    pace_us: float,
    draw: random.Random,
    origin: dict[str, Any],
    opened: dict[int, int],
) -> dict[str, Any]:
    """One record of a program; what the origin saw of it is appended to `origin`."""
    chains: list[list[list[object]]] = []
    last = 0
    for chain in range(shape.chains):
        at = draw.randrange(1_000, 20_000)
        pings: list[list[object]] = []
        for _ in range(shape.sites * shape.pings):
            own = int(1_000 * pace_us * draw.lognormvariate(0, 0.2))
            warm = shape.connection == "keep-alive" and chain in opened
            accepted, seen = at + own // 5, at + own * 2 // 5
            sent = seen + shape.delay_ns + 3_000
            head, end = sent + own // 5, sent + own * 3 // 5
            connect = None if warm else accepted + own // 20
            pings.append([at, connect, head, end, 200])
            opened[chain] = opened[chain] if warm else clock + accepted
            origin["accepted"].append(opened[chain])
            origin["seen"].append(clock + seen)
            origin["sent"].append(clock + sent)
            at = end + 1_000
        chains.append(pings)
        last = max(last, at)
    return {"iteration": index, "start_ns": clock, "end_ns": clock + last + 2_000, "pings": chains}
