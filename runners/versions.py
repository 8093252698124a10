"""Version numbers, as people's tools print them."""

import re

Version = tuple[int, ...]

NUMBER = re.compile(r"\d{1,9}(?:\.\d{1,9})*")


def version_in(text: str) -> Version | None:
    """Return the first version number in a text: (3, 11, 7) in ‘CPython 3.11.7’."""
    found = NUMBER.search(text)
    return tuple(int(part) for part in found[0].split(".")) if found else None
