"""A page as a test looks at it: parsed, with every element's attributes and text."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

BLOCKS = frozenset("p div section li ul dl dt dd tr td th table caption h1 h2 h3 h4 pre".split())
VOID = frozenset({"br", "hr", "img", "input", "link", "meta"})
UNREAD = frozenset({"script", "style"})


@dataclass(slots=True)
class Element:
    """One element; `parts` are its texts and children in order."""

    tag: str
    attributes: dict[str, str]
    parts: list["Element | str"] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What is read out: all text but what is hidden from screen readers."""
        return " ".join(self._raw().split())

    def _raw(self) -> str:
        if self.attributes.get("aria-hidden") == "true":
            return ""
        blank = " " if self.tag in BLOCKS else ""
        inner = "".join(
            part if isinstance(part, str) else part._raw()
            for part in self.parts
            if isinstance(part, str) or part.tag not in UNREAD
        )
        return f"{blank}{inner}{blank}"

    @property
    def children(self) -> list["Element"]:
        return [part for part in self.parts if isinstance(part, Element)]

    def all(self, *tags: str, **attributes: str) -> list["Element"]:
        """All descendants with one of `tags` (any, without) that carry these attributes."""
        return [
            element
            for element in self.walk()
            if (not tags or element.tag in tags)
            and all(element.attributes.get(key) == value for key, value in attributes.items())
        ]

    def with_class(self, name: str) -> list["Element"]:
        return [e for e in self.walk() if name in e.attributes.get("class", "").split()]

    def by_id(self, name: str) -> "Element":
        (found,) = self.all(id=name)
        return found

    def walk(self) -> Iterator["Element"]:
        for child in self.children:
            yield child
            yield from child.walk()


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("document", {})
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"<{tag}> has an attribute twice"
        element = Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1].parts.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open[-1].tag == tag, f"</{tag}> closes <{self._open[-1].tag}>"
        self._open.pop()

    def handle_data(self, data: str) -> None:
        self._open[-1].parts.append(data)

    def finish(self) -> Element:
        self.close()
        assert len(self._open) == 1, f"<{self._open[-1].tag}> is never closed"
        return self.root


def parse(page: str) -> Element:
    """Parse a page, and insist that it is well formed: what is opened is closed, in order."""
    builder = _Builder()
    builder.feed(page)
    return builder.finish()
