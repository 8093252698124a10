"""Text from programs, manifests and run folders, made safe to show.

Everything is cleaned once, where a run is read; what follows only has to escape its own markup.
"""

import re
import unicodedata

# Cc controls, Cf invisible formatting (bidirectional overrides, zero-width characters), Cs lone
# surrogates, Zl/Zp separators that some readers take for an end of line.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})

# A terminal's escape sequence goes as a whole: without its first byte the rest would be litter.
_ESCAPE_SEQUENCE = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"  # control sequences: colours, cursor, clearing
    r"|(?:\x1b\]|\x9d)[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?"  # titles and links
    r"|\x1b[ -/]*[0-~]?"
)


def one_line(text: str) -> str:
    """Text without control or invisible characters, each run of white space a single blank."""
    seen = _ESCAPE_SEQUENCE.sub("", text)
    if seen.isascii() and seen.isprintable():
        return " ".join(seen.split())
    blanks = "".join(" " if character.isspace() else character for character in seen)
    kept = "".join(c for c in blanks if unicodedata.category(c) not in _UNSEEN)
    return " ".join(kept.split())


def many_lines(text: str) -> str:
    """Like `one_line`, but line ends and indentation stay: for standard error and sources."""
    lines = _ESCAPE_SEQUENCE.sub("", text).replace("\r\n", "\n").split("\n")
    return "\n".join(_visible(line.expandtabs(4)) for line in lines)


def _visible(line: str) -> str:
    if line.isascii() and line.isprintable():
        return line
    return "".join(c for c in line if unicodedata.category(c) not in _UNSEEN)
