"""A run as it lies on disk, read without trusting it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from results.conform import Misfit, NotJson, conform, parsed, shown
from results.errors import UnreadableRun
from results.files import bytes_of, opened
from results.format import (
    AGAIN,
    INVOCATIONS_FILE,
    RUN_FILE,
    SCHEMA,
    SOURCES_FOLDER,
    SUMMARY_FILE,
    ContenderPlan,
    RunFile,
    length_of,
)
from results.invocation import InvocationRecord, PingFile, read_invocation
from results.limits import (
    LARGEST_LINE,
    LARGEST_RUN_FILE,
    LARGEST_SOURCE,
    MOST_CONTENDERS,
    MOST_PINGS,
)
from results.line_format import Invocation
from results.older import OLDER_SCHEMA, upgraded
from results.older_lines import read_older_invocation
from results.plan import MOST_BLOCKS
from results.text import many_lines


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RunFolder:
    """One run: its plan, and its invocations in the order of the file, superseded ones included.

    `torn` says that the last line was cut off while it was written, and left out.
    """

    path: Path
    run: RunFile
    invocations: tuple[InvocationRecord, ...]
    torn: bool

    @classmethod
    def read(cls, path: str | Path) -> "RunFolder":
        """Read run.json and invocations.jsonl below `path`; raise `UnreadableRun`."""
        folder = Path(path)
        if not folder.is_dir():
            raise UnreadableRun(f"{folder} is not a folder: name the folder of a run.")
        run = read_plan(folder / RUN_FILE)
        if not (folder / INVOCATIONS_FILE).exists() and (folder / SUMMARY_FILE).is_file():
            raise UnreadableRun(
                f"{folder}: its records were freed; what is left is its plan, its summary and its page."
            )
        invocations, torn = _read_invocations(folder / INVOCATIONS_FILE, run)
        planned = any(group["order"] for groups in run["schedule"] for group in groups)
        if run["status"] == "complete" and planned and not (invocations or run.get("given_up")):
            raise UnreadableRun(
                f"{folder / INVOCATIONS_FILE} is empty, though the run was complete: its records are "
                "lost; name another run."
            )
        return cls(path=folder, run=run, invocations=invocations, torn=torn)

    def source(self, contender: ContenderPlan, name: str) -> str | None:
        """Text of one of the contender's published sources; None where it is not there.

        Nothing outside the run's folder is ever opened: no `..`, no absolute path, no link.
        """
        parts = Path(contender.get("sources_from", contender["runner"]), name).parts
        if any(part == ".." or Path(part).is_absolute() for part in parts):
            return None
        file = self.path / SOURCES_FOLDER
        for part in parts:
            if file.is_symlink():
                return None
            file = file / part
        try:
            text = bytes_of(file, LARGEST_SOURCE)
        except UnreadableRun:
            return None
        return many_lines(text.decode("utf-8", errors="replace"))


def read_plan(file: Path) -> RunFile:
    """Read a run.json alone; raise `UnreadableRun`."""
    text = bytes_of(file, LARGEST_RUN_FILE + 1)
    try:
        if len(text) > LARGEST_RUN_FILE:
            raise Misfit("it is too large")
        run = cast(RunFile, conform(upgraded(parsed(text)), RunFile, "it"))
        _check_plan(run)
    except Misfit as misfit:
        raise UnreadableRun(f"{file}: {misfit}; measure again or name another run.") from misfit
    return run


def _check_plan(run: RunFile) -> None:
    """Raise `Misfit` where the plan contradicts itself."""
    if run["schema"] not in (OLDER_SCHEMA, SCHEMA):
        known = f"{OLDER_SCHEMA} and {SCHEMA}"
        raise Misfit(f"its schema is {run['schema']}, and this version reads {known}")
    if not 1 <= run["blocks"] <= MOST_BLOCKS:
        raise Misfit(f"blocks is {run['blocks']}, not 1 to {MOST_BLOCKS}")
    if run["m"] < 0 or not 0 < run["delta"] < 1:
        raise Misfit("m is negative or delta is not between 0 and 1")
    ids = [contender["id"] for contender in run["contenders"]]
    names = [workload["name"] for workload in run["workloads"]]
    if len(set(ids)) != len(ids) or len(set(names)) != len(names):
        raise Misfit("a contender or a workload is listed twice")
    if max(len(ids), len(names)) > MOST_CONTENDERS:
        raise Misfit(f"it has more than {MOST_CONTENDERS} contenders or workloads")
    _check_families(run)
    for workload in run["workloads"]:
        for length in (length_of(workload, contender) for contender in ("", *ids)):
            if not 0 <= length["warmup"] < length["iterations"]:
                raise Misfit(f"{workload['name']} has no measured iteration")
        if workload["job_limit_s"] <= 0:
            raise Misfit(f"{workload['name']} has no time for its job")
    if not {*run["null_arm"]} <= {*names} or not {*run["null_arm"].values()} <= {*ids}:
        raise Misfit("its null arm names an unknown workload or contender")
    own = {name: {*ids} for name in names}
    for name, contender in run["null_arm"].items():
        own[name].add(f"{contender}{AGAIN}")
    if len(run["schedule"]) != run["blocks"]:
        raise Misfit(f"its schedule has {len(run['schedule'])} of {run['blocks']} blocks")
    for gone in run.get("given_up", []):
        if (
            gone["workload"] not in (None, *names)
            or gone["contender"].removesuffix(AGAIN) not in ids
        ):
            raise Misfit("it gave up an unknown contender, or one of an unknown workload")
    for groups in run["schedule"]:
        for group in groups:
            if not {*group["order"]} <= own.get(group["workload"], set()):
                raise Misfit("its schedule names an unknown workload or contender")


def _check_families(run: RunFile) -> None:
    """Raise `Misfit` where not each workload's family is declared once, and each figure once."""
    names = [family["name"] for family in run["families"]]
    if len(set(names)) != len(names):
        raise Misfit("a family is listed twice")
    if missing := {workload["family"] for workload in run["workloads"]} - {*names}:
        raise Misfit(f"it does not declare the family {shown(min(missing))}")
    for family in run["families"]:
        keys = [figure["key"] for figure in family["figures"]]
        if len(set(keys)) != len(keys):
            raise Misfit(f"the family {shown(family['name'])} has a figure twice")


