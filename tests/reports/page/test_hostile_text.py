"""Text from programs, manifests and run folders is shown, never obeyed."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from reports import Analysis
from reports.page.anchors import anchor
from reports.publish import analyse
from results.format import RUN_FILE, SOURCES_FOLDER
from tests.reports.page.document import Element, parse
from tests.reports.page.runs import INVALID, analysed, rendered
from tests.synthetic_run import HOSTILE, Break, write_run

TEX = r"$\frac{1}{0}$ 100 % _x_ ^ {y"
OUR_SCRIPTS = ["application/json", "module"]


@pytest.fixture(scope="module")
def hostile_page(tmp_path_factory: pytest.TempPathFactory) -> Element:
    broken = Break(contender="node/net", seen=HOSTILE, rule="W3", repeat_too=True)
    run = replace(INVALID, hostile=True, breaks=(broken,))
    return parse(rendered(analysed(tmp_path_factory.mktemp("hostile") / "run", run)))


def test_no_markup_comes_from_the_run(hostile_page: Element) -> None:
    assert [e.attributes["type"] for e in hostile_page.all("script")] == OUR_SCRIPTS
    assert hostile_page.all("b", "red") == [
        element for element in hostile_page.by_id("reading-text").all("b")
    ]
    assert hostile_page.text.count("<script>alert(1)</script>") > 10


def test_control_and_direction_characters_are_gone(hostile_page: Element) -> None:
    assert not {"\x1b", "\u202e"} & set(hostile_page.text)


def test_svg_text_is_as_harmless_as_the_rest(hostile_page: Element) -> None:
    for picture in hostile_page.all("svg"):
        assert {e.tag for e in picture.walk()} <= {
            "title",
            "desc",
            "defs",
            "g",
            "path",
            "use",
            "text",
            "tspan",
            "clippath",
            "rect",
        }


def _edited(folder: Path, **changes: Mapping[str, object]) -> str:
    """The page of a run whose first contender and workload were changed on disk."""
    write_run(folder, replace(INVALID, workloads=("survey",), breaks=(), blocks=6))
    run = json.loads((folder / RUN_FILE).read_text())
    run["contenders"][0] |= changes.pop("contender", {})
    run["workloads"][0] |= changes.pop("workload", {})
    (folder / RUN_FILE).write_text(json.dumps(run))
    return rendered(analyse(folder))


def test_labels_are_no_formulas_and_missing_glyphs_no_failure(tmp_path: Path) -> None:
    page = parse(_edited(tmp_path / "run", contender={"label": f"{TEX} 漢字 🙂"}))
    assert any(TEX[:12] in text.text for svg in page.all("svg") for text in svg.all("text"))


def test_a_very_long_label_is_cut_in_charts_and_whole_in_tables(tmp_path: Path) -> None:
    label = "Wide" * 60
    page = parse(_edited(tmp_path / "run", contender={"label": label}))
    drawn = [t.text for svg in page.all("svg") for t in svg.all("text") if "WideWide" in t.text]
    assert drawn and all(text.endswith("…") and len(text) < 120 for text in drawn)
    assert any(label in th.text for th in page.all("th"))


@pytest.mark.parametrize("color", ["red;}*{display:none", "#12345", "url(#x)", "#gggggg", ""])
def test_a_color_that_is_none_is_replaced(tmp_path: Path, color: str) -> None:
    source = _edited(tmp_path / "run", contender={"color": color})
    assert "display:none}*" not in source and "}*{display" not in source
    assert "--series-0:#0072b2" in source


@pytest.mark.parametrize("path", ["../../run.json", "/etc/passwd", "link.txt", "no-such-file.py"])
def test_a_source_outside_the_run_is_not_shown(tmp_path: Path, path: str) -> None:
    folder = tmp_path / "run"
    (tmp_path / "secret.txt").write_text("SECRET root: schedule")
    page_sources = folder / SOURCES_FOLDER / "python"
    page_sources.mkdir(parents=True)
    (page_sources / "link.txt").symlink_to(tmp_path / "secret.txt")
    page = parse(_edited(folder, contender={"sources": [path]}))
    programs = " ".join(program.text for program in page.with_class("program"))
    assert "This file is not in the run’s folder." in programs
    assert not {"SECRET", "root:", "schedule"} & set(programs.replace('"', " ").split())


@pytest.mark.parametrize(
    "params",
    [
        {},
        {"chains": "two", "sites_per_chain": 2, "pings_per_site": 1, "delay_ns": 0},
        {"chains": 0, "sites_per_chain": 2, "pings_per_site": 1, "delay_ns": 0},
        {"chains": True, "sites_per_chain": None, "pings_per_site": -1, "delay_ns": 1.5},
        {"elsewhere": "<i>"},
    ],
)
def test_parameters_that_are_none_of_the_family_s_are_listed(
    tmp_path: Path, params: dict[str, object]
) -> None:
    page = parse(_edited(tmp_path / "run", workload={"params": params}))
    assert "Parameters: " in page.text


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("keep-alive", "workload-keep-alive"),
        ('"><b>', "workload-_1"),
        ("two words", "workload-_1"),
        ("-", "workload-_1"),
        ("x" * 65, "workload-_1"),
    ],
)
def test_only_a_plain_name_makes_an_id(survey: Analysis, name: str, expected: str) -> None:
    workload = survey.run["workloads"][0].copy()
    workload["name"] = name
    run = survey.run.copy()
    run["workloads"] = [workload]
    assert anchor(workload, run) == expected
