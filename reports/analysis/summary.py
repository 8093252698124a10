"""summary.json: the analysis of a run under stable names."""

from typing import TypedDict

from reports.analysis.block_values import COMPARED, block_drifts, block_values, halves_by_cell
from reports.analysis.break_even_rows import BreakEvenRow, break_even_rows
from reports.analysis.comparisons import compare
from reports.analysis.estimates import EstimateRow, block_estimates, tail_estimates
from reports.analysis.frames import Frames
from reports.analysis.null_arm import NullRow, null_rows
from reports.analysis.paces import PaceRow, pace_rows, paces_of
from reports.analysis.twins import TwinRow, twin_rows
from reports.analysis.validity import InvalidRow, invalid_contenders
from reports.analysis.verdict_rows import ComparisonRow, Findings, Sentences, comparison_rows
from results.format import RunFile, decisive_metric
from results.plan import pairs_of
from results.run_folder import RunFolder

SUMMARY_SCHEMA = 2


class Summary(TypedDict):
    """summary.json as a whole. Schema 1 had one quantity, Holm's correction and no paces."""

    schema: int
    run: str
    estimates: list[EstimateRow]
    comparisons: list[ComparisonRow]
    invalid: list[InvalidRow]
    paces: list[PaceRow]
    null_arm: list[NullRow]
    twins: list[TwinRow]
    break_even: list[BreakEvenRow]


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
    decisive = {workload["name"]: decisive_metric(workload) for workload in run["workloads"]}
    young_only = [name for name, metric in decisive.items() if metric != "real"]
    values = block_values(frames.invocations, frames.iterations, frames.pings, young_only)
    halves = block_drifts(frames.iterations, young_only)
    estimates = block_estimates(values, cells) + tail_estimates(frames.pings, cells)
    place = {cell: index for index, cell in enumerate(cells)}
    # Stable: metrics keep their order.
    estimates.sort(key=lambda row: place[row["workload"], row["contender"]])
    tiers = {contender["id"]: contender["tier"] for contender in run["contenders"]}
    pairs = [] if run["mode"] == "live" else pairs_of(planned, tiers)
    valid = [p for p in pairs if not {(p.workload, p.a), (p.workload, p.b)} & without_number]
    compared = compare(values, valid, COMPARED, decisive, run["seed"])
    paces = paces_of(run, halves, cells)
    findings = Findings(broken=broken, paces=paces, halves=halves_by_cell(halves))
    comparisons = list(comparison_rows(run, pairs, compared, findings, words))
    return {
        "schema": SUMMARY_SCHEMA,
        "run": run["id"],
        "estimates": estimates,
        "comparisons": comparisons,
        "invalid": broken,
        "paces": pace_rows(run, findings.paces),
        "null_arm": null_rows(run, values),
        "twins": list(twin_rows(run, comparisons)),
        "break_even": list(break_even_rows(run, valid, frames.iterations, words)),
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
