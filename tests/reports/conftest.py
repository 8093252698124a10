"""Runs and pages that several tests look at, made once."""

from pathlib import Path

import pytest

from reports import Analysis
from tests.reports.page.document import Element, parse
from tests.reports.page.runs import SURVEY, analysed, rendered


@pytest.fixture(scope="session")
def survey(tmp_path_factory: pytest.TempPathFactory) -> Analysis:
    """One workload, seven contenders, nothing wrong."""
    return analysed(tmp_path_factory.mktemp("survey") / "run", SURVEY)


@pytest.fixture(scope="session")
def survey_file(survey: Analysis, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its page on disk."""
    file = tmp_path_factory.mktemp("page") / "report.html"
    file.write_text(rendered(survey), encoding="utf-8")
    return file


@pytest.fixture(scope="session")
def survey_page(survey_file: Path) -> Element:
    """Its page, parsed."""
    return parse(survey_file.read_text(encoding="utf-8"))
