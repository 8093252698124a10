"""Turn a matplotlib figure into SVG that may stand inside a page.

The page's Content-Security-Policy admits no style attribute and several drawings share one
document, so every declaration becomes a class named after its text, colours become custom
properties (which follow the reader's light or dark mode), and ids get the drawing's own prefix.
"""

import hashlib
import io
import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from dataclasses import dataclass

from matplotlib.figure import Figure

from reports.drawing.canvas import drawing

_SVG = "{http://www.w3.org/2000/svg}"
_XLINK = "{http://www.w3.org/1999/xlink}href"
_NUMBER = re.compile(r"-?\d+\.\d+")
_REFERENCE = re.compile(r"url\(#([^)]+)\)")
_FONT = re.compile(r"(?:(?P<weight>bold|\d00)\s+)?(?P<size>[\d.]+)px")


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """One chart as markup, and the style rules (class name to declarations) it needs."""

    markup: str
    rules: Mapping[str, str]
    width: int


def draw(
    figure: Figure, *, key: str, title: str, description: str, colors: Mapping[str, str]
) -> Drawing:
    """Render `figure`; `colors` maps the hexadecimal colours drawn with to CSS values.

    `key` is unique in the page: it prefixes ids. `title` and `description` are what a screen
    reader says in place of the picture.
    """
    root = _parse(figure)
    _drop_boilerplate(root)
    _make_ids_unique(root, key)
    rules: dict[str, str] = {}
    _classify(root, colors, rules)
    _tidy_numbers(root)
    _unwrap_groups(root)
    width = _label(root, key, title, description)
    markup = ET.tostring(_without_namespace(root), encoding="unicode")
    return Drawing(markup=markup, rules=rules, width=width)


def _parse(figure: Figure) -> ET.Element:
    buffer = io.StringIO()
    with drawing():
        figure.savefig(buffer, format="svg", metadata={"Date": None})
    return ET.fromstring(buffer.getvalue())


def _drop_boilerplate(root: ET.Element) -> None:
    """Remove metadata and matplotlib's own style sheet."""
    for child in list(root):
        if child.tag == f"{_SVG}metadata":
            root.remove(child)
    for definitions in root.iter(f"{_SVG}defs"):
        for style in definitions.findall(f"{_SVG}style"):
            definitions.remove(style)


def _make_ids_unique(root: ET.Element, key: str) -> None:
    """Prefix the ids that something refers to with `key`, and drop all others."""
    used = {
        name
        for element in root.iter()
        for value in element.attrib.values()
        for name in _REFERENCE.findall(value)
    }
    used |= {element.attrib[_XLINK][1:] for element in root.iter() if _XLINK in element.attrib}
    short = {name: f"{key}-{index:x}" for index, name in enumerate(sorted(used))}
    for element in root.iter():
        name = element.attrib.pop("id", None)
        if name in short:
            element.set("id", short[name])
        if _XLINK in element.attrib:
            element.set("href", "#" + short[element.attrib.pop(_XLINK)[1:]])
        for attribute, value in element.attrib.items():
            element.set(attribute, _REFERENCE.sub(lambda found: f"url(#{short[found[1]]})", value))


def _classify(root: ET.Element, colors: Mapping[str, str], rules: dict[str, str]) -> None:
    """Replace each style attribute by a class; `rules` gathers what the classes mean."""
    for element in root.iter():
        style = element.attrib.pop("style", None)
        if style is None:
            continue
        declarations = _declarations(style, colors)
        if declarations:
            name = "g" + hashlib.sha256(declarations.encode()).hexdigest()[:6]
            rules[name] = declarations
            element.set("class", name)


def _declarations(style: str, colors: Mapping[str, str]) -> str:
    kept = []
    for part in style.split(";"):
        name, _, value = (piece.strip() for piece in part.partition(":"))
        if name == "font":
            kept.extend(_font(value))
        elif name in {"fill", "stroke"}:
            kept.append(f"{name}:{colors.get(value.lower(), value)}")
        elif value and name not in {"font-family", "font-stretch", "font-variant", "font-style"}:
            kept.append(f"{name}:{_rounded(value)}")
    return ";".join(sorted(set(kept)))


def _font(value: str) -> list[str]:
    """Size and weight of a `font` shorthand: the family is the page's."""
    found = _FONT.search(value)
    if found is None:
        return []
    weight = [f"font-weight:{found['weight']}"] if found["weight"] else []
    return [*weight, f"font-size:{_rounded(found['size'])}px"]


def _rounded(text: str, digits: int = 2) -> str:
    def shorter(found: re.Match[str]) -> str:
        number = f"{float(found[0]):.{digits}f}".rstrip("0").rstrip(".")
        return "0" if number == "-0" else number

    return _NUMBER.sub(shorter, text)


def _tidy_numbers(root: ET.Element) -> None:
    """A tenth of a pixel is enough for paths and positions."""
    for element in root.iter():
        for attribute in ("d", "x", "y", "width", "height"):
            if attribute in element.attrib:
                tidy = _rounded(" ".join(element.attrib[attribute].split()), 1)
                element.set(attribute, re.sub(r" ?([MLCQVHZz]) ?", r"\1", tidy))
        turn = element.attrib.get("transform")
        if turn is not None:
            if turn.startswith("rotate(-0 ") or turn.startswith("rotate(0 "):
                del element.attrib["transform"]
            else:
                element.set("transform", _rounded(turn))


def _unwrap_groups(parent: ET.Element) -> None:
    """Put the children of groups that say nothing in the place of these groups."""
    children: list[ET.Element] = []
    for child in list(parent):
        _unwrap_groups(child)
        child.tail = None
        if child.tag == f"{_SVG}g" and not child.attrib:
            children.extend(child)
        elif child.tag == f"{_SVG}defs" and len(child) == 0:
            continue
        else:
            children.append(child)
    if parent.text is not None and not parent.text.strip():
        parent.text = None
    for child in list(parent):
        parent.remove(child)
    parent.extend(children)


def _label(root: ET.Element, key: str, title: str, description: str) -> int:
    """Name the picture for a screen reader and let the page set its size; give its width."""
    width = round(float(root.attrib["viewBox"].split()[2]))
    for attribute in ("width", "height", "version"):
        root.attrib.pop(attribute, None)
    root.set("class", "chart")
    root.set("role", "img")
    root.set("aria-labelledby", f"{key}-title {key}-desc")
    for position, (tag, text) in enumerate((("title", title), ("desc", description))):
        element = ET.Element(f"{_SVG}{tag}", {"id": f"{key}-{tag}"})
        element.text = text
        root.insert(position, element)
    return width


def _without_namespace(root: ET.Element) -> ET.Element:
    """HTML knows the namespace of what stands inside <svg>."""
    for element in root.iter():
        if isinstance(element.tag, str) and element.tag.startswith(_SVG):
            element.tag = element.tag.removeprefix(_SVG)
    return root
