"""A line of invocations.jsonl: one fresh process of one contender, as it was seen.

docs/results.md says what each key means.
"""

from typing import Any, NotRequired, TypedDict


class Broken(TypedDict):
    """One broken rule of one invocation."""

    rule: str
    seen: str


class JobRow(TypedDict):
    """What an invocation was asked beyond its workload's parameters, and when."""

    seed: int | None
    port: int | None
    path: str | None
    addresses: list[str]
    written_ns: int
    first_record_ns: int | None


class Head(TypedDict):
    """One distinct request head as the origin read it (latin-1) and how often it came."""

    head: str
    count: int


class OriginRecord(TypedDict):
    """What the origin saw of one invocation, beside its requests, which lie in pings.bin."""

    joined: bool
    heads: list[Head]
    unrecorded: int
    cpu_ns: int | None
    wall_ns: int | None


class Packet(TypedDict):
    """Where in pings.bin an invocation's packet lies, its checksum, how many pings it shows."""

    offset: int
    length: int
    checksum: str
    pings: int


class AnyLine(TypedDict):
    """What a line of invocations.jsonl has in every schema: one fresh process of one contender.

    `iterations` are the program's records as they came, since schema 2 without their pings:
        {"iteration": i, "start_ns": S, "end_ns": E}
    """

    block: int
    position: int
    attempt: int
    superseded: bool
    workload: str
    contender: str
    runtime: str | None
    startup_ns: int | None
    cpu_ns: int | None
    peak_rss_bytes: int | None
    exit_status: int | None
    broken: list[Broken]
    iterations: list[dict[str, Any]]
    stderr: str | None
    canary_ns: int | None
    pressure: dict[str, float] | None


class Invocation(AnyLine):
    """One line of invocations.jsonl, as it is written today."""

    job: JobRow | None
    origin: OriginRecord | None
    pings: Packet | None
    standstill_ns: NotRequired[int]
    late: NotRequired[bool]
    lacks: NotRequired[str]
    cpus: NotRequired[int]
