"""The files of a run, and its plan, run.json: what measuring and reporting share.

A run is a folder `reports/out/RUN/`:

    run.json            written before the first invocation: plan, machine, contenders (RunFile)
    invocations.jsonl   one line per invocation, flushed as it ends (`results.line_format`)
    pings.bin           each invocation's pings as a packet, on disk before its line (`results.pings`)
    summary.json        the analysis, with stable names
    report.html         one self-contained page
    summary.md          the same verdicts for a pull request
    sources/RUNNER/…    the files that ran, as hashed
    semantics.json      claims executed, where `semantics --into RUN` was run (`results.claims`)

docs/results.md says what each key means. All times are integers in nanoseconds of the machine's
monotonic clock. What was not observed is null.

Schema 2 says what a run's families are, which suite made it and what each workload's limits are, and
packs pings, which schema 1 had in their lines. Schema 1 is read for ever (`results.older`).
"""

from typing import Any, Literal, NotRequired, TypedDict

RUN_FILE = "run.json"
INVOCATIONS_FILE = "invocations.jsonl"
PINGS_FILE = "pings.bin"
SUMMARY_FILE = "summary.json"
REPORT_FILE = "report.html"
MARKDOWN_FILE = "summary.md"
SOURCES_FOLDER = "sources"

SCHEMA = 2

# Behind the id of a contender that runs twice per block, to show what no difference looks like.
AGAIN = "~2"

Status = Literal["complete", "partial"]
Mode = Literal["origin", "live"]
Kind = Literal["beyond", "memory-per-item", "per-item", "field-per-item", "total", "speed-up"]
Drawn = Literal["by-size", "dots", "bars"]
Unit = Literal["ns", "bytes", "1"]


class GroupPlan(TypedDict):
    """The invocations of one workload in one block, in the order in which they run."""

    workload: str
    order: list[str]


class FigurePlan(TypedDict):
    """One figure that a family has beside the common ones: how it is derived, drawn and worded.

    `kind` says how it is derived, and `of` from which parameter or field of a record:

        beyond           real time less the parameter `of`
        memory-per-item  (peak memory with N items − with one) / (N − 1)
        per-item         real time over the number of items
        field-per-item   the record's field `of` over the number of items
        total            real time of all items, with marks at the parameter `of`, once and N times
        speed-up         N × real time of one item / real time of all N; the report adds the ideal
    """

    key: str
    kind: Kind
    of: str | None
    drawn: Drawn
    unit: Unit
    axis: str
    heading: str
    caption: str
    told: str


class FamilyPlan(TypedDict):
    """What a run says of one family of workloads, so that its page needs to know none by name."""

    name: str
    item: str
    claim: str
    limits: str
    overlap: bool
    network: bool
    size: list[str]
    fields: list[str]
    timed: NotRequired[str]
    figures: list[FigurePlan]


class Suite(TypedDict):
    """Which awaitbench made a run. `hash` is over the harness's and the origin's own sources."""

    version: str
    commit: str | None
    clean: bool | None
    hash: str


class Length(TypedDict):
    """How many iterations an invocation has; the first `warmup` of them are left out of means."""

    iterations: int
    warmup: int


# Which part of a process's life a workload's verdicts are about. Runs of before the three were told
# apart have one window for all, which their pages call "as measured".
Quantity = Literal["steady", "young", "first", "as measured"]


class StudyPlan(TypedDict):
    """What was known of a contender's warm-up in a workload before the first block.

    A process was expected to take `pace_ns` for each iteration, and `apart_ns` beside: its start,
    its end, and what its first iterations take longer. In the study what came after four times the
    warm-up took `later` times as long as what a run measures; runs of before do not say it.
    """

    settled: bool | None
    later: NotRequired[float]
    why: str
    warmup: int | None
    pace_ns: int
    apart_ns: NotRequired[int]
    cut: bool


class WorkloadPlan(TypedDict):
    """One workload as it was planned; ask `length_of` how many iterations a contender has."""

    name: str
    family: str
    set: str
    question: str
    iterations: int
    warmup: int
    steady_after: NotRequired[int]  # of runs before `lengths`
    job_limit_s: float
    measures: NotRequired[Literal["steady", "young", "first"]]
    young: int | None
    lengths: dict[str, Length]
    studies: NotRequired[dict[str, StudyPlan]]
    params: dict[str, Any]


def length_of(workload: WorkloadPlan, contender: str) -> Length:
    """Return how long an invocation of the contender (id) is: its own length or the workload's."""
    common = Length(iterations=workload["iterations"], warmup=workload["warmup"])
    return workload["lengths"].get(contender.removesuffix(AGAIN), common)


def quantity_of(workload: WorkloadPlan) -> Quantity:
    """Return what the workload's measured iterations, and so its verdicts, are about."""
    return workload.get("measures", "as measured")


def decisive_metric(workload: WorkloadPlan) -> str:
    """Return the metric that the workload's verdicts are about."""
    quantity = quantity_of(workload)
    return quantity if quantity in ("young", "first") else "real"


class ContenderPlan(TypedDict):
    """One contender as it was found. `sources` are paths inside `sources/RUNNER/`.

    `instead_of_await` says what its language has, where that has no await; `sources_from` is the
    runner whose sources these are, where it is another than its own;
    `extra_headers` are lines that each of its requests holds beyond the contract's, `twin` the id
    of a contender that makes the same calls in another style; `floor` says that it shows what the
    machine can do. Not there where there are none.
    """

    id: str
    runner: str
    name: str
    label: str
    language: str
    instead_of_await: NotRequired[str]
    color: str | None
    tier: str | None
    families: list[str]
    version: str | None
    hash: str
    command: list[str]
    sources: list[str]
    sources_from: NotRequired[str]
    extra_headers: NotRequired[list[str]]
    twin: NotRequired[str]
    floor: NotRequired[bool]


class Skipped(TypedDict):
    """A runner or contender that was asked for and could not take part."""

    id: str
    reason: str
    install: str | None


class GivenUp(TypedDict):
    """A contender that was not started again after a block, in a workload or (null) in all."""

    workload: str | None
    contender: str
    block: int
    reason: str
    lacks: NotRequired[bool]


class Shown(TypedDict):
    """What was known of the machine when a run began: the smallest difference that it shows.

    As a share, in such a profile; null where that is more than a factor of two. `calibrated` is the
    day on which it was found out.
    """

    smallest: float | None
    calibrated: str


class Override(TypedDict):
    """Lengths that a person gave for all pairs instead of those that studies ask for."""

    warmup: int | None
    measure: int | None


class Machine(TypedDict):
    """What measured. Nothing here names the host, a user or a path."""

    cpu: str
    cores: int
    usable_cpus: int | None
    cpu_quota: float | None
    governor: str | None
    memory_bytes: int | None
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
    """run.json; `suite` is null in a run of schema 1."""

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
    families: list[FamilyPlan]
    workloads: list[WorkloadPlan]
    contenders: list[ContenderPlan]
    skipped: list[Skipped]
    given_up: NotRequired[list[GivenUp]]
    sources_changed: NotRequired[list[str]]
    machine: Machine
    placement: Placement
    sites: list[list[str]] | None
    suite: Suite | None
    null_arm: dict[str, str]
    override: NotRequired[Override]
    shown: NotRequired[Shown]
