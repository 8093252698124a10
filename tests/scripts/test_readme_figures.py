"""Pictures and tables of README and of docs/languages.md, renewed from a run."""

from pathlib import Path

import pytest

from reports import Analysis
from results.errors import UsageError
from scripts.readme import BEGIN, END, main, picture, renewed
from tests.reports.page.runs import SURVEY, analysed
from tests.synthetic_run import write_run

README = (Path(__file__).parents[2] / "README.md").read_text()


@pytest.fixture(scope="module")
def survey(tmp_path_factory: pytest.TempPathFactory) -> Analysis:
    return analysed(tmp_path_factory.mktemp("run") / "run", SURVEY)


PING = BEGIN.format("ping")


def test_what_stands_between_the_markers_is_from_the_run(survey: Analysis) -> None:
    text = renewed(README, survey, "README.md")
    before, _, rest = README.partition(PING)
    assert text.startswith(before + PING) and text.endswith(rest.partition(END)[2])
    own = text.partition(PING)[2].partition(END)[0]
    assert survey.run["id"] in own and survey.run["machine"]["cpu"] in own
    rows = [line for line in own.splitlines() if line.startswith("| ")]
    assert len(rows) == 2 + 2 + 7
    assert any(row.startswith("| C# HttpClient | **fastest** ") for row in rows)
    assert renewed(text, survey, "README.md") == text


def test_the_picture_is_drawn_beside_it(tmp_path: Path) -> None:
    (tmp_path / "docs/images").mkdir(parents=True)
    folder = write_run(tmp_path / "run", SURVEY)
    for page, link in (
        ("README.md", "docs/images/overview.png"),
        ("docs/languages.md", "images/languages.png"),
    ):
        (tmp_path / page).write_text(f"a\n{PING}\nold\n{END}\nb\n")
        assert main(str(folder), page, root=tmp_path) == 0
        assert (tmp_path / picture(page, "ping")).read_bytes().startswith(b"\x89PNG")
        text = (tmp_path / page).read_text()
        assert f"]({link})" in text and "old" not in text


def test_what_a_run_did_not_measure_stays(survey: Analysis) -> None:
    other = f"{BEGIN.format('await')}\nof another run\n{END}\n"
    text = renewed(f"{PING}\nold\n{END}\n{other}", survey, "docs/languages.md")
    assert "\nold\n" not in text and text.endswith(other)
    with pytest.raises(UsageError, match="with a SET that the run measured: ping"):
        renewed(other, survey, "docs/languages.md")


def test_without_markers_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "README.md").write_text("nothing\n")
    assert main(str(write_run(tmp_path / "run", SURVEY)), root=tmp_path) == 2
    assert "README.md must hold" in capsys.readouterr().err
    assert (tmp_path / "README.md").read_text() == "nothing\n"
