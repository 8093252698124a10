"""What becomes of a matplotlib figure before it stands in a page."""

import re

import pytest
from matplotlib.figure import Figure

from reports.drawing.canvas import drawing
from reports.drawing.svg import draw
from tests.reports.page.document import parse

COLORS = {"#fe0000": "var(--ink)", "#fd0000": "var(--series-0)"}


def figure(label: str = "a label") -> Figure:
    with drawing():
        made = Figure(figsize=(4, 2))
        axes = made.add_subplot()
        axes.plot([1, 2, 3], [3, 1, 2], color="#fd0000", marker="o")
        axes.set_title(label, color="#fe0000")
    return made


def test_two_drawings_share_no_id_though_they_look_alike() -> None:
    first, second = (
        draw(figure(), key=key, title="T", description="D", colors=COLORS) for key in ("one", "two")
    )
    ids = [set(re.findall(r' id="([^"]+)"', d.markup)) for d in (first, second)]
    assert ids[0] and ids[1] and not ids[0] & ids[1]
    for own, made in zip(ids, (first, second)):
        references = re.findall(r"url\(#([^)]+)\)", made.markup)
        references += re.findall(r'href="#([^"]+)"', made.markup)
        assert references and set(references) <= own


def test_colours_become_custom_properties_and_styles_become_classes() -> None:
    made = draw(figure(), key="k", title="T", description="D", colors=COLORS)
    assert "style=" not in made.markup
    declarations = ";".join(made.rules.values())
    assert "var(--ink)" in declarations and "var(--series-0)" in declarations
    assert (
        "#fe0000" not in made.markup + declarations and "#fd0000" not in made.markup + declarations
    )
    used = set(re.findall(r'class="(g[0-9a-f]+)"', made.markup))
    assert used == set(made.rules)


def test_text_stays_text_in_the_page_s_own_font() -> None:
    made = draw(figure("plain $x^2$"), key="k", title="T", description="D", colors=COLORS)
    assert ">plain $x^2$<" in made.markup
    assert "font-family" not in ";".join(made.rules.values())


def test_a_key_ends_no_attribute() -> None:
    made = draw(figure(), key='"><b>', title="T", description="D", colors=COLORS)
    assert parse(made.markup).all("b") == []
    assert parse(made.markup).all("title")[0].attributes["id"] == '"><b>-title'


def test_a_drawing_says_what_it_is() -> None:
    made = draw(figure(), key="k", title="A & B", description="<c>", colors=COLORS)
    (svg,) = parse(made.markup).all("svg")
    assert svg.attributes["aria-labelledby"] == "k-title k-desc"
    assert svg.all("title")[0].text == "A & B"
    assert svg.all("desc")[0].text == "<c>"


@pytest.mark.parametrize("label", [' style="a:b" id="c" url(#d)', "1.2345 > 0.0001 <g>", "]]> -->"])
def test_a_label_that_looks_like_markup_stays_a_label(label: str) -> None:
    made = draw(figure(label), key="k", title="T", description="D", colors=COLORS)
    assert label.strip() in parse(made.markup).all("svg")[0].text


@pytest.mark.parametrize("label", ["漢字", "\u200d\u0600", "🙂", "$", "$$\\frac{", "a\tb"])
def test_no_label_makes_drawing_fail(label: str) -> None:
    draw(figure(label), key="k", title=label, description=label, colors=COLORS)


def test_a_drawing_is_the_same_every_time() -> None:
    one, two = (
        draw(figure(), key="k", title="T", description="D", colors=COLORS) for _ in range(2)
    )
    assert one == two
