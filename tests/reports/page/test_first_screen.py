"""What a reader with ten seconds sees: the first 900 pixels of a page 1,280 wide."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from reports import Analysis
from tests.chromium import Chromium
from tests.reports.page.runs import analysed, rendered
from tests.synthetic_run import SyntheticRun

MOST_WORDS = 120
# Words that can be read above the fold, without what a chart draws.
WORDS = """
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
        const parent = walker.currentNode.parentElement;
        if (parent.closest("svg, .unseen, .skip, style, script") || !parent.checkVisibility())
            continue;
        const range = document.createRange();
        range.selectNodeContents(walker.currentNode);
        const box = range.getBoundingClientRect();
        if (box.width > 0 && box.top < innerHeight)
            found.push(...walker.currentNode.textContent.split(/\\s+/));
    }
    return found.filter(word => /[\\p{L}\\d]/u.test(word));"""
CHART = """const box = document.querySelector("main .wide svg").getBoundingClientRect();
    return [box.top, box.bottom];"""
SMALL = """return [...document.querySelectorAll("body *")].filter(element =>
        !element.closest("svg") && element.checkVisibility()
        && [...element.childNodes].some(node => node.nodeType === 3 && node.textContent.trim())
        && parseFloat(getComputedStyle(element).fontSize) < 13.99
    ).map(element => element.outerHTML.slice(0, 80))"""


@pytest.fixture(scope="module")
def four(tmp_path_factory: pytest.TempPathFactory) -> Analysis:
    """Seven contenders in four workloads, with their pace."""
    run = SyntheticRun(blocks=8, iterations=12, young=3, warmup=4, measures="steady", flat=True)
    return analysed(tmp_path_factory.mktemp("four") / "run", run)


@pytest.fixture(scope="module")
def page(four: Analysis, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("page") / "report.html"
    file.write_text(rendered(four), encoding="utf-8")
    return file


@pytest.fixture
def browser(chromium: Chromium, page: Path) -> Iterator[Chromium]:
    chromium.resize(1280, 900)
    chromium.open(page)
    yield chromium
    chromium.resize(1280, 900)


def test_the_first_screen_holds_the_chart_and_few_words(browser: Chromium) -> None:
    top, bottom = browser.evaluate(CHART)
    assert 0 < top < bottom < 900
    words = browser.evaluate(WORDS)
    assert 40 < len(words) < MOST_WORDS, " ".join(words)


def test_contents_stay_in_view_where_there_is_room_and_fold_where_not(browser: Chromium) -> None:
    top = """window.scrollTo(0, 5000);
        const link = document.querySelector(".contents a[href='#machine']");
        return [link.checkVisibility({contentVisibilityAuto: true, checkVisibilityCSS: true}),
            link.getBoundingClientRect().top]"""
    shown, at = browser.evaluate(top)
    assert shown and 0 < at < 900
    browser.resize(390, 844)
    summary = "return document.querySelector('.contents summary').getBoundingClientRect().top"
    assert -1 <= browser.evaluate(summary) < 20
    assert browser.evaluate(top)[0] is False


def test_narrow_the_matrix_stands_workload_by_workload_with_nothing_out_of_sight(
    browser: Chromium,
) -> None:
    outside = """return [...document.querySelectorAll(".matrix .told, .matrix .told *")]
        .filter(e => e.getBoundingClientRect().width
            && (e.getBoundingClientRect().right > innerWidth + 1 || e.scrollWidth > innerWidth))
        .map(e => e.textContent)"""
    order = """return [...document.querySelectorAll(".matrix tr[data-workload]")].map(row =>
        [row.querySelector("th").getBoundingClientRect().bottom,
         row.querySelector(".told").getBoundingClientRect().top])"""
    for width in (320, 390, 700, 855, 1280):
        browser.resize(width, 900)
        assert browser.evaluate(outside) == [], width
        below = [head <= cell + 1 for head, cell in browser.evaluate(order)]
        assert all(below) is (width <= 855), width


def test_no_text_is_smaller_than_fourteen_pixels(browser: Chromium) -> None:
    assert browser.evaluate(SMALL) == []
