"""The page of a run that still measures, drawn in a process of its own."""

from pathlib import Path

import pytest

from benchmarks.cli.provisional import draw
from results.format import REPORT_FILE
from tests.synthetic_run import SyntheticRun, write_run


@pytest.mark.slow
def test_the_page_says_that_it_is_provisional(tmp_path: Path) -> None:
    run = SyntheticRun(blocks=8, measured=3, workloads=("survey",), contenders=("node/http",))
    folder = write_run(tmp_path / "run", run)
    assert draw(folder, 100.0) is None
    page = (folder / REPORT_FILE).read_text()
    assert "<title>Provisional: awaitbench report" in page
    assert "Provisional, block 3 of 8: the run was still measuring" in page


def test_what_went_wrong_is_said_in_a_few_words(tmp_path: Path) -> None:
    said = draw(tmp_path / "nothing", 60.0)
    assert said is not None and "There is no run" in said


def test_a_page_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    assert draw(tmp_path, 0.001) == "it took over 0 s"
