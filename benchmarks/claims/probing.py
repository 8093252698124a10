"""Runs probes: a fresh process for each, two at a time, each within its limit.

Two at a time means two helpers, each of which adopts the orphans of its own programs: what a
program leaves behind is found among the children of its harness, so that one harness can watch
only one program.
"""

import ctypes
import multiprocessing
import os
import signal
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from types import FrameType
from typing import Any

from benchmarks.claims.record import FAMILY, Facts, SemanticsFormat, SemanticsRecord
from results.errors import MissingError, RefusedError
from results.text import gist
from runners import descendants
from runners.invocation import invoke
from runners.observation import Observation
from runners.protocol import Job
from runners.spawning import Start, machine_calls

PROBE_LIMIT_S = 8.0
AT_ONCE = 2

_DECLINED = 2
_PR_SET_PDEATHSIG = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One probe of one runner, and how to start the program that has it."""

    runner: str
    probe: str
    start: Start


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of a probe. Where it did not end well, the only fact is its `outcome`.

    `trouble` tells in words what went wrong. A probe that is not `offered` is a blank cell, and so
    is one whose program was not `started`: that shows nothing of the language.
    """

    runtime: str | None
    facts: Facts = field(default_factory=dict)
    info: Mapping[str, Any] = field(default_factory=dict)
    trouble: str | None = None
    offered: bool = True
    started: bool = True


def run_probes(
    questions: Sequence[Question], limit_s: float = PROBE_LIMIT_S
) -> Iterator[tuple[Question, Answer]]:
    """Ask all questions and yield each with its answer, in their order, as soon as it is known.

    Raises MissingError.
    """
    context = multiprocessing.get_context("spawn")
    try:
        pool = ProcessPoolExecutor(
            max_workers=max(1, min(AT_ONCE, len(questions))),
            mp_context=context,
            initializer=_become_helper,
            initargs=(os.getpid(),),
        )
    except (ImportError, OSError) as error:
        raise RefusedError(
            f"Processes cannot share a semaphore here ({error}): `semantics` needs a /dev/shm that "
            "can be written to."
        ) from error
    try:
        with machine_calls():
            waiting = [(each, pool.submit(run_probe, each, limit_s)) for each in questions]
        for question, future in waiting:
            yield question, future.result()
    except BrokenProcessPool as error:
        raise MissingError(
            "A process that runs probes was killed, perhaps for lack of memory; " "start again."
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


def run_probe(question: Question, limit_s: float = PROBE_LIMIT_S) -> Answer:
    """Run one probe in a process of its own. The caller must be its orphans' subreaper."""
    job = Job(family=FAMILY, iterations=1, params={"probe": question.probe})
    seen = invoke(question.start, job, records=SemanticsFormat(), job_limit_s=limit_s)
    return answer_in(seen, limit_s)


def answer_in(seen: Observation[SemanticsRecord], limit_s: float) -> Answer:
    """Put an invocation into words: facts, a blank, or what went wrong."""
    if seen.runtime is not None and seen.first_record_ns is None and seen.exit_status == _DECLINED:
        return Answer(runtime=seen.runtime, offered=False, trouble=gist(seen.stderr))
    if seen.lacks is not None or not seen.spoke:
        trouble = seen.lacks or seen.findings[0].seen
        return Answer(runtime=None, started=False, trouble=trouble)
    if seen.findings:
        late = seen.stopped and seen.job_ns is not None and seen.first_record_ns is None
        return Answer(
            runtime=seen.runtime,
            facts={"outcome": "hang" if late else "failed"},
            trouble=f"no answer within {limit_s:g} s" if late else seen.findings[0].seen,
        )
    (observed,) = seen.records
    return Answer(runtime=seen.runtime, facts=observed.facts, info=observed.info)


def _become_helper(parent: int) -> None:
    """Adopt orphans, and end, with the program under way, when the harness does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the harness decides what to do about Ctrl-C
    signal.signal(signal.SIGTERM, _leave)
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
    if os.getppid() != parent:
        raise SystemExit(1)
    descendants.become_subreaper()


def _leave(number: int, frame: FrameType | None) -> None:
    # Raising would end the probe only, not the helper, which then waits for work for ever.
    descendants.kill_strays(())
    os._exit(1)
