"""The page of a run in which all went well."""

import base64
import hashlib
import re
from dataclasses import replace
from pathlib import Path

import pytest

from reports import Analysis
from reports.words.headline import headline
from tests.reports.page.document import Element
from tests.reports.page.runs import rendered

# The run's own files, in the folder in which the page lies.
BESIDE = {"summary.json", "run.json", "invocations.jsonl", "pings.bin"}
LOADING = ("src", "srcset", "action", "poster", "data", "background", "ping", "manifest")


def test_the_page_loads_nothing_and_runs_its_own_script_alone(survey_page: Element) -> None:
    types = [element.attributes for element in survey_page.all("script")]
    assert types == [{"type": "application/json", "id": "view-data"}, {"type": "module"}]
    assert survey_page.all("link", "img", "iframe", "object", "embed", "base") == []
    for element in survey_page.walk():
        assert not any(name in element.attributes for name in LOADING), element.tag
        assert not any(name.startswith("on") for name in element.attributes), element.tag
        assert "style" not in element.attributes, element.tag
    targets = [e.attributes["href"] for e in survey_page.walk() if "href" in e.attributes]
    assert {target for target in targets if not target.startswith("#")} == BESIDE
    (style,) = survey_page.all("style")
    assert "@import" not in style.text
    assert all(found.startswith("#") for found in re.findall(r"url\(([^)]*)", style.text))


def test_the_policy_admits_the_page_s_own_style_and_script_and_nothing_else(
    survey_file: Path, survey_page: Element
) -> None:
    policy, *_ = (
        m.attributes["content"] for m in survey_page.all("meta") if "http-equiv" in m.attributes
    )
    source = survey_file.read_text(encoding="utf-8")
    hashes = {}
    for tag in ("style", 'script type="module"'):
        found = re.search(f"<{tag}>(.*?)</{tag.split()[0]}>", source, re.DOTALL)
        assert found is not None
        digest = hashlib.sha256(found[1].encode()).digest()
        hashes[tag.split()[0]] = base64.b64encode(digest).decode()
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{hashes['style']}'; "
        f"script-src 'sha256-{hashes['script']}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def test_ids_are_unique_and_every_reference_finds_its_target(survey_page: Element) -> None:
    ids = [element.attributes["id"] for element in survey_page.walk() if "id" in element.attributes]
    assert len(ids) == len(set(ids))
    wanted = set()
    for element in survey_page.walk():
        values = element.attributes
        wanted |= set(values.get("aria-labelledby", "").split())
        wanted |= {values["href"][1:]} if values.get("href", "").startswith("#") else set()
        wanted |= {name for v in values.values() for name in re.findall(r"url\(#([^)]+)\)", v)}
    assert wanted <= set(ids)


def test_every_heading_can_be_linked(survey_page: Element) -> None:
    (main,) = survey_page.all("main")
    headings = main.all("h2", "h3", "h4", "h5")
    assert len(headings) > 20 and all(heading.attributes.get("id") for heading in headings)