def _read_invocations(file: Path, run: RunFile) -> tuple[tuple[InvocationRecord, ...], bool]:
    records: list[InvocationRecord] = []
    places, read, pings = _Places(run), _reader_of_lines(file.parent, run), 0
    with opened(file) as stream:
        for number, line in enumerate(_lines(stream, file), start=1):
            try:
                record = read(parsed(line))
                places.take(record.recorded)
                pings += record.ping_count
                if pings > MOST_PINGS:
                    raise Misfit(f"the run has more than {MOST_PINGS:,} pings")
            except Misfit as misfit:
                if isinstance(misfit, NotJson) and not line.endswith(b"\n"):
                    return tuple(records), True
                raise UnreadableRun(
                    f"{file}, line {number}: {misfit}; remove the line or measure again."
                ) from misfit
            records.append(record)
    return tuple(records), False


def _reader_of_lines(folder: Path, run: RunFile) -> Callable[[object], InvocationRecord]:
    """Return what reads a line of the run's schema, once it is parsed."""
    fields = sorted({name for family in run["families"] for name in family["fields"]})
    if run["schema"] == OLDER_SCHEMA:
        return lambda line: read_older_invocation(line, fields)
    pings = PingFile(folder=folder)
    return lambda line: read_invocation(line, fields, pings)


class _Places:
    """The places in the schedule, each of which one line may take that is not superseded."""

    def __init__(self, run: RunFile) -> None:
        self._planned = {
            (block, group["workload"], contender)
            for block, groups in enumerate(run["schedule"])
            for group in groups
            for contender in group["order"]
        }
        self._taken: set[tuple[int, str, str, int]] = set()

    def take(self, line: Invocation) -> None:
        """Take the line's place; raise `Misfit` where it is not planned or already taken."""
        place = (line["block"], line["workload"], line["contender"])
        if place not in self._planned or line["attempt"] not in (0, 1):
            raise Misfit(
                f"block {line['block']}, workload {shown(line['workload'])}, contender "
                f"{shown(line['contender'])}, attempt {line['attempt']} is not in the schedule"
            )
        if line["superseded"]:
            return
        if (*place, line["attempt"]) in self._taken:
            raise Misfit("it repeats an earlier line that is not marked superseded")
        self._taken.add((*place, line["attempt"]))


def _lines(stream: BinaryIO, file: Path) -> Iterator[bytes]:
    while line := stream.readline(LARGEST_LINE + 1):
        if len(line) > LARGEST_LINE:
            raise UnreadableRun(f"{file} has a line over {LARGEST_LINE // 2**20} MiB.")
        yield line
