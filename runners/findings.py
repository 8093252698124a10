"""A finding: a rule that was broken, and what was seen."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

SEEN_LIMIT = 600
_STARTS_PATH = r"(?:file://|(?<![\w./-])|(?<=\s-[A-Za-z]))"  # the last as in -I/usr/include
_HOME = re.compile(_STARTS_PATH + r"/(?:home|Users)/[^\s/:'\"]+")
_ABSOLUTE_PATH = re.compile(_STARTS_PATH + r"/(?:[^\s/:'\"]+/)+([^\s/:'\"]+)")
_CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One broken rule: its id, and the evidence in a sentence."""

    rule: str
    seen: str


def plain(text: str, limit: int = SEEN_LIMIT) -> str:
    """Return foreign text without control characters and absolute paths, at most `limit` long.

    Programs' output ends up in results that people publish: it must neither steer a terminal
    nor name where somebody's files lie.
    """
    text = _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)
    text = _ABSOLUTE_PATH.sub(r"…/\1", _HOME.sub("/home/…", text))
    return text if len(text) <= limit else text[: limit - 1] + "…"


def quote(data: bytes, limit: int = 120) -> str:
    """Return bytes as printable text in quotes, cut to `limit` characters."""
    text = plain(data[: 4 * limit].decode("utf-8", "replace").strip(), limit)
    return f"‘{text}’"


def tail(stderr: bytes, lines: int = 3) -> str:
    """Return the last non-empty lines of standard error, joined, or '' when there are none."""
    text = [line for line in stderr.decode("utf-8", "replace").splitlines() if line.strip()]
    return plain(" / ".join(line.strip() for line in text[-lines:]))


def first_per_rule(findings: Iterable[Finding]) -> list[Finding]:
    """Keep the first finding of each rule, ordered by rule id."""
    kept: dict[str, Finding] = {}
    for finding in findings:
        kept.setdefault(finding.rule, finding)
    return [kept[rule] for rule in sorted(kept)]
