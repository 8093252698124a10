"""Text from programs, manifests and run folders, made safe to store and to show.

Such text must not steer a terminal, hide what it says, or name where somebody's files lie. It is
cleaned where it comes in: `plain`, `quote` and `tail` clean what a program says before it is
stored, `one_line` and `many_lines` what is read from a run. What follows only escapes its own
markup.
"""

import re
import unicodedata

_TRACEBACK = "Traceback (most recent call last)"
LONGEST = 600  # characters of foreign text that are worth a finding

# Cc controls, Cf invisible formatting (bidirectional overrides, zero-width characters), Cs lone
# surrogates, Zl/Zp separators that some readers take for an end of line.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})

# A terminal's escape sequence goes as a whole: without its first byte the rest would be litter.
_ESCAPE_SEQUENCE = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"  # control sequences: colours, cursor, clearing
    r"|(?:\x1b\]|\x9d)[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?"  # titles and links
    r"|\x1b[ -/]*[0-~]?"
)

_STARTS_PATH = r"(?:file://|(?<![\w./-])|(?<=\s-[A-Za-z]))"  # the last as in -I/usr/include
_HOME = re.compile(_STARTS_PATH + r"/(?:home|Users)/[^\s/:'\"]+")
_ABSOLUTE_PATH = re.compile(_STARTS_PATH + r"/(?:[^\s/:'\"]+/)+([^\s/:'\"]+)")


def plain(text: str, limit: int = LONGEST) -> str:
    """Return text without absolute paths, at most `limit` long.

    A sign stands where a character was that cannot be seen: what is stored says that it was there.
    """
    text = _without_unseen(text, "\N{REPLACEMENT CHARACTER}", kept="\t\n")
    text = _ABSOLUTE_PATH.sub(r"…/\1", _HOME.sub("/home/…", text))
    return text if len(text) <= limit else text[: limit - 1] + "…"


def quote(data: bytes, limit: int = 120) -> str:
    """Return bytes as plain text in quotes, cut to `limit` characters."""
    text = plain(data[: 4 * limit].decode("utf-8", "replace").strip(), limit)
    return f"‘{text}’"


def gist(stderr: bytes, last: int = 3) -> str:
    """Return the first and the last non-empty lines of standard error, joined, or '' without any.

    Python tells the cause of an error last; Ruby, Go and Java tell it first, then where it was.
    """
    lines = [line for line in stderr.decode("utf-8", "replace").splitlines() if line.strip()]
    if len(lines) > last + 1:
        told = () if lines[0].startswith(_TRACEBACK) else (lines[0], "…")
        lines = [*told, *lines[-last:]]
    return plain(" / ".join(line.strip() for line in lines))


def one_line(text: str) -> str:
    """Return text without what cannot be seen, each run of white space a single blank."""
    joined = " ".join(_ESCAPE_SEQUENCE.sub("", text).split())
    return " ".join(_without_unseen(joined).split())


def many_lines(text: str) -> str:
    """Like `one_line`, but line ends and indentation stay: for standard error and sources."""
    lines = _ESCAPE_SEQUENCE.sub("", text).replace("\r\n", "\n").split("\n")
    return "\n".join(_without_unseen(line.expandtabs(4)) for line in lines)


def _without_unseen(text: str, instead: str = "", kept: str = "") -> str:
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        instead if unicodedata.category(c) in _UNSEEN and c not in kept else c for c in text
    )