def test_headings_descend_one_level_at_a_time(survey_page: Element) -> None:
    levels = [int(e.tag[1]) for e in survey_page.all("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(deeper <= level + 1 for level, deeper in zip(levels, levels[1:]))


def test_a_screen_reader_finds_landmarks_tables_and_pictures(survey_page: Element) -> None:
    (html,) = survey_page.all("html")
    assert html.attributes["lang"] == "en-GB"
    for landmark in ("header", "nav", "main", "footer"):
        assert len(survey_page.all(landmark)) == 1, landmark
    for table in survey_page.all("table"):
        assert table.children[0].tag == "caption" and table.children[0].text
        assert all(th.attributes.get("scope") for th in table.all("th"))
        assert all(row.children[0].tag == "th" for row in table.all("tr"))
    for picture in survey_page.all("svg"):
        assert picture.attributes["role"] == "img"
        named = [survey_page.by_id(i) for i in picture.attributes["aria-labelledby"].split()]
        assert [e.tag for e in named] == ["title", "desc"] and all(e.text for e in named)


def test_what_scrolls_can_be_reached_with_the_keyboard(survey_page: Element) -> None:
    (first, *_) = survey_page.all("a")
    assert first.attributes == {"class": "skip", "href": "#answer"}
    for area in [*survey_page.with_class("scroll"), *survey_page.all("pre")]:
        assert area.attributes["tabindex"] == "0"
        assert area.attributes["role"] == "region"
        assert {"aria-label", "aria-labelledby"} & set(area.attributes)


def test_the_first_lines_are_headline_badges_and_one_line_of_warning(
    survey: Analysis, survey_page: Element
) -> None:
    (header,) = survey_page.all("header")
    assert header.all("h1")[0].text == f"{headline(survey)}."
    badges = [badge.text for badge in header.with_class("badges")[0].all("li")]
    assert any("pings proven" in badge for badge in badges)
    assert any(re.search(r"blocks differ 1\.\d\d×, some", badge) for badge in badges)
    assert survey.run["machine"]["cpu"] in badges[-1]
    (warnings,) = header.with_class("notices")
    assert warnings.tag == "details" and "open" not in warnings.attributes
    assert "ruby skipped" in warnings.children[0].text


def test_the_overview_precedes_cards_and_cards_the_matrix(survey_page: Element) -> None:
    order = [
        e.attributes.get("class", e.tag)
        for e in survey_page.all("main")[0].walk()
        if e.tag == "figure" or e.attributes.get("class") in ("cards", "matrix", "limits")
    ]
    assert order[:4] == ["figure", "cards", "matrix", "limits"]


def test_the_first_screen_answers_with_the_summary_s_sentences(
    survey: Analysis, survey_page: Element
) -> None:
    client, raw = survey_page.with_class("reply")
    sentences = [row["sentence"] for row in survey.summary["comparisons"] if row["sentence"]]
    for reply, winner in ((client, "C# HttpClient"), (raw, "C# Socket")):
        (lead,) = reply.with_class("lead")
        assert lead.text.startswith(f"{winner} fastest")
        assert "faster" in reply.attributes["class"]
        assert any(sentence in reply.text for sentence in sentences)
        assert "95 % interval" in reply.text


def test_the_matrix_has_each_contender_s_ratio_time_and_word(survey_page: Element) -> None:
    told = {e.attributes["data-contender"]: e for e in _told(survey_page)}
    assert len(told) == 7
    assert told["csharp/socket"].attributes["class"] == "told fastest"
    assert re.search(r"^C# Socket fastest [\d.]+ ms [\d.]+–[\d.]+ ms$", told["csharp/socket"].text)
    assert told["python/httpx"].attributes["class"] == "told slower"
    assert re.search(
        r"^Python httpx [\d.]+× slower [\d.]+ ms [\d.]+–[\d.]+$", told["python/httpx"].text
    )


def test_each_cell_of_the_matrix_leads_to_its_row_and_the_section_back(
    survey_page: Element,
) -> None:
    for told in _told(survey_page):
        (link,) = told.all("a")
        row = survey_page.by_id(link.attributes["href"][1:])
        assert row.tag == "tr"
        assert row.attributes["data-contender"] == told.attributes["data-contender"]
    (section,) = survey_page.with_class("workload")
    assert "#matrix-section" in [a.attributes["href"] for a in section.all("a")]


def test_the_legend_explains_what_occurs_and_nothing_else(survey_page: Element) -> None:
    (legend,) = survey_page.with_class("legend")
    symbols = {e.text for t in _told(survey_page) for e in _symbols(t)}
    assert {e.text for e in _symbols(legend)} == symbols


def test_a_workload_shows_the_survey_s_figures_and_what_it_costs(survey_page: Element) -> None:
    heads = {
        table.children[0].text: [th.text for th in table.all("thead")[0].all("th")]
        for table in survey_page.all("table")
    }
    assert heads["survey: Time of one iteration"] == [
        "Contender",
        "Real time, ms",
        "First iteration, ms",
        "Total time, ms",
        "Concurrency",
        "Origin’s bound, ms",
        "Real − bound, ms",
    ]
    sites = heads["survey: Time per site, the mean of one ping there"]
    assert sites[1:] == [f"Chain {c}, site {s}, ms" for c in (1, 2) for s in (1, 2)]
    costs = heads["survey: What it costs, from the first moment to the slowest ping"]
    assert [head.split(",")[0] for head in costs] == [
        "Contender",
        "Start-up",
        "CPU",
        "Client",
        "Peak memory",
        "Ping p50",
    ]
    section = survey_page.by_id("workload-survey")
    assert section.text == "survey"
    assert "rests on the program’s clock alone" in survey_page.text


def test_all_charts_are_there_in_both_widths_with_their_data(survey_page: Element) -> None:
    overview, *figures = survey_page.all("figure")
    assert overview.all("h3")[0].text == "All workloads at a glance"
    headings = [figure.all("h4")[0].text for figure in figures]
    assert headings == [
        "Ratios, and the blocks behind them",
        "Single pings, to the slowest",
        "One iteration as it happened",
        "A process’s life",
        "What speed costs",
    ]
    assert all(len(figure.all("svg")) == 2 for figure in (overview, *figures))
    assert [len(figure.all("table")) for figure in figures] == [1, 1, 1, 1, 0]


def test_machine_plan_command_and_sources_are_told(survey: Analysis, survey_page: Element) -> None:
    facts = {
        d.children[0].text: d.children[1].text
        for f in survey_page.with_class("facts")
        for d in f.children
    }
    assert facts["Seed"] == "1"
    assert facts["Ping programs had"] == "1 CPU (number 0)"
    assert facts["Corrected for"] == "9 comparisons (m)"
    assert facts["Margin of equivalence"] == "±3 % (δ)"
    assert survey.folder.run["command"] in survey_page.with_class("repeat")[0].text
    programs = survey_page.with_class("program")
    assert len(programs) == 7
    assert "await ping() // httpclient <b>&amp;" in " ".join(p.text for p in programs)


def test_rendering_is_a_function_of_the_run(survey: Analysis, survey_file: Path) -> None:
    assert rendered(survey) == survey_file.read_text(encoding="utf-8")


@pytest.mark.parametrize("word", ["max-T", "90 % interval lies within ±3 %", "not corrected"])
def test_the_page_says_how_to_read_it(survey_page: Element, word: str) -> None:
    assert word in survey_page.text


def _told(page: Element) -> list[Element]:
    return [e for e in page.with_class("told") if "data-contender" in e.attributes]


def _symbols(element: Element) -> list[Element]:
    return [replace(e, attributes={}) for e in element.with_class("symbol")]
