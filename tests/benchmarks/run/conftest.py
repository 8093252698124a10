"""A store with the plan of two small blocks."""


import pytest

from benchmarks.run.store import OUT_VARIABLE, RunStore
from tests.benchmarks.run.lines import run_of
from tests.benchmarks.run.sessions import SCHEDULE


@pytest.fixture
def store(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> RunStore:
    monkeypatch.setenv(OUT_VARIABLE, str(tmp_path))
    return RunStore.create(run_of("one", SCHEDULE), [])
