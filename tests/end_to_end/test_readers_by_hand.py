"""Languages without JSON read jobs by hand, as strictly as the others do by a library."""

import json

import pytest

from tests.end_to_end.programs import tell

PROGRAMS = ("c/epoll", "java/socket")
PARAMS = {
    "chains": [["127.0.0.1:1", "[::1]:1"], ["127.0.0.2:1"]],
    "path": "/x",
    "connection": "close",
    "timeout_ns": 10**9,
}
JOB = {"family": "ping", "iterations": 2, "params": PARAMS}
GOOD = json.dumps(JOB)


def params(**change: object) -> str:
    """A job with other params; those that are None are left out."""
    changed = {key: value for key, value in {**PARAMS, **change}.items() if value is not None}
    return json.dumps({**JOB, "params": changed})


BAD = {
    "nothing": "",
    "no object": "[]",
    "cut off": GOOD[:-1],
    "cut off in a string": GOOD[:12],
    "something after it": GOOD + "1",
    "a member twice": GOOD[:-1] + ', "family": "ping"}',
    "a member more": GOOD[:-1] + ', "more": [{}, "x", -1.5e3, null]}',
    "no comma": GOOD.replace(", ", " ", 1),
    "a comma too many": GOOD.replace("]]", ",]]"),
    "an escape": GOOD.replace("/x", "\\/x"),
    "a fraction": GOOD.replace(": 2,", ": 2.0,"),
    "an endless number": GOOD.replace(": 2,", f": {10**30},"),
    "below zero": GOOD.replace(": 2,", ": -2,"),
    "no iteration": GOOD.replace(": 2,", ": 0,"),
    "deep nesting": GOOD.replace('"/x"', "[" * 9000 + "]" * 9000),
    "no chain": params(chains=[]),
    "an empty chain": params(chains=[["127.0.0.1:1"], []]),
    "a site that is a number": params(chains=[[1]]),
    "a chain that is a site": params(chains=["127.0.0.1:1"]),
    "a port too high": params(chains=[["127.0.0.1:65536"]]),
    "a port that is none": params(chains=[["127.0.0.1:x"]]),
    "no host": params(chains=[[":80"]]),
    "half a bracket": params(chains=[["[::1:80"]]),
    "a path without its slash": params(path="x"),
    "another connection": params(connection="Close"),
    "no time": params(timeout_ns=0),
    "too much time": params(timeout_ns=10**15),
    "no path": params(path=None),
}


@pytest.mark.parametrize("program", PROGRAMS)
def test_white_space_and_order_do_not_matter(program: str) -> None:
    turned = {key: JOB[key] for key in ("params", "iterations", "family")}
    for job in (GOOD, json.dumps(turned, separators=(",", ":")), GOOD.replace(" ", "\t ")):
        done = tell(program, job)
        assert (done.returncode, done.stderr) == (0, "")
        _, first, second, end = map(json.loads, done.stdout.splitlines())
        assert (first["iteration"], second["iteration"], end) == (0, 1, {"done": True})
        assert [[ping[4] for ping in chain] for chain in first["pings"]] == [
            ["refused", "refused"],
            ["refused"],
        ]


@pytest.mark.parametrize("job", BAD)
@pytest.mark.parametrize("program", PROGRAMS)
def test_what_is_no_job_is_refused_in_one_line(program: str, job: str) -> None:
    done = tell(program, BAD[job])
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert [line[:10] for line in done.stdout.splitlines()] == ['{"ready":1']
