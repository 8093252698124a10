"""The pace of this machine today: one young process a pair, before anything is planned.

Where a warm-up waits by the clock (.NET's tiers), a faster machine needs more iterations for it; so
a study's seconds become iterations by what these processes show.
"""

import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.families import Measurement
from benchmarks.run.lengths import Pair
from results.errors import TableError
from results.format import RunFile, StudyPlan, WorkloadPlan
from runners.manifest import Manifest
from runners.studies import Study, read_studies, runtime_of, sources_hash

LIMIT_S = 30.0

Key = tuple[str, str]  # workload, contender

# Performs so many iterations of a contender (id) in a workload (name).
PerformSome = Callable[[str, str, int], Measurement]


@dataclass(frozen=True, slots=True, kw_only=True)
class Probed:
    """A pair, and what run.json says of its study."""

    pair: Pair
    study: StudyPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyBook:
    """The studies of one runner, and of each of its contenders (name) the hash of its sources.

    `problem`: why they could not be read.
    """

    studies: Sequence[Study]
    sources: Mapping[str, str]
    problem: str | None = None

    @classmethod
    def open(cls, manifest: Manifest) -> "StudyBook":
        """Read the studies of a runner; where they cannot be read there are none."""
        sources = {c.name: sources_hash(manifest.folder, c.sources) for c in manifest.contenders}
        try:
            return cls(studies=read_studies(manifest.folder), sources=sources)
        except TableError as error:
            return cls(studies=(), sources=sources, problem=str(error))

    def find(self, workload: str, contender: str, said: str | None) -> tuple[Study | None, str]:
        """Return the study that fits a contender whose program `said` what it runs on, and why.

        Without that (the program was not started) any study of its sources does.
        """
        own = [s for s in self.studies if (s.workload, s.contender) == (workload, contender)]
        if not own:
            return None, "no study"
        fresh = [study for study in own if study.sources == self.sources.get(contender)]
        if not fresh:
            return None, "its sources changed since it was studied"
        runtime = None if said is None else runtime_of(said)
        for study in fresh:
            if runtime in (None, study.runtime):
                return study, f"studied on {study.studied}, {study.runtime}"
        return None, f"no study of {runtime}"


def probe(
    run: RunFile, books: Mapping[str, StudyBook], perform: PerformSome, pilots: Mapping[str, float]
) -> dict[Key, Probed]:
    """Start each pair of the steady workloads once and time its young iterations.

    `books` are the studies of each runner, `pilots` the time of a young iteration by workload, for
    pairs that broke a rule or for which the half minute was over.
    """
    deadline = time.monotonic() + LIMIT_S
    return {
        (plan["name"], contender): _probed(
            plan, contender, books, perform if time.monotonic() < deadline else None, pilots
        )
        for plan, contender in _pairs(run)
    }


def _pairs(run: RunFile) -> Iterator[tuple[WorkloadPlan, str]]:
    for plan in run["workloads"]:
        for contender in run["contenders"]:
            if plan.get("measures") == "steady" and plan["family"] in contender["families"]:
                yield plan, contender["id"]


def _probed(
    plan: WorkloadPlan,
    contender: str,
    books: Mapping[str, StudyBook],
    perform: PerformSome | None,
    pilots: Mapping[str, float],
) -> Probed:
    runner, name = contender.split("/")
    runtime, young_s = None, pilots[plan["name"]]
    if perform is not None:
        measured = perform(plan["name"], contender, plan["iterations"])
        runtime = measured.observation.runtime
        young = [r.end_ns - r.start_ns for r in measured.observation.records[plan["warmup"] :]]
        if young and not measured.findings:
            young_s = statistics.median(young) / 1e9
    study, why = books[runner].find(plan["name"], name, runtime)
    pair = Pair(study=study, young_s=young_s)
    return Probed(
        pair=pair,
        study=StudyPlan(
            settled=None if study is None else study.ending == "settled",
            why=why,
            warmup=None if study is None else study.warmup,
            pace_ns=round(pair.steady_s * 1e9),
            cut=False,
        ),
    )
