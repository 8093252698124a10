"""The pace of this machine today: one young process a pair, before anything is planned.

Where a warm-up waits by the clock (.NET's tiers), a faster machine needs more iterations for it; so
a study's seconds become iterations by what these processes show. Of a pair that nobody has studied
young iterations tell too little, since later ones may take a fifth of their time: it has a second
process, which lives longer. So has one whose study saw it become much faster, if there is time
left: by how much differs between machines, and the forecast rests on it.
"""

import math
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from benchmarks.families import Measurement
from benchmarks.run.lengths import Pair
from results.errors import TableError
from results.format import ContenderPlan, RunFile, StudyPlan, WorkloadPlan
from runners.manifest import Manifest
from runners.studies import Study, read_studies, runtime_of, sources_hash

LIMIT_S = 30.0
_LATER_S = 1.5  # of young iterations, after which the last quarter tells the pace
_STUDIED_S = 4.0  # the same in a study, whose lengths nothing mends later
_MUCH_FASTER = 2 / 3  # of a young iteration's time, or less

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
        sources = {
            c.name: sources_hash(manifest.home_of(c), c.sources) for c in manifest.contenders
        }
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
                return study, (
                    f"studied on {study.studied}, {study.runtime}; there what came later took"
                    f" {study.later:.2f} times as long"
                )
        return None, f"no study of {runtime}"


def probe(
    run: RunFile,
    books: Mapping[str, StudyBook],
    perform: PerformSome,
    pilots: Mapping[str, float],
    *,
    limit_s: float = LIMIT_S,
) -> dict[Key, Probed]:
    """Start each pair of the steady workloads once or twice, and time its iterations.

    `books` are the studies of each runner, `pilots` the time of a young iteration by workload, for
    pairs that broke a rule, or for which the time was over (`limit_s`) and that nobody studied.
    Where that is infinite, every pair has its longer process, studied or not.
    """
    prober = _Prober(books=books, perform=perform, pilots=pilots, limit_s=limit_s)
    plans = {(plan["name"], c["id"]): (plan, c) for plan, c in _pairs(run)}
    # All are young first, so that the longer processes of some leave time for everybody; who was
    # studied comes last, as his study tells something where the time is over.
    in_turn = sorted(plans, key=lambda key: prober.knows(*plans[key]))
    pairs, reasons = {}, {}
    for key in in_turn:
        pairs[key], reasons[key] = prober.young(*plans[key])
    for key in [k for k in in_turn if pairs[k].study is None or math.isinf(limit_s)]:
        pairs[key] = prober.older(*plans[key], pairs[key])
    for key, pair in pairs.items():
        if pair.later_s is None and pair.steady_s < pair.young_s * _MUCH_FASTER:
            pairs[key] = prober.older(*plans[key], pair)
    return {key: Probed(pair=pairs[key], study=_planned(pairs[key], reasons[key])) for key in plans}


class _Prober:
    """Starts the processes of a probe, as long as there is time: `limit_s` from now on."""

    def __init__(
        self,
        *,
        books: Mapping[str, StudyBook],
        perform: PerformSome,
        pilots: Mapping[str, float],
        limit_s: float,
    ) -> None:
        self._books, self._perform, self._pilots = books, perform, pilots
        self._deadline = time.monotonic() + limit_s
        self._life_s = _STUDIED_S if math.isinf(limit_s) else _LATER_S
        self._slower: list[float] = []  # than in their studies, those that were timed

    def knows(self, plan: WorkloadPlan, contender: ContenderPlan) -> bool:
        """Whether somebody studied these sources, on whichever runtime."""
        return self._study(plan, contender, None)[0] is not None

    def young(self, plan: WorkloadPlan, contender: ContenderPlan) -> tuple[Pair, str]:
        """Time a young process; return the pair and why it has its study, or none."""
        began = time.monotonic()
        runtime: str | None = None
        times: list[int] = []
        if began < self._deadline:
            runtime, times = self._times(plan, contender, plan["iterations"])
        study, why = self._study(plan, contender, runtime)
        young_s = _middle(times[plan["warmup"] :])
        if young_s is None:
            return Pair(study=study, young_s=self._untimed(plan, study)), why
        if study is not None:
            self._slower.append(young_s * 1e9 / max(study.young_ns, 1))
        around_s = max(time.monotonic() - began - sum(times) / 1e9, 0.0)
        return Pair(study=study, young_s=young_s, around_s=around_s), why

    def _untimed(self, plan: WorkloadPlan, study: Study | None) -> float:
        """Return a young iteration's time, in s, of a pair that was not timed."""
        if study is None:
            return self._pilots[plan["name"]]
        slower = statistics.median(self._slower) if self._slower else 1.0
        return max(study.young_ns, 1) / 1e9 * slower

    def _study(
        self, plan: WorkloadPlan, contender: ContenderPlan, runtime: str | None
    ) -> tuple[Study | None, str]:
        book = self._books[contender["runner"]]
        return book.find(plan["name"], contender["name"], runtime)

    def older(self, plan: WorkloadPlan, contender: ContenderPlan, pair: Pair) -> Pair:
        """Return the pair with the time of its later iterations, from a process that lives longer."""
        if time.monotonic() >= self._deadline:
            return pair
        iterations = max(plan["iterations"], math.ceil(self._life_s / pair.young_s))
        _, times = self._times(plan, contender, iterations)
        return replace(pair, later_s=_middle(times[-(len(times) // 4) :]))

    def _times(
        self, plan: WorkloadPlan, contender: ContenderPlan, iterations: int
    ) -> tuple[str | None, list[int]]:
        """Start a process; return what it says it runs on, and its times in ns.

        There are none if it broke a rule.
        """
        measured = self._perform(plan["name"], contender["id"], iterations)
        records = () if measured.findings else measured.observation.records
        return measured.observation.runtime, [r.end_ns - r.start_ns for r in records]


def _pairs(run: RunFile) -> Iterator[tuple[WorkloadPlan, ContenderPlan]]:
    for plan in run["workloads"]:
        for contender in run["contenders"]:
            if plan.get("measures") == "steady" and plan["family"] in contender["families"]:
                yield plan, contender


def _middle(times: Sequence[int]) -> float | None:
    return statistics.median(times) / 1e9 if times else None


def _planned(pair: Pair, why: str) -> StudyPlan:
    study = pair.study
    planned = StudyPlan(
        settled=None if study is None else study.ending == "settled",
        why=why,
        warmup=None if study is None else study.warmup,
        pace_ns=round(pair.expected_s * 1e9),
        cut=False,
    )
    if study is not None:
        planned["later"] = study.later
    return planned
