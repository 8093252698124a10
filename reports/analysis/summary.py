"""summary.json: the analysis of a run under stable names."""

from collections.abc import Iterator, Sequence
from typing import Never, Protocol, TypedDict

from reports.analysis.block_values import COMPARED, block_values
from reports.analysis.comparisons import DECISIVE, Comparison, compare
from reports.analysis.estimates import EstimateRow, block_estimates, tail_estimates
from reports.analysis.frames import Frames
from reports.analysis.intervals import Centre
from reports.analysis.validity import InvalidRow, invalid_contenders
from reports.analysis.verdicts import Plan, Verdict, decide
from results.format import RunFile
from results.plan import Pair, pairs_of
from results.run_folder import RunFolder

SUMMARY_SCHEMA = 1


class ComparisonRow(TypedDict):
    """One pair in one metric: `ratio` is b's value over a's, so above 1 a is the faster one.

    p, p_holm, verdict and sentence only for `real` within a tier; an invalid pair has no figures.
    """

    workload: str
    metric: str
    a: str
    b: str
    ratio: float | None
    low: float | None
    high: float | None
    low90: float | None
    high90: float | None
    p: float | None
    p_holm: float | None
    verdict: str | None
    sentence: str | None


class Summary(TypedDict):
    """summary.json as a whole; `null_arm` is reserved and empty."""

    schema: int
    run: str
    estimates: list[EstimateRow]
    comparisons: list[ComparisonRow]
    invalid: list[InvalidRow]
    null_arm: list[Never]


class Sentences(Protocol):
    """What words verdicts: `reports.words.sentences`, which analysis must not know."""

    def sentence(self, verdict: Verdict, a: str, b: str, found: Centre | None, plan: Plan) -> str:
        ...

    def invalid_sentence(
        self, a: str, b: str, broken: Sequence[tuple[str, Sequence[InvalidRow]]]
    ) -> str:
        ...


def summarise(folder: RunFolder, frames: Frames, words: Sentences) -> Summary:
    """Analyse a run; `frames` are those of `folder`, and `words` gives each verdict its sentence.

    Live runs have no proof, and so no comparisons; nor has a run of a single contender.
    """
    run = folder.run
    planned = planned_contenders(run)
    lines = [record.recorded for record in folder.invocations]
    broken = invalid_contenders(lines, planned, run["blocks"], run["status"] == "complete")
    without_number = {(rule["workload"], rule["contender"]) for rule in broken}
    cells = [(w, c) for w, names in planned.items() for c in names if (w, c) not in without_number]
    values = block_values(frames.invocations, frames.iterations, frames.pings)
    estimates = block_estimates(values, cells) + tail_estimates(frames.pings, cells)
    place = {cell: index for index, cell in enumerate(cells)}
    # Stable: metrics keep their order.
    estimates.sort(key=lambda row: place[row["workload"], row["contender"]])
    tiers = {contender["id"]: contender["tier"] for contender in run["contenders"]}
    pairs = [] if run["mode"] == "live" else pairs_of(planned, tiers)
    valid = [p for p in pairs if not {(p.workload, p.a), (p.workload, p.b)} & without_number]
    compared = compare(values, valid, COMPARED, run["m"])
    return {
        "schema": SUMMARY_SCHEMA,
        "run": run["id"],
        "estimates": estimates,
        "comparisons": list(_comparison_rows(run, pairs, compared, broken, words)),
        "invalid": broken,
        "null_arm": [],
    }


def planned_contenders(run: RunFile) -> dict[str, list[str]]:
    """The contenders of each workload, both in the order of run.json.

    Who found that the machine lacks something has no part in that workload.
    """
    scheduled = {
        (group["workload"], contender)
        for groups in run["schedule"]
        for group in groups
        for contender in group["order"]
    }
    scheduled -= {
        (gone["workload"], gone["contender"])
        for gone in run.get("given_up", [])
        if gone.get("lacks") and gone["workload"] is not None
    }
    ids = [contender["id"] for contender in run["contenders"]]
    names = [workload["name"] for workload in run["workloads"]]
    return {name: [i for i in ids if (name, i) in scheduled] for name in names}


def _comparison_rows(
    run: RunFile,
    pairs: Sequence[Pair],
    compared: Sequence[Comparison],
    broken: Sequence[InvalidRow],
    words: Sentences,
) -> Iterator[ComparisonRow]:
    """Rows in the order of the pairs; invalid pairs only where a verdict would be due."""
    labels = {contender["id"]: contender["label"] for contender in run["contenders"]}
    plan = Plan(m=run["m"], delta=run["delta"], blocks=run["blocks"])
    of: dict[Pair, list[Comparison]] = {}
    for comparison in compared:
        of.setdefault(comparison.pair, []).append(comparison)
    for pair in pairs:
        a, b = labels[pair.a], labels[pair.b]
        for comparison in of.get(pair, []):
            found = comparison.centre
            if comparison.metric == DECISIVE and pair.same_tier:
                verdict = Verdict.UNDECIDED
                if found is not None and comparison.p_holm is not None:
                    verdict = decide(found, comparison.p_holm, plan)
                said = words.sentence(verdict, a, b, found, plan)
                yield _row(pair, comparison.metric, verdict, said, comparison)
            elif found is not None:
                yield _row(pair, comparison.metric, None, None, comparison)
        if pair not in of and pair.same_tier:
            said = words.invalid_sentence(a, b, _reasons(pair, labels, broken))
            yield _row(pair, DECISIVE, Verdict.INVALID, said)


def _reasons(
    pair: Pair, labels: dict[str, str], broken: Sequence[InvalidRow]
) -> list[tuple[str, list[InvalidRow]]]:
    """The label of each invalid one of the pair, with the rules it broke."""
    found = []
    for who in (pair.a, pair.b):
        rules = [r for r in broken if (r["workload"], r["contender"]) == (pair.workload, who)]
        if rules:
            found.append((labels[who], rules))
    return found


def _row(
    pair: Pair,
    metric: str,
    verdict: Verdict | None,
    said: str | None,
    found: Comparison | None = None,
) -> ComparisonRow:
    centre = None if found is None else found.centre
    low, high = (centre and centre.wide) or (None, None)
    low90, high90 = (centre and centre.narrow) or (None, None)
    return {
        "workload": pair.workload,
        "metric": metric,
        "a": pair.a,
        "b": pair.b,
        "ratio": None if centre is None else centre.value,
        "low": low,
        "high": high,
        "low90": low90,
        "high90": high90,
        "p": None if found is None else found.p,
        "p_holm": None if found is None else found.p_holm,
        "verdict": None if verdict is None else verdict.value,
        "sentence": said,
    }
