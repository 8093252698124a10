"""The page in a real browser, operated: sorted, filtered, seen from a baseline, enlarged."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from reports.publish import analyse
from results.format import SOURCES_FOLDER
from tests.chromium import Chromium
from tests.fakes.command_line import DEADLINE_S, comes_true
from tests.reports.page.runs import rendered
from tests.synthetic_run import SyntheticRun, write_run

ENTER, ESCAPE, RIGHT, DOWN = "\ue007", "\ue00c", "\ue014", "\ue015"
RUN = SyntheticRun(workloads=("survey", "sequential"), blocks=9, iterations=6, warmup=2)

ENTRIES = """return Object.fromEntries([...document.querySelectorAll(".matrix .told[data-contender]")]
    .filter(entry => entry.checkVisibility())
    .map(entry => [`${entry.dataset.workload} ${entry.dataset.contender}`,
                   entry.textContent.replace(/\\s+/g, " ").trim()]))"""
COLUMN = """const table = document.querySelector(arguments[0]);
    return [...table.tBodies].map(body => [...body.rows].filter(row => row.cells[1])
        .map(row => Number(row.cells[arguments[1]].dataset.value)))"""
FIGURES = 'section[data-workload="sequential"] table:has(td[data-metric])'
# In each language's programs the line of one function, and its head.
HEADS = {
    "python": ("    async def chain(self, targets):", 20),
    "csharp": ("    private static async Task ChainAsync(Target[] targets, int slot)", 70),
    "node": ("  async chain(targets, slot) {", 40),
}


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two workloads, two tiers, three languages."""
    folder = tmp_path_factory.mktemp("view")
    file = folder / "report.html"
    run = write_run(folder / "run", RUN)
    for language, (head, place) in HEADS.items():
        for source in (run / SOURCES_FOLDER / language).iterdir():
            lines = ["..."] * 120
            lines[place] = head
            source.write_text("\n".join(lines), encoding="utf-8")
    file.write_text(rendered(analyse(run)), encoding="utf-8")
    return file


@pytest.fixture
def browser(chromium: Chromium, page: Path) -> Iterator[Chromium]:
    chromium.resize(1280, 900)
    chromium.console()
    at(chromium, page, "")
    yield chromium
    assert chromium.console() == []
    chromium.resize(1280, 900)
    chromium.emulate(media="screen")


def at(browser: Chromium, page: Path, address: str) -> None:
    """Open the page anew at an address of its own."""
    browser.devtools("Page.navigate", {"url": "about:blank"})
    browser.devtools("Page.navigate", {"url": f"{page.resolve().as_uri()}{address}"})
    for _ in range(200):
        if browser.evaluate(
            "return document.readyState === 'complete' && location.protocol[0] === 'f'"
        ):
            return
    raise AssertionError("the page was not loaded")


def entries(browser: Chromium) -> dict[str, str]:
    found: dict[str, str] = browser.evaluate(ENTRIES)
    return found


def address(browser: Chromium) -> Any:
    return browser.evaluate("return location.hash")


def test_a_baseline_turns_every_ratio_interval_sentence_and_mark(browser: Chromium) -> None:
    before = entries(browser)
    browser.choose('[name="against"]', "node/net")
    after = entries(browser)
    assert before.keys() == after.keys() and before != after
    assert "baseline" in after["survey node/net"]
    assert "faster" in after["sequential csharp/socket"]
    assert "slower" in after["sequential python/streams"]
    # Another tier: an interval, and no verdict.
    assert not {"faster", "slower"} & {*after["sequential python/httpx"].split()}
    sentences = browser.evaluate(
        "return [...document.querySelectorAll('#view-sentences li')].map(li => li.textContent)"
    )
    assert len(sentences) == 4 and all("Node net" in sentence for sentence in sentences)
    assert address(browser) == "#?against=node/net"
    browser.click("#view-reset")
    assert entries(browser) == before and address(browser) == ""


