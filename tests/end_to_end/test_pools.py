"""A pool without a worker would never be done: every language refuses such a job."""

import json
import subprocess

import pytest

from runners.discovery import discover
from runners.roster import all_contenders
from tests.end_to_end.programs import tell

POOLS = [
    name
    for name, contender in all_contenders(discover()).items()
    if "parallel-cpu" in contender.families
]


def do(program: str, workers: int) -> "subprocess.CompletedProcess[str]":
    """Have a program do two small jobs of `parallel-cpu` with so many workers."""
    params = {"size": 2, "seed": 1, "rounds": 3, "workers": workers}
    return tell(program, json.dumps({"family": "parallel-cpu", "iterations": 1, "params": params}))


@pytest.mark.parametrize("program", POOLS)
def test_a_job_without_a_worker_is_refused_in_a_sentence(program: str) -> None:
    refused = do(program, 0)
    assert (refused.returncode, len(refused.stderr.splitlines())) == (2, 1)
    assert (do(program, 1).returncode, do(program, 2).returncode) == (0, 0)
