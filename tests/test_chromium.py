"""The browser of the tests does what its users rely on."""

from pathlib import Path

from tests.chromium import Chromium

PAGE = """<!doctype html><title>A page</title><button>one</button>
<style>body { background: white } @media (prefers-color-scheme: dark) { body { background: black } }
</style><script>console.error('told')</script>"""


def test_a_page_is_opened_sized_darkened_and_operated(chromium: Chromium, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(PAGE, encoding="utf-8")
    chromium.resize(390, 844)
    chromium.emulate(prefers_color_scheme="dark")
    chromium.open(page)
    chromium.press("\ue004")
    seen = chromium.evaluate(
        "return [document.title, innerWidth, getComputedStyle(document.body).backgroundColor,"
        " document.activeElement.textContent]"
    )
    assert seen == ["A page", 390, "rgb(0, 0, 0)", "one"]
    assert chromium.screenshot().startswith(b"\x89PNG")
    assert any("told" in line for line in chromium.console())
