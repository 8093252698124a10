"""The format of a run on disk, the only thing that measuring and reporting share.

A run is a folder `reports/out/RUN/`:

    run.json            written before the first invocation: plan, machine, contenders (RunFile)
    invocations.jsonl   one line per invocation, appended and flushed as it ends (Invocation)
    summary.json        the analysis, with stable names
    report.html         one self-contained page
    summary.md          the same verdicts for a pull request
    sources/RUNNER/…    the files that ran, as hashed
    semantics.json      claims executed, where `semantics --into RUN` was run (`results.claims`)

All times are integers in nanoseconds of the machine's monotonic clock. What was not observed is null.
"""

from typing import Any, Literal, NotRequired, TypedDict

RUN_FILE = "run.json"
INVOCATIONS_FILE = "invocations.jsonl"
SUMMARY_FILE = "summary.json"
REPORT_FILE = "report.html"
MARKDOWN_FILE = "summary.md"
SOURCES_FOLDER = "sources"

SCHEMA = 1

Status = Literal["complete", "partial"]
Mode = Literal["origin", "live"]


class Broken(TypedDict):
    """One broken rule of one invocation."""

    rule: str
    seen: str


class GroupPlan(TypedDict):
    """The invocations of one workload in one block, in the order in which they run."""

    workload: str
    order: list[str]


class WorkloadPlan(TypedDict):
    """One workload as it was planned.

    `params` of family ping: chains, sites_per_chain, pings_per_site (integers), delay_ns,
    connection ("close" or "keep-alive"), timeout_ns. A chain visits its sites in turn, each
    `pings_per_site` times, so it has sites_per_chain * pings_per_site pings. `steady_after` is how
    many iterations the slowest contender to warm up needed in the pilots; not there, where the
    warm-ups of all profiles are as long as that.
    """

    name: str
    family: str
    set: str
    question: str
    iterations: int
    warmup: int
    steady_after: NotRequired[int]
    params: dict[str, Any]


class ContenderPlan(TypedDict):
    """One contender as it was found. `sources` are paths inside `sources/RUNNER/`."""

    id: str
    runner: str
    name: str
    label: str
    language: str
    color: str | None
    tier: str | None
    families: list[str]
    version: str | None
    hash: str
    command: list[str]
    sources: list[str]


class Skipped(TypedDict):
    """A runner or contender that was asked for and could not take part."""

    id: str
    reason: str
    install: str | None


class Machine(TypedDict):
    """What measured. Nothing here names the host, a user or a path."""

    cpu: str
    cores: int
    governor: str | None
    memory_bytes: int
    kernel: str
    virtualised: str | None
    python: str
    packages: dict[str, str]


class Placement(TypedDict):
    """Which CPUs the harness and origin had, and which the programs."""

    mode: str
    harness: list[int]
    programs: list[int]


class RunFile(TypedDict):
    """run.json. `m` is the number of comparisons for Holm's correction, `delta` the margin of
    equivalence (0.03), `command` what repeats the run. In live mode `sites` holds one list of
    NAME:PORT per chain, else null."""

    schema: int
    id: str
    started: str
    status: Status
    mode: Mode
    profile: str
    seed: int
    blocks: int
    m: int
    delta: float
    command: str
    schedule: list[list[GroupPlan]]
    workloads: list[WorkloadPlan]
    contenders: list[ContenderPlan]
    skipped: list[Skipped]
    machine: Machine
    placement: Placement
    sites: list[list[str]] | None


class Head(TypedDict):
    """One distinct request head as the origin read it (latin-1) and how often it came."""

    head: str
    count: int


class OriginRecord(TypedDict):
    """What the origin saw of one invocation.

    `accepted`, `seen`, `sent` are parallel, in the order of the pings (iteration, chain, ping),
    when `joined` is true; otherwise in the order of `seen`, and not attributable to pings.
    A reused connection repeats its accept time. `cpu_ns` is the origin's CPU time from just
    before the job to just after the last record, `wall_ns` the time between the same moments;
    null when the last record never came.
    """

    joined: bool
    accepted: list[int]
    seen: list[int]
    sent: list[int]
    heads: list[Head]
    cpu_ns: int | None
    wall_ns: int | None


class Invocation(TypedDict):
    """One line of invocations.jsonl: one fresh process of one contender doing one workload.

    `attempt` is 0, or 1 when this repeats an invocation of the same block that broke a rule.
    `superseded` lines belong to a group that was cut off and repeated whole.
    `iterations` are the program's records as they came:
        {"iteration": i, "start_ns": S, "end_ns": E, "pings": [[[start, connect, head, end, status], …], …]}
    `runtime` is what the program said of itself. `stderr` is kept only where a rule broke.
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
    origin: OriginRecord | None
    stderr: str | None
    canary_ns: int | None
    pressure: dict[str, float] | None
