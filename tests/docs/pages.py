"""The documentation's pages as tests need them: links, anchors, tables, code."""

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^(#+) (.+)$", re.MULTILINE)
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_CODE = re.compile(r"`([^`\n]+)`")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One Markdown file; `prose` is its text without fenced code."""

    path: Path
    text: str
    prose: str

    @property
    def links(self) -> list[str]:
        """The targets of all links."""
        return _LINK.findall(self.prose)

    @property
    def headings(self) -> list[str]:
        """All headings, without their number signs."""
        return [text for _, text in _HEADING.findall(self.prose)]

    @property
    def anchors(self) -> set[str]:
        """What a link may name after `#`, made from the headings as GitHub makes it."""
        kept = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in self.headings)
        return {text.replace(" ", "-") for text in kept}

    def blocks(self, language: str) -> list[str]:
        """The fenced code of one language, in order."""
        return [code for name, code in _FENCE.findall(self.text) if name == language]

    def marked(self, comment: str) -> str:
        """The fenced code right after `<!-- comment -->`."""
        _, found, rest = self.text.partition(f"<!-- {comment} -->\n")
        match = _FENCE.match(rest)
        assert found and match, f"{self.path.name} has no code marked ‘{comment}’"
        return match[2]

    def section(self, heading: str) -> str:
        """The prose below one heading, up to the next of the same or a higher level."""
        lines = self.prose.splitlines()
        start = next(i for i, line in enumerate(lines) if line.lstrip("#") == f" {heading}")
        level = len(lines[start].split()[0])
        end = start + 1
        while end < len(lines) and not re.match(rf"#{{1,{level}}} ", lines[end]):
            end += 1
        return "\n".join(lines[start + 1 : end])


def read_page(name: str) -> Page:
    """Read a page by its path, from the documentation's folder."""
    path = DOCS / name
    text = path.read_text("utf-8")
    return Page(path=path, text=text, prose=_FENCE.sub("", text))


def rows(prose: str) -> dict[str, list[str]]:
    """The rows of all tables in `prose`: each word in code of the first cell → all cells."""
    found: dict[str, list[str]] = {}
    for line in prose.splitlines():
        if line.startswith("| `"):
            cells = [cell.strip() for cell in line.strip("|").split(" | ")]
            found |= {word: cells for word in _CODE.findall(cells[0])}
    return found
