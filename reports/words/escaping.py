"""Text for Markdown, as GitHub shows it."""

import re

_SPECIAL = re.compile(r"([\\`*_{}\[\]|~$]|^#|#(?=\w))")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def escaped(text: str) -> str:
    """Text that Markdown, with GitHub's extensions, shows as it is: no markup, link or mention.

    >>> escaped("a|b <b> *c* @d")
    'a\\\\|b &lt;b&gt; \\\\*c\\\\* @\\u200bd'
    """
    plain = _SPECIAL.sub(r"\\\1", text)
    plain = "".join(_ENTITIES.get(character, character) for character in plain)
    # What GitHub turns into links without any markup. No escape stops a mention but a character
    # between @ and the name.
    plain = re.sub(r"@(?=\w)", "@\u200b", plain)
    plain = re.sub(r"(?i)\b(https?|ftp|mailto|xmpp):", r"\1\\:", plain)
    plain = re.sub(r"(?i)\bwww\.", lambda found: f"{found[0][:-1]}\\.", plain)
    # At the start of a line these would open a list, a heading or a rule.
    return re.sub(r"^(\d+(?=[.)](\s|$)))|^(?=[-+=])", r"\1\\", plain)