def test_tables_of_figures_show_ratios_to_the_baseline(browser: Chromium) -> None:
    cells = f"""return [...document.querySelector('{FIGURES}').querySelectorAll("td[data-metric]")]
        .map(cell => cell.querySelector(".figure").textContent)"""
    before = browser.evaluate(cells)
    assert not any("×" in text for text in before)
    browser.choose('[name="against"]', "csharp/socket")
    after = browser.evaluate(cells)
    assert sum("×" in text for text in after) == len(after) * 6 // 7
    browser.choose('[name="show"]', "time")
    assert sum("×" in text for text in browser.evaluate(cells)) == 0
    browser.choose('[name="against"]', "")
    assert browser.evaluate(cells) == before


def test_cards_tell_how_far_everybody_is_from_the_baseline(browser: Chromium) -> None:
    told = """return [...document.querySelectorAll(
        '.card[data-workload="sequential"] :is(.margin, .rest li, .sentence)')]
        .map(element => element.textContent.trim())"""
    before = browser.evaluate(told)
    browser.choose('[name="against"]', "node/net")
    after = browser.evaluate(told)
    assert "Node net" in " ".join(before) and len(before) == len(after)
    changed = [now for then, now in zip(before, after, strict=True) if then != now]
    own = [text for text in changed if "the time of Node net" in text]
    assert own and all("×" in text and "–" in text for text in own)
    assert {text for text in changed if text not in own} <= {
        text for text in after if "Node net" in text or text.endswith("the baseline")
    }
    browser.click("#view-reset")
    assert browser.evaluate(told) == before


def test_times_are_told_in_the_unit_that_is_chosen(browser: Chromium) -> None:
    told = f"""const table = document.querySelector('{FIGURES}');
        const unit = table.tHead.rows[0].cells[1].querySelector(".unit").textContent;
        return [...table.tBodies].flatMap(body => [...body.rows])
            .filter(row => row.cells[1] && !row.cells[1].matches(".without"))
            .map(row => row.cells[1].querySelector(".figure").textContent + unit)"""

    def nanoseconds(text: str) -> float:
        figure, _, unit = text.partition(", ")
        sizes = {"ns": 1.0, "µs": 1e3, "ms": 1e6, "s": 1e9}
        return float(figure.replace(",", "")) * sizes[unit]

    made, before = browser.evaluate(told), entries(browser)
    for unit in ("s", "ns", "µs", "ms"):
        browser.choose('[name="unit"]', unit)
        now = browser.evaluate(told)
        assert all(text.endswith(f", {unit}") for text in now)
        assert [*map(nanoseconds, now)] == pytest.approx([*map(nanoseconds, made)], rel=1e-12)
        assert all(f" {unit}" in text for text in entries(browser).values())
    # Ratios to a baseline are in no unit, and the times beside them name it.
    browser.choose('[name="against"]', "csharp/socket")
    browser.choose('[name="unit"]', "ns")
    assert " ns" in entries(browser)["sequential node/net"]
    assert "×" in entries(browser)["sequential node/net"]
    assert address(browser) == "#?against=csharp/socket&unit=ns"
    browser.click("#view-reset")
    assert browser.evaluate(told) == made and entries(browser) == before


def test_pairs_are_those_with_the_baseline_which_comes_first(browser: Chromium) -> None:
    rows = """return [...document.querySelectorAll('tr[data-contender*=" "]:has(td[data-metric])')]
        .filter(row => !row.hidden).map(row => [...row.cells].map(cell => cell.textContent.trim()))"""
    all_pairs = browser.evaluate(rows)
    browser.choose('[name="against"]', "node/net")
    own = browser.evaluate(rows)
    assert len(own) == 2 * 6 < len(all_pairs)
    assert all("Node net" in head.split(":")[0] for head, *_ in own)
    (turned,) = [row for row in own if "C# Socket" in row[0]][:1]
    assert float(turned[1].removesuffix("×")) < 1 and turned[-1] == "second faster"
    browser.choose('[name="against"]', "")
    assert browser.evaluate(rows) == all_pairs


