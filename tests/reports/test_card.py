"""The picture to share: its size, its rows, and what hostile text cannot do."""

import struct
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

from reports import Analysis
from reports.analysis.standing import Against
from reports.card import rows_of, write_card
from reports.publish import write
from reports.words.headline import headline
from tests.reports.page.runs import SURVEY, analysed
from tests.synthetic_run import SyntheticRun


def test_both_files_have_the_shape_of_a_preview(survey: Analysis, tmp_path: Path) -> None:
    svg, png = write_card(survey, tmp_path)
    assert (svg.name, png.name) == ("card.svg", "card.png")
    assert struct.unpack(">II", png.read_bytes()[16:24]) == (1200, 630)
    root = ElementTree.fromstring(svg.read_text())
    assert root.attrib["viewBox"] == "0 0 1200 630"
    told = " ".join("".join(root.itertext()).split())
    run, suite = survey.run, survey.run["suite"]
    assert suite is not None
    for due in (run["id"], run["started"][:10], run["machine"]["cpu"], suite["version"]):
        assert due in told
    assert headline(survey)[:40] in told


def test_a_row_has_the_two_best_and_their_ratio(survey: Analysis) -> None:
    rows = rows_of(survey)
    standings = survey.standings["survey"]
    assert [(row.best, row.next) for row in rows] == [
        (s.places[0].contender, s.rivals[0].contender) for s in standings
    ]
    assert [row.ratio for row in rows] == [s.rivals[0].ratio for s in standings]
    assert {row.verdict for row in rows} <= set(Against)


def test_it_comes_with_the_page_of_a_complete_run_alone(tmp_path: Path) -> None:
    for name, measured in (("whole", None), ("part", 3)):
        analysis = analysed(tmp_path / name, replace(SURVEY, blocks=6, measured=measured))
        write(analysis, ("html",))
        assert (tmp_path / name / "card.png").is_file() is (measured is None)


def test_hostile_text_is_text(tmp_path: Path) -> None:
    run = SyntheticRun(workloads=("survey",), blocks=6, iterations=3, warmup=1, hostile=True)
    svg, _ = write_card(analysed(tmp_path / "run", run), tmp_path)
    tags = {e.tag.rpartition("}")[2] for e in ElementTree.fromstring(svg.read_text()).iter()}
    assert not {"script", "a", "image", "foreignObject"} & tags


def test_the_same_run_gives_the_same_bytes(survey: Analysis, tmp_path: Path) -> None:
    files = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        files.append([file.read_bytes() for file in write_card(survey, tmp_path / name)])
    assert files[0] == files[1]
