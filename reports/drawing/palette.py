"""Which colour, marker and line stand for which contender, in light and in dark.

A hue stands for a runner (a language), a marker for a contender, so that colour never tells
anything alone and two contenders of one language remain relatives.
"""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from matplotlib.colors import to_hex, to_rgb

from results.format import ContenderPlan

# Okabe and Ito (2008), "Color Universal Design", without yellow, which no light page shows.
_HUES = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#6b6b6b")
# matplotlib's marker, and the character that stands for it in text.
_MARKERS = dict(zip("osD^vPX<>*hp", "●■◆▲▼✚✖◀▶★⬢⬟", strict=True))
_DASHES: tuple[tuple[float, ...], ...] = ((), (5, 2), (1.5, 1.5), (6, 2, 1.5, 2))
_HEXADECIMAL = re.compile(r"#[0-9a-fA-F]{6}")

# WCAG 2.2, 1.4.11: what a picture means needs a contrast of 3; a little more than asked for.
_CONTRAST = 3.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """Colours by role, as `#rrggbb`; `series` holds one for each contender of the run.

    `pale` is for lines behind others that still mean something; `faint` for those that only guide.
    """

    ink: str
    muted: str
    pale: str
    faint: str
    band: str
    surface: str
    series: tuple[str, ...] = ()


LIGHT = Theme(
    ink="#1b1f24",
    muted="#57606a",
    pale="#858d95",
    faint="#e3e6ea",
    band="#eef1f4",
    surface="#ffffff",
)
DARK = Theme(
    ink="#e8eaed",
    muted="#a3acb7",
    pale="#717a84",
    faint="#31363d",
    band="#22272e",
    surface="#14171a",
)
_ROLES = ("ink", "muted", "pale", "faint", "band", "surface")


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How one contender is drawn; `index` is its place in a theme's `series`."""

    index: int
    label: str
    light: str
    dark: str
    marker: str
    dash: tuple[float, ...]


def styles(contenders: Sequence[ContenderPlan]) -> dict[str, Style]:
    """A style for each contender's id.

    Several versions of a runtime are runners of one hue, whose contenders are told apart like those
    of one runner.
    """
    hues = _hues(contenders)
    met: Counter[str] = Counter()
    result: dict[str, Style] = {}
    for index, contender in enumerate(contenders):
        hue = hues[contender["runner"]]
        rank = met[hue]
        met[hue] += 1
        families = {*contender["families"]}
        beside = Counter(
            (result[other["id"]].marker, hues[other["runner"]])
            for other in contenders[:index]
            if families.intersection(other["families"])
        )
        marker = _marker(index, hue, beside)
        shade = rank + beside[marker, hue]  # a marker that comes again differs in shade
        result[contender["id"]] = Style(
            index=index,
            label=contender["label"],
            light=_legible(hue, LIGHT.surface, "#000000", shade),
            dark=_legible(hue, DARK.surface, "#ffffff", shade),
            marker=marker,
            dash=_DASHES[rank % len(_DASHES)],
        )
    return result


def _marker(index: int, hue: str, beside: Mapping[tuple[str, str], int]) -> str:
    """The marker that comes next, or where contenders of the same work have it, a rarer one.

    `beside` counts (marker, hue) of those.
    """
    first = index % len(_MARKERS)
    markers = [*_MARKERS]
    everywhere: Counter[str] = Counter()
    for (marker, _), count in beside.items():
        everywhere[marker] += count
    return min(
        (*markers[first:], *markers[:first]),
        key=lambda marker: (beside.get((marker, hue), 0), everywhere[marker]),
    )


def glyph(style: Style) -> str:
    """The character that looks like the contender's marker."""
    return _MARKERS[style.marker]


def coloured(theme: Theme, styles: Mapping[str, Style]) -> Theme:
    """LIGHT or DARK with the contenders' colours."""
    dark = theme is DARK
    return replace(theme, series=tuple(s.dark if dark else s.light for s in styles.values()))


def symbolic(styles: Mapping[str, Style]) -> tuple[Theme, dict[str, str]]:
    """A theme of stand-in colours, and the custom property that each stands for."""
    roles = {role: f"#fe00{index:02x}" for index, role in enumerate(_ROLES)}
    series = tuple(f"#fd{index:04x}" for index in range(len(styles)))
    meaning = {color: f"var(--{role})" for role, color in roles.items()}
    meaning |= {color: f"var(--series-{index})" for index, color in enumerate(series)}
    return Theme(**roles, series=series), meaning


def properties(theme: Theme) -> str:
    """The CSS declarations of the custom properties that `symbolic` refers to."""
    roles = [f"--{role}:{getattr(theme, role)}" for role in _ROLES]
    series = [f"--series-{index}:{color}" for index, color in enumerate(theme.series)]
    return ";".join(roles + series)


def _hues(contenders: Sequence[ContenderPlan]) -> dict[str, str]:
    """One hue per runner: its manifest's, else the next that none has chosen."""
    chosen = {
        contender["runner"]: contender["color"].lower()
        for contender in contenders
        if contender["color"] is not None and _HEXADECIMAL.fullmatch(contender["color"])
    }
    free = [hue for hue in _HUES if hue not in chosen.values()] or list(_HUES)
    without = dict.fromkeys(c["runner"] for c in contenders if c["runner"] not in chosen)
    return chosen | {runner: free[i % len(free)] for i, runner in enumerate(without)}


def _legible(hue: str, surface: str, towards: str, rank: int) -> str:
    """`hue`, moved `towards` black or white until it stands out from `surface`.

    Each further contender of a runner (`rank`) moves one step beyond that.
    """
    share = 0.0
    while share < 1 and _contrast(_mixed(hue, towards, share), surface) < _CONTRAST:
        share += 0.05
    return _mixed(hue, towards, min(share + 0.16 * (rank % 3), 0.8))


def _mixed(color: str, other: str, share: float) -> str:
    mixed = (1 - share) * np.array(to_rgb(color)) + share * np.array(to_rgb(other))
    return str(to_hex(mixed))


def _luminance(color: str) -> float:
    """Relative luminance. Source: WCAG 2.2, definition of relative luminance."""
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else math.pow((channel + 0.055) / 1.055, 2.4)
        for channel in to_rgb(color)
    )
    return float(0.2126 * red + 0.7152 * green + 0.0722 * blue)


def _contrast(a: str, b: str) -> float:
    lighter, darker = sorted((_luminance(a), _luminance(b)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)
