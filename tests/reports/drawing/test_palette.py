"""Colours and markers: legible in light and dark, and never alone."""

import pytest

from reports.drawing import palette
from reports.drawing.palette import _contrast as contrast
from results.format import ContenderPlan


def contenders(*colors: str | None, runner: str | None = None) -> list[ContenderPlan]:
    return [
        {
            "id": f"r{index}/a",
            "runner": runner or f"r{index}",
            "name": "a",
            "label": "A",
            "language": "L",
            "color": color,
            "tier": None,
            "families": ["ping"],
            "version": None,
            "hash": "0",
            "command": ["a"],
            "sources": [],
        }
        for index, color in enumerate(colors)
    ]


@pytest.mark.parametrize("color", ["#68217a", "#ffff00", "#000000", "#ffffff", "#3776ab", None])
def test_every_colour_stands_out_from_both_backgrounds(color: str | None) -> None:
    made = palette.styles(contenders(color, color, color, runner="one"))
    for style in made.values():
        assert contrast(style.light, palette.LIGHT.surface) >= 3
        assert contrast(style.dark, palette.DARK.surface) >= 3


def test_text_is_legible_on_both_backgrounds() -> None:
    for theme in (palette.LIGHT, palette.DARK):
        assert contrast(theme.ink, theme.surface) >= 7
        assert contrast(theme.muted, theme.surface) >= 4.5
        assert contrast(theme.muted, theme.band) >= 4.5


def test_contenders_of_one_runner_differ_in_marker_and_line() -> None:
    made = list(palette.styles(contenders("#3c873a", "#3c873a", "#3c873a", runner="node")).values())
    assert len({style.marker for style in made}) == 3
    assert len({style.dash for style in made}) == 3
    assert len({style.light for style in made}) == 3


def test_runners_without_a_colour_get_different_ones_that_none_has_chosen() -> None:
    made = palette.styles(contenders(None, "#0072b2", None, None))
    assert len({style.light for style in made.values()}) == 4


def test_twelve_contenders_have_twelve_symbols() -> None:
    made = palette.styles(contenders(*[None] * 12)).values()
    assert len({palette.glyph(style) for style in made}) == 12


def test_a_manifest_s_own_colour_is_kept_where_it_is_legible() -> None:
    (style,) = palette.styles(contenders("#68217A")).values()
    assert style.light == "#68217a"


def test_versions_of_a_runtime_are_told_apart_in_whatever_they_meet() -> None:
    versions = contenders(*["#009e73"] * 20)
    for index, plan in enumerate(versions):
        plan["runner"] = f"node@{index // 5}"
        plan["families"] = ["spawn-join" if index % 5 in (2, 4) else "ping"]
    made = palette.styles(versions)
    for family, count in (("ping", 12), ("spawn-join", 8)):
        beside = [made[plan["id"]] for plan in versions if family in plan["families"]]
        assert len({style.marker for style in beside}) == len(beside) == count


def test_sixteen_of_one_hue_are_told_apart_by_marker_and_shade() -> None:
    made = palette.styles(contenders(*["#009e73"] * 16)).values()
    assert len({(style.marker, style.light) for style in made}) == 16


def test_lines_that_mean_something_stand_out_and_guides_do_not() -> None:
    for theme in (palette.LIGHT, palette.DARK):
        assert contrast(theme.pale, theme.surface) >= 3
        assert contrast(theme.muted, theme.surface) >= 4.5
        assert contrast(theme.muted, theme.band) >= 4.5
        assert contrast(theme.faint, theme.surface) < 2