def test_quantity_and_unit_are_switched(browser: Chromium) -> None:
    judged = entries(browser)
    browser.choose('[name="of"]', "first")
    first = entries(browser)
    assert first != judged and judged.keys() == first.keys()
    browser.choose('[name="show"]', "time")
    assert all(" ms" in text or " µs" in text for text in entries(browser).values())
    assert address(browser) == "#?show=time&of=first"


def test_filters_leave_what_was_chosen_and_hide_the_contents_of_the_rest(
    browser: Chromium,
) -> None:
    browser.choose('[name="tier"]', "Bare sockets (raw tier)")
    browser.choose('[name="language"]', "JavaScript")
    browser.choose('[name="workload"]', "sequential")
    assert [*entries(browser)] == ["sequential node/net"]
    seen = """return [...document.querySelectorAll("main section[data-workload]")]
        .filter(section => section.checkVisibility()).map(section => section.dataset.workload)"""
    assert browser.evaluate(seen) == ["sequential"]
    contents = """return [...document.querySelectorAll('nav a[href^="#workload"]')]
        .filter(link => !link.closest("[hidden]")).length"""
    assert browser.evaluate(contents) == 1
    state = browser.evaluate("return document.getElementById('view-state').textContent")
    assert "1 of 7 contenders" in state


def test_a_table_is_sorted_each_tier_for_itself_up_down_and_back(browser: Chromium) -> None:
    made = browser.evaluate(COLUMN, FIGURES, 2)
    browser.evaluate(f"document.querySelector('{FIGURES}').scrollIntoView({{block: 'center'}})")
    head = f"{FIGURES} th:nth-child(3)"
    seen = []
    for _ in range(3):
        browser.click(f"{head} .sort")
        direction = browser.evaluate(
            "return document.querySelector(arguments[0]).getAttribute('aria-sort')", head
        )
        seen.append((direction, browser.evaluate(COLUMN, FIGURES, 2)))
    up, down = ([sorted(tier, reverse=r) for tier in made] for r in (False, True))
    assert seen == [("ascending", up), ("descending", down), (None, made)]


def test_the_matrix_is_sorted_by_the_best_of_each_cell(browser: Chromium) -> None:
    bests = """return [...document.querySelector(".matrix tbody").rows].filter(row => row.cells[1])
        .map(row => Math.min(...[...row.cells[1].querySelectorAll(".told")]
            .map(entry => Number(entry.dataset.value))))"""
    browser.choose('[name="show"]', "time")
    for up in (True, False):
        browser.click(".matrix th:nth-child(2) .sort")
        found = browser.evaluate(bests)
        assert found == sorted(found, reverse=not up) and len({*found}) == 2


def test_a_baseline_is_chosen_by_keyboard(browser: Chromium) -> None:
    browser.evaluate("document.querySelector('[name=against]').focus()")
    browser.press(DOWN)
    assert address(browser) == "#?against=python/streams"


def test_sorting_is_done_by_keyboard_with_one_stop_a_table(browser: Chromium) -> None:
    stops = f"""return document.querySelector('{FIGURES}')
        .querySelectorAll('.sort:not([tabindex="-1"])').length"""
    assert browser.evaluate(stops) == 1
    browser.evaluate(f"document.querySelector('{FIGURES} .sort').focus()")
    browser.press(RIGHT)
    browser.press(ENTER)
    (first, *_) = [tier for tier in browser.evaluate(COLUMN, FIGURES, 1) if tier]
    assert first == sorted(first)
    assert browser.evaluate(stops) == 1


