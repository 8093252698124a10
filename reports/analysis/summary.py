"""summary.json: the analysis of a run under stable names."""

from collections.abc import Iterator, Sequence
from typing import Never, Protocol, TypedDict

from reports.analysis.block_values import COMPARED, block_values
from reports.analysis.comparisons import DECISIVE, Comparison, compare
from reports.analysis.estimates import EstimateRow, block_estimates, tail_estimates
from reports.analysis.frames import Frames
from reports.analysis.intervals import Centre
from reports.analysis.validity import InvalidRow, JudgedInvocation, invalid_contenders
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
    broken = invalid_contenders(
        _judged(folder), planned, run["blocks"], run["status"] == "complete"
    )
    without_number = {(rule["workload"], rule["contender"]) for rule in broken}
    cells = [(w, c) for w, names in planned.items() for c in names if (w, c) not in without_number]
    values = block_values(frames.invocations, frames.iterations, frames.pings)
    estimates = block_estimates(values, cells) + tail_estimates(frames.pings, cells)
    place = {cell: index for index, cell in enumerate(cells)}
    estimates.sort(
        key=lambda row: place[row["workload"], row["contender"]]
    )  # stable: metrics keep their order
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


def _judged(folder: RunFolder) -> Iterator[JudgedInvocation]:
    for record in folder.invocations:
        line = record.recorded
        if not line["superseded"]:
            yield JudgedInvocation(
                workload=line["workload"],
                contender=line["contender"],
                block=line["block"],
                attempt=line["attempt"],
                broken=tuple((rule["rule"], rule["seen"]) for rule in line["broken"]),
            )


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
        for comparison in of.get(pair, []):
            if comparison.centre is not None or _decides(comparison):
                yield _comparison_row(comparison, labels, plan, words)
        if pair not in of and pair.same_tier:
            yield _invalid_pair_row(pair, labels, broken, words)


def _decides(comparison: Comparison) -> bool:
    return comparison.metric == DECISIVE and comparison.pair.same_tier


def _comparison_row(
    comparison: Comparison, labels: dict[str, str], plan: Plan, words: Sentences
) -> ComparisonRow:
    pair, centre = comparison.pair, comparison.centre
    row = _bare_row(pair, comparison.metric)
    if centre is not None:
        row["ratio"] = centre.value
    if centre is not None and centre.wide is not None and centre.narrow is not None:
        row["low"], row["high"] = centre.wide.low, centre.wide.high
        row["low90"], row["high90"] = centre.narrow.low, centre.narrow.high
    row["p"], row["p_holm"] = comparison.p, comparison.p_holm
    if _decides(comparison):
        verdict = Verdict.UNDECIDED
        if centre is not None and comparison.p_holm is not None:
            verdict = decide(centre, comparison.p_holm, plan)
        row["verdict"] = verdict.value
        row["sentence"] = words.sentence(verdict, labels[pair.a], labels[pair.b], centre, plan)
    return row


def _invalid_pair_row(
    pair: Pair, labels: dict[str, str], broken: Sequence[InvalidRow], words: Sentences
) -> ComparisonRow:
    reasons = [
        (
            labels[who],
            [r for r in broken if (r["workload"], r["contender"]) == (pair.workload, who)],
        )
        for who in (pair.a, pair.b)
    ]
    row = _bare_row(pair, DECISIVE)
    row["verdict"] = Verdict.INVALID.value
    row["sentence"] = words.invalid_sentence(
        labels[pair.a], labels[pair.b], [(label, rules) for label, rules in reasons if rules]
    )
    return row


def _bare_row(pair: Pair, metric: str) -> ComparisonRow:
    return {
        "workload": pair.workload,
        "metric": metric,
        "a": pair.a,
        "b": pair.b,
        "ratio": None,
        "low": None,
        "high": None,
        "low90": None,
        "high90": None,
        "p": None,
        "p_holm": None,
        "verdict": None,
        "sentence": None,
    }
