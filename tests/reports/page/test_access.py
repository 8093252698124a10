"""The page for everybody: audited by axe-core, without scripts, printed, and with hostile text."""

import base64
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from scripts.setup import npm
from tests.chromium import Chromium
from tests.reports.page.runs import INVALID, analysed, rendered
from tests.synthetic_run import Break, SyntheticRun

TAB = "\ue004"
RUN = SyntheticRun(workloads=("survey", "keep-alive"), blocks=9, iterations=5, warmup=2)
HOSTILE = replace(
    INVALID,
    hostile=True,
    breaks=(
        Break(contender="node/net", seen="</script><script>alert(2)</script>", repeat_too=True),
    ),
)
LOADED = """return performance.getEntriesByType("resource").map(entry => entry.name)
    .filter(name => !name.startsWith("data:") && !name.startsWith("blob:"))"""
# Folds are opened, so that what lies in them is examined, too.
OPEN = 'document.querySelectorAll("details").forEach(fold => { fold.open = true; })'


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("access")
    texts = {
        name: rendered(analysed(folder / name, run))
        for name, run in (("good", RUN), ("hostile", HOSTILE))
    }
    still = texts["good"].replace("script-src 'sha256-", "script-src 'sha256-0")
    assert still != texts["good"]
    found = {}
    for name, text in (*texts.items(), ("still", still)):
        found[name] = folder / f"{name}.html"
        found[name].write_text(text, encoding="utf-8")
    return found


@pytest.fixture
def browser(chromium: Chromium) -> Iterator[Chromium]:
    chromium.resize(1280, 900)
    chromium.console()
    yield chromium
    chromium.resize(1280, 900)
    chromium.emulate(media="screen")
    chromium.console()


def operate(browser: Chromium) -> None:
    """Bring the page to a state in which most of what it can do is seen."""
    browser.choose('[name="against"]', "node/net")
    browser.choose('[name="language"]', "JavaScript")
    browser.evaluate('document.querySelector(".sort").click()')


@pytest.mark.parametrize(
    ("name", "width", "scheme"),
    [
        ("good", 390, "light"),
        ("good", 390, "dark"),
        ("good", 1280, "light"),
        ("good", 1280, "dark"),
        ("operated", 390, "dark"),
        ("operated", 1280, "light"),
        ("enlarged", 390, "light"),
        ("enlarged", 1280, "dark"),
        ("still", 1280, "light"),
    ],
)
def test_axe_finds_no_violation(
    browser: Chromium,
    repository: Path,
    pages: dict[str, Path],
    name: str,
    width: int,
    scheme: str,
) -> None:
    checker = npm.AXE.path(repository)
    if not checker.exists():
        pytest.skip("axe-core is not here; `make browser` fetches it where npm can.")
    browser.resize(width, 900)
    browser.emulate(prefers_color_scheme=scheme)
    browser.open(pages.get(name, pages["good"]))
    browser.evaluate(OPEN)
    if name == "operated":
        operate(browser)
    elif name == "enlarged":
        browser.evaluate('document.querySelector(".enlarge").click()')
    browser.evaluate(checker.read_text(encoding="utf-8"))
    passed, found = browser.evaluate(
        """return axe.run().then(({ passes, violations }) => [passes.length, violations.map(rule =>
            [rule.id, rule.nodes.length, rule.nodes[0].html.slice(0, 300)])])"""
    )
    assert passed > 15
    assert found == []


def test_the_first_screen_is_painted_and_nothing_is_asked_of_a_network(
    browser: Chromium, pages: dict[str, Path]
) -> None:
    for width in (390, 768, 1280):
        browser.resize(width, 900)
        browser.open(pages["good"])
        assert browser.evaluate("return document.querySelector('h1').checkVisibility()")
        sideways = (
            "const root = document.documentElement; return root.scrollWidth - root.clientWidth"
        )
        assert browser.evaluate(sideways) <= 0
        assert browser.evaluate(LOADED) == []
        assert browser.console() == []


def test_the_policy_stops_a_request_and_a_script_of_somebody_else(
    browser: Chromium, pages: dict[str, Path]
) -> None:
    browser.open(pages["good"])
    browser.evaluate(
        """const element = document.createElement("script");
        element.textContent = "document.title = 'ours now'";
        document.body.append(element);
        new Image().src = "http://127.0.0.1:9/seen";
        fetch("http://127.0.0.1:9/told").catch(() => 0);"""
    )
    assert browser.evaluate("return document.title") != "ours now"
    told = browser.console()
    assert all("Content Security Policy" in line for line in told)
    for stopped in ("inline script", "/seen", "/told"):
        assert any(stopped in line for line in told), stopped


def test_every_stop_of_the_keyboard_is_seen_and_does_something(
    browser: Chromium, pages: dict[str, Path]
) -> None:
    browser.open(pages["good"])
    browser.evaluate("window.stopped = []")
    stop = """const element = document.activeElement, box = element.getBoundingClientRect();
        const scrolls = element.scrollWidth > element.clientWidth
            || element.scrollHeight > element.clientHeight;
        const acts = ["A", "BUTTON", "SELECT", "SUMMARY", "INPUT"].includes(element.tagName);
        const again = window.stopped.includes(element);
        window.stopped.push(element);
        return [again || element === document.body, box.width > 0 && (acts || scrolls),
                element.outerHTML.slice(0, 120)]"""
    dead, count = [], 0
    for count in range(400):
        browser.press(TAB)
        ended, good, told = browser.evaluate(stop)
        if ended:
            break
        dead += [] if good else [told]
    assert dead == []
    assert 20 < count < 120


def test_without_its_script_the_page_stands_still_and_says_the_same(
    browser: Chromium, pages: dict[str, Path]
) -> None:
    shown = """return [...document.querySelectorAll("main :is(h2, h3, td, p)")]
        .filter(element => element.checkVisibility() && !element.closest("#view, .bar"))
        .map(element => element.textContent.replace(/[#\\s]+/g, " ").trim())"""
    browser.open(pages["still"])
    assert not browser.evaluate("return document.getElementById('view').checkVisibility()")
    assert browser.evaluate("return document.querySelector('button:not(#view *)')") is None
    still = browser.evaluate(shown)
    browser.console()
    browser.open(pages["good"])
    assert browser.evaluate("return document.getElementById('view').checkVisibility()")
    assert browser.evaluate(shown) == still


def test_the_page_prints_without_controls(browser: Chromium, pages: dict[str, Path]) -> None:
    browser.open(pages["good"])
    printed = browser.devtools("Page.printToPDF", {"printBackground": True})
    assert base64.b64decode(printed["data"]).startswith(b"%PDF-")
    browser.emulate(media="print")
    seen = """return [...document.querySelectorAll("#view, .enlarge, .bar, .here")]
        .filter(element => element.checkVisibility()).length"""
    assert browser.evaluate(seen) == 0


def test_hostile_text_is_shown_and_never_executed(
    browser: Chromium, pages: dict[str, Path]
) -> None:
    browser.open(pages["hostile"])
    text = "return document.body.innerText"
    assert "<script>alert(1)</script>" in browser.evaluate(text)
    assert "</script><script>alert(2)</script>" in browser.evaluate(
        "return document.getElementById('view-data').nextElementSibling && document.body.textContent"
    )
    for control, value in (("against", "csharp/socket"), ("against", "node/net"), ("of", "first")):
        browser.choose(f'[name="{control}"]', value)
    assert browser.evaluate("return document.querySelectorAll('script').length") == 2
    assert (
        browser.evaluate("return document.querySelector('main b > script, red, li script')") is None
    )
    assert browser.console() == []
