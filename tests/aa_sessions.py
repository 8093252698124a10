"""Sessions in which nothing differs, made of traces of real processes; and what is planted in them.

`tests/data/aa-traces.json` holds, of three shipped programs in `sequential`, the windows of processes
that were started one after another on a busy machine: each the mean time in µs of an iteration in
eight stretches. Four processes in a row are the four contenders of a block, their names drawn at
random and the order of their stretches as well, so that no name and no half is the faster one.

    python -m tests.aa_sessions      prints the figures of docs/statistics.md
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from reports.analysis.block_values import halves_by_cell
from reports.analysis.comparisons import compare
from reports.analysis.paces import paces_of
from reports.analysis.steadiness import Pace
from reports.analysis.verdict_rows import ComparisonRow, Findings, comparison_rows
from reports.words import sentences
from results.format import RunFile
from results.plan import pairs_of

Floats = NDArray[np.float64]

_STORED: dict[str, list[list[int]]] = json.loads(
    (Path(__file__).parent / "data" / "aa-traces.json").read_text()
)
TRACES: Mapping[str, Floats] = {name: np.array(rows) / 1.0 for name, rows in _STORED.items()}
NAMES = ("a", "b", "c", "d")
PLANNED = {workload: list(NAMES) for workload in TRACES}
CELLS = [(workload, name) for workload in TRACES for name in NAMES]
PAIRS = pairs_of(PLANNED, dict.fromkeys(NAMES))


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """How a session is made.

    `noise` is a share of what was recorded: the deviations of the logarithms from the program's
    median are multiplied by it. `slower`: by how much `d` takes longer. `drift`: the second half of
    `c`'s windows over the first, less 1. `bursts`: the share of stretches that take three times as
    long. `bad_block`: in one block each process takes up to five times as long. `lost`: the share
    of invocations without a value. `settled` is what the studies said.
    """

    blocks: int = 8
    noise: float = 0.2
    slower: float = 0.0
    drift: float = 0.0
    bursts: float = 0.0
    bad_block: bool = False
    lost: float = 0.0
    settled: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """What the analysis says of a session: a row per comparison, a pace per (workload, name)."""

    comparisons: list[ComparisonRow]
    paces: dict[tuple[str, str], tuple[Pace, float]]


def session(draw: np.random.Generator, kind: Kind) -> Session:
    """Make a session and take it from block values to verdicts, as a run's summary does."""
    logs = np.array([_blocks(draw, trace, kind) for trace in TRACES.values()])
    logs[:, NAMES.index("d")] += np.log1p(kind.slower)
    halves = np.repeat([-0.5, 0.5], logs.shape[-1] // 2)
    logs[:, NAMES.index("c")] += halves * np.log1p(kind.drift)
    logs += np.log(3) * (draw.random(logs.shape) < kind.bursts)
    if kind.bad_block:
        logs[:, :, draw.integers(kind.blocks)] += draw.uniform(0, np.log(5), (len(TRACES), 4, 1))
    logs[draw.random(logs.shape[:-1]) < kind.lost] = np.nan
    return _judged(np.exp(logs), kind)


def _blocks(draw: np.random.Generator, trace: Floats, kind: Kind) -> Floats:
    """Logarithms of stretches, shape (names, blocks, stretches)."""
    logs = np.log(trace)
    logs = np.median(logs) + kind.noise * (logs - np.median(logs))
    first = draw.integers(len(trace) - len(NAMES) + 1, size=(kind.blocks, 1))
    named = draw.permuted(first + np.arange(len(NAMES)), axis=1)
    found = logs[named]
    turned = draw.random((kind.blocks, len(NAMES))) < 0.5
    found[turned] = found[turned, ::-1]
    return np.swapaxes(found, 0, 1)


def _judged(times: Floats, kind: Kind) -> Session:
    index = pd.MultiIndex.from_product(
        [TRACES, NAMES, range(kind.blocks)], names=["workload", "contender", "block"]
    )
    rows = times.reshape(-1, times.shape[-1])
    first, second = np.split(rows, 2, axis=1)
    values = pd.DataFrame({"real": rows.mean(axis=1)}, index=index)
    halves = pd.DataFrame(
        {"first": np.log(first.mean(axis=1)), "second": np.log(second.mean(axis=1))}, index=index
    )
    run = _run(kind)
    compared = compare(values, PAIRS, ["real"], dict.fromkeys(TRACES, "real"), run["seed"])
    paces = paces_of(run, halves, CELLS)
    findings = Findings(broken=[], paces=paces, halves=halves_by_cell(halves))
    return Session(
        comparisons=[*comparison_rows(run, PAIRS, compared, findings, sentences)],
        paces={cell: (found.pace, found.bound or 0.0) for cell, found in paces.items()},
    )


def _run(kind: Kind) -> RunFile:
    study = {"settled": kind.settled, "why": "", "warmup": 1, "pace_ns": 1, "cut": False}
    plan = {"measures": "steady", "warmup": 8, "iterations": 16, "lengths": {}}
    studies = dict.fromkeys(NAMES, study)
    return cast(
        RunFile,
        {
            "seed": 1,
            "m": len(PAIRS),
            "delta": 0.03,
            "blocks": kind.blocks,
            "status": "complete",
            "contenders": [{"id": name, "label": name} for name in NAMES],
            "workloads": [{**plan, "name": name, "studies": studies} for name in TRACES],
        },
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """How often, in sessions of a kind, something was said.

    `false_runs`: any false claim in a session; `false_claims`: in a comparison without difference;
    `covered`: an interval held the planted ratio; `found`: a planted difference was claimed, with
    the right sign. `paces`: of each word the share of cells that do not drift, `drifting` of those
    that do; `bounds` are the former's.
    """

    false_runs: float
    false_claims: float
    covered: float
    found: float
    paces: Mapping[Pace, float]
    drifting: Mapping[Pace, float]
    bounds: Floats


def rates(kind: Kind, sessions: int, seed: int = 1) -> Rates:
    """Make so many sessions and count."""
    draw = np.random.default_rng(seed)
    false: list[bool] = []
    found: list[bool] = []
    covered: list[bool] = []
    flat: list[Pace] = []
    drifting: list[Pace] = []
    bounds: list[float] = []
    runs: list[bool] = []
    for _ in range(sessions):
        made = session(draw, kind)
        wrong = [*_claims(made, kind, null=True)]
        runs.append(any(wrong))
        false += wrong
        found += _claims(made, kind, null=False)
        for row in made.comparisons:
            if row["low"] is not None and row["high"] is not None:
                covered.append(row["low"] <= _ratio(row, kind) <= row["high"])
        for (_, name), (pace, bound) in made.paces.items():
            if name == "c" and kind.drift:
                drifting.append(pace)
            else:
                flat.append(pace)
                bounds.append(bound)
    return Rates(
        false_runs=_share(runs),
        false_claims=_share(false),
        covered=_share(covered),
        found=_share(found),
        paces={pace: flat.count(pace) / len(flat) for pace in Pace},
        drifting={pace: drifting.count(pace) / len(drifting) for pace in Pace if drifting},
        bounds=np.array(bounds),
    )


def _ratio(row: ComparisonRow, kind: Kind) -> float:
    """The ratio b to a as planted; `d` is always b."""
    return 1 + kind.slower if row["b"] == "d" else 1.0


def _claims(made: Session, kind: Kind, *, null: bool) -> Iterator[bool]:
    for row in made.comparisons:
        if (_ratio(row, kind) == 1) is null:
            faster = ("a faster", "b faster") if null else ("a faster",)
            yield row["verdict"] in faster


def _share(said: list[bool]) -> float:
    return sum(said) / len(said) if said else float("nan")


KINDS = {
    "six blocks": Kind(blocks=6),
    "eight blocks": Kind(),
    "noise as recorded": Kind(noise=1.0),
    "bursts": Kind(bursts=0.05),
    "one bad block": Kind(bad_block=True),
    "one of four differs": Kind(slower=0.5),
    "lost invocations": Kind(lost=0.02),
}


def main() -> None:
    """Print the figures of docs/statistics.md."""
    for trace, times in TRACES.items():
        first, second = np.split(times, 2, axis=1)
        drift, level = np.log(second.mean(1) / first.mean(1)), np.log(times.mean(1))
        steps = np.diff(level).std() / 2**0.5
        print(f"{trace}: {len(times)} processes, {steps:.2f} between them, {drift.std():.2f} drift")
    for name, kind in {**KINDS, "twenty blocks": Kind(blocks=20)}.items():
        made = rates(kind, {8: 2000, 6: 2000, 20: 600}[kind.blocks])
        beyond = ", ".join(
            f"{b:.0%} {(made.bounds > b).mean():.3f}" for b in (0.03, 0.05, 0.1, 0.15)
        )
        print(
            f"{name}: false {made.false_claims:.4f} a claim, {made.false_runs:.3f} a run, covered "
            f"{made.covered:.3f}, found {made.found:.3f}; {_shares(made.paces)}; bounds beyond {beyond}",
            flush=True,
        )
    for noise, blocks in ((0.1, 6), (0.1, 8), (0.2, 8)):
        found = [
            f"{slower:+.0%} {rates(Kind(blocks=blocks, noise=noise, slower=slower), 200).found:.2f}"
            for slower in (0.02, 0.05, 0.1, 0.2)
        ]
        print(f"noise {noise}, {blocks} blocks, found: {', '.join(found)}", flush=True)
    for blocks in (6, 8):
        made = rates(Kind(blocks=blocks, noise=0.1, slower=0.2, lost=0.02), 200)
        print(f"noise 0.1, {blocks} blocks, 2% lost, found: +20% {made.found:.2f}", flush=True)
    for noise in (0.1, 0.2):
        for drift in (0.0, -0.03, -0.05, -0.1, -0.15):
            made = rates(Kind(noise=noise, drift=drift), 200)
            print(
                f"noise {noise}, drift {drift:.0%}: {_shares(made.drifting or made.paces)}",
                flush=True,
            )


def _shares(paces: Mapping[Pace, float]) -> str:
    return ", ".join(f"{pace} {share:.3f}" for pace, share in paces.items() if share)


if __name__ == "__main__":
    main()
