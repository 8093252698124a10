"""The page in a real browser: on a phone, in the dark, printed, by keyboard."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.chromium import Chromium
from tests.reports.page.runs import INVALID, KEEP_ALIVE, analysed, rendered

TAB = "\ue004"
OVERFLOW = "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
VISIBLE_CHARTS = """return [...document.querySelectorAll("svg.chart")]
    .filter(svg => svg.getBoundingClientRect().width > 0)
    .map(svg => Math.round(svg.getBoundingClientRect().width))"""


@pytest.fixture
def browser(chromium: Chromium) -> Iterator[Chromium]:
    yield chromium
    chromium.resize(1280, 900)
    chromium.emulate(media="screen")


def files(tmp_path: Path, survey_file: Path) -> list[Path]:
    """A good page, one with rules broken, one with another shape."""
    result = [survey_file]
    for name, run in (("invalid", INVALID), ("keep-alive", KEEP_ALIVE)):
        file = tmp_path / f"{name}.html"
        file.write_text(rendered(analysed(tmp_path / name, run)), encoding="utf-8")
        result.append(file)
    return result


def test_no_width_makes_the_page_scroll_sideways_or_complain(
    browser: Chromium, survey_file: Path, tmp_path: Path
) -> None:
    for file in files(tmp_path, survey_file):
        for width in (320, 360, 640, 768, 1280, 1920):
            browser.resize(width, 800)
            browser.open(file)
            assert browser.evaluate(OVERFLOW) <= 0, (file.name, width)
            assert browser.console() == []


def test_a_phone_gets_the_narrow_charts_and_a_desktop_the_wide(
    browser: Chromium, survey_file: Path
) -> None:
    browser.open(survey_file)
    for width, expected in ((360, 328), (1280, 952)):
        browser.resize(width, 800)
        assert browser.evaluate(VISIBLE_CHARTS) == [expected] * 6


def test_drawn_text_stays_inside_its_drawing(browser: Chromium, survey_file: Path) -> None:
    browser.open(survey_file)
    for width in (360, 1280):
        browser.resize(width, 800)
        outside = browser.evaluate(
            """return [...document.querySelectorAll("svg.chart text")].filter(text => {
                const own = text.getBoundingClientRect();
                const all = text.ownerSVGElement.getBoundingClientRect();
                return own.width && (own.left < all.left - 1 || own.right > all.right + 1
                    || own.top < all.top - 1 || own.bottom > all.bottom + 1);
            }).map(text => text.textContent)"""
        )
        assert outside == []


def test_charts_and_page_follow_the_reader_s_dark_mode(
    browser: Chromium, survey_file: Path
) -> None:
    colors = """const of = (selector, property) =>
            getComputedStyle(document.querySelector(selector))[property];
        return [of("body", "backgroundColor"), of("svg.chart text", "fill"), of(".key", "color")]"""
    browser.resize(1280, 900)
    browser.open(survey_file)
    seen = {}
    for scheme in ("light", "dark"):
        browser.emulate(prefers_color_scheme=scheme)
        seen[scheme] = browser.evaluate(colors)
    assert seen["light"][:2] == ["rgb(255, 255, 255)", "rgb(87, 96, 106)"]
    assert seen["dark"][:2] == ["rgb(20, 23, 26)", "rgb(163, 172, 183)"]
    assert seen["light"][2] != seen["dark"][2]


def test_print_opens_what_is_folded_and_cuts_no_chart(browser: Chromium, survey_file: Path) -> None:
    browser.resize(794, 1123)
    browser.open(survey_file)
    folded = 'return document.querySelector("details:not([open]) td").checkVisibility()'
    heights = """return [...document.querySelectorAll(".wide svg")]
        .map(svg => svg.getBoundingClientRect().height)"""
    assert not browser.evaluate(folded)
    browser.emulate(media="print", prefers_color_scheme="dark")
    assert browser.evaluate(folded)
    assert max(browser.evaluate(heights)) < 1000
    background = "return getComputedStyle(document.body).backgroundColor"
    assert browser.evaluate(background) == "rgb(255, 255, 255)"


def test_the_keyboard_reaches_the_answer_and_every_table(
    browser: Chromium, survey_file: Path
) -> None:
    browser.resize(360, 800)
    browser.open(survey_file)
    browser.press(TAB)
    first = "return [document.activeElement.className, document.activeElement.textContent]"
    assert browser.evaluate(first) == ["skip", "Skip to the answer"]
    seen = 'return document.querySelector(".skip").getBoundingClientRect().top >= 0'
    assert browser.evaluate(seen)
    reached = set()
    for _ in range(80):
        browser.press(TAB)
        reached.add(browser.evaluate("return document.activeElement.className"))
        if "scroll" in reached:
            break
    assert "scroll" in reached
    outline = "return getComputedStyle(document.activeElement).outlineStyle"
    assert browser.evaluate(outline) == "solid"