def test_the_address_restores_the_view_and_its_place(browser: Chromium, page: Path) -> None:
    browser.choose('[name="against"]', "csharp/httpclient")
    browser.choose('[name="of"]', "first")
    kept = entries(browser)
    browser.evaluate("location.hash = '#machine'")
    assert address(browser) == "#machine?against=csharp/httpclient&of=first"
    at(browser, page, address(browser))
    assert entries(browser) == kept
    assert browser.evaluate("return document.querySelector('[name=against]').value") == (
        "csharp/httpclient"
    )
    top = "return document.getElementById('machine').getBoundingClientRect().top"
    assert 0 <= browser.evaluate(top) < 900


@pytest.mark.parametrize(
    "hostile", ["#?against=%3Cb%3E&of=x&tier=%00", "#%E0%A4%A?of=%", "#a?b?c=#"]
)
def test_an_address_that_says_nonsense_chooses_nothing(
    browser: Chromium, page: Path, hostile: str
) -> None:
    before = entries(browser)
    at(browser, page, hostile)
    assert entries(browser) == before


def test_a_chart_is_enlarged_and_put_back(browser: Chromium) -> None:
    counts = 'return [document.querySelectorAll("main figure svg").length, document.querySelectorAll("svg").length]'
    before = browser.evaluate(counts)
    browser.click(".enlarge")
    opened = browser.evaluate(
        """const large = document.querySelector("dialog[open] svg");
        return [large.getBoundingClientRect().width, innerWidth]"""
    )
    assert opened[0] > 0.85 * opened[1]
    browser.press(ESCAPE)
    assert browser.evaluate("return document.querySelector('dialog[open]')") is None
    # What a dialog's end calls for is done after it has gone.
    assert comes_true(lambda: bool(browser.evaluate(counts) == before), DEADLINE_S)
    assert browser.evaluate("return document.activeElement.className") == "enlarge"


def test_a_chart_is_saved_as_it_is_seen(browser: Chromium, tmp_path: Path) -> None:
    browser.devtools(
        "Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)}
    )
    browser.emulate(prefers_color_scheme="dark")
    browser.click(".enlarge")
    found: dict[str, Path] = {}
    for name in ("SVG", "PNG"):
        browser.evaluate(
            """[...document.querySelectorAll("dialog button")]
                .find(button => button.textContent.endsWith(arguments[0])).click()""",
            name,
        )
        while len(
            found := {p.suffix: p for p in tmp_path.iterdir() if p.suffix in (".svg", ".png")}
        ) < (2 if name == "PNG" else 1):
            browser.evaluate("return 1")
    svg = found[".svg"].read_text(encoding="utf-8")
    assert 'class="' not in svg and "var(" not in svg
    assert 'fill="rgb(20, 23, 26)"' in svg
    assert found[".png"].read_bytes().startswith(b"\x89PNG")
    browser.press(ESCAPE)


def test_programs_scroll_together_function_by_function(browser: Chromium) -> None:
    browser.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true; })")
    shelf = "[...document.querySelectorAll('#sources-1')].at(-1).closest('details')"
    tops = f"""return [...{shelf}.querySelectorAll("pre")].map(pre =>
        Math.round(pre.scrollTop / parseFloat(getComputedStyle(pre).lineHeight)))"""
    lines = [HEADS[each][1] for each in ("python", "csharp", "node", "node")]

    def settled() -> list[int]:
        browser.evaluate("return new Promise(done => setTimeout(done, 300))")
        return sorted(browser.evaluate(tops))

    browser.evaluate(f"""{shelf}.querySelector(".bar button").click()""")
    assert settled() == sorted(lines)
    browser.evaluate(
        f"""const pre = {shelf}.querySelector("pre");
        pre.scrollTop = 0; pre.dispatchEvent(new Event("scroll"))"""
    )
    assert settled() == [0, 0, 0, 0]
    browser.evaluate(f"""{shelf}.querySelector(".bar input").click()""")
    browser.evaluate(f"""{shelf}.querySelector("pre").scrollTop = 200""")
    assert settled()[:3] == [0, 0, 0]
