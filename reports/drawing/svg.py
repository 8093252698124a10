"""Turn a matplotlib figure into SVG that may stand inside a page.

The page's Content-Security-Policy admits no style attribute and several drawings share one
document, so every declaration becomes a class named after its text, colours become custom
properties (which follow the reader's light or dark mode), and ids get the drawing's own prefix.
Only tags are edited: matplotlib escapes `<` and `>` everywhere else.
"""

import hashlib
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from matplotlib.figure import Figure

from reports.drawing.canvas import drawing

# What precedes the drawing, what describes the file, and matplotlib's own style sheet.
_BOILERPLATE = re.compile(
    r"^.*?(?=<svg)|<metadata>.*?</metadata>|<defs>\s*<style.*?</defs>|<!--.*?-->|\s+(?=<)",
    re.DOTALL,
)
_ROOT = re.compile(r'<svg[^>]*viewBox="([^"]*)"[^>]*>')
_TAG = re.compile(r"<[^>]*>")
_STYLE = re.compile(r' style="([^"]*)"')
_ID = re.compile(r' id="([^"]*)"')
_REFERENCE = re.compile(r'(?<=url\(#)[^)]+|(?<=xlink:href="#)[^"]+')
_GEOMETRY = re.compile(r' (d|x|y|width|height|transform)="([^"]*)"')
_UPRIGHT = re.compile(r' transform="rotate\(-?0 [^"]*"')
_NUMBER = re.compile(r"-?\d+\.\d+")
_FONT = re.compile(r"(?:(?P<weight>bold|\d00)\s+)?(?P<size>[\d.]+)px")
_FONT_PARTS = {"font-family", "font-stretch", "font-variant", "font-style"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """One chart as markup, and the style rules (class name to declarations) it needs."""

    markup: str
    rules: Mapping[str, str]


def draw(
    figure: Figure, *, key: str, title: str, description: str, colors: Mapping[str, str]
) -> Drawing:
    """Render `figure`; `colors` maps the hexadecimal colours drawn with to CSS values.

    `key`, any text, is unique in the page: it prefixes ids. `title` and `description` are what a
    screen reader says in place of the picture.
    """
    key = escape(key)
    buffer = io.StringIO()
    with drawing():
        figure.savefig(buffer, format="svg", metadata={"Date": None})
    markup = _BOILERPLATE.sub("", buffer.getvalue())
    root = _ROOT.match(markup)
    assert root is not None, "matplotlib draws an <svg> with a viewBox"
    tags = _Tags(key, colors, _REFERENCE.findall(markup))
    body = _TAG.sub(lambda found: tags.edited(found[0]), markup[root.end() :])
    opening = (
        f'<svg viewBox="{root[1]}" class="chart" role="img" '
        f'aria-labelledby="{key}-title {key}-desc">'
        f'<title id="{key}-title">{escape(title)}</title>'
        f'<desc id="{key}-desc">{escape(description)}</desc>'
    )
    return Drawing(markup=opening + body, rules=tags.rules)


class _Tags:
    """Edits one drawing's tags, in their order, and gathers the style rules that they need."""

    def __init__(self, key: str, colors: Mapping[str, str], used: list[str]) -> None:
        self.rules: dict[str, str] = {}
        self._colors = colors
        self._ids = {name: f"{key}-{place:x}" for place, name in enumerate(sorted({*used}))}
        self._kept: list[bool] = []

    def edited(self, tag: str) -> str:
        """The tag as it stands in the page; empty for a group that says nothing."""
        if tag == "</g>":
            return tag if self._kept.pop() else ""
        tag = _STYLE.sub(self._class, _UPRIGHT.sub("", tag))
        tag = _ID.sub(lambda i: f' id="{self._ids[i[1]]}"' if i[1] in self._ids else "", tag)
        tag = _REFERENCE.sub(lambda found: self._ids[found[0]], tag).replace("xlink:", "")
        tag = _GEOMETRY.sub(_tidy, tag)
        if tag.startswith(("<g>", "<g ")) and not tag.endswith("/>"):
            self._kept.append(tag != "<g>")
        return "" if tag in ("<g>", "<g/>", "<defs/>") else tag

    def _class(self, style: re.Match[str]) -> str:
        declarations = _declarations(style[1], self._colors)
        if not declarations:
            return ""
        name = "g" + hashlib.sha256(declarations.encode()).hexdigest()[:6]
        self.rules[name] = declarations
        return f' class="{name}"'


def _declarations(style: str, colors: Mapping[str, str]) -> str:
    kept = []
    for part in style.split(";"):
        name, _, value = (piece.strip() for piece in part.partition(":"))
        if name == "font" and (font := _FONT.search(value)):  # the family is the page's
            kept += [f"font-weight:{font['weight']}"] if font["weight"] else []
            kept.append(f"font-size:{_rounded(font['size'], 2)}px")
        elif name in {"fill", "stroke"}:
            kept.append(f"{name}:{colors.get(value.lower(), value)}")
        elif value and name != "font" and name not in _FONT_PARTS:
            kept.append(f"{name}:{_rounded(value, 2)}")
    return ";".join(sorted(set(kept)))


def _tidy(attribute: re.Match[str]) -> str:
    """A tenth of a pixel is enough for paths and positions."""
    value = _rounded(" ".join(attribute[2].split()), 2 if attribute[1] == "transform" else 1)
    value = re.sub(r" ?([MLCQVHZz]) ?", r"\1", value)
    return f' {attribute[1]}="{value}"'


def _rounded(text: str, digits: int) -> str:
    def shorter(found: re.Match[str]) -> str:
        number = f"{float(found[0]):.{digits}f}".rstrip("0").rstrip(".")
        return "0" if number == "-0" else number

    return _NUMBER.sub(shorter, text)
