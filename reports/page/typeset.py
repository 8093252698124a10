"""Lines that do not break inside a figure."""

import re

from markupsafe import Markup, escape

_NUMBER = r"\d+(?:[.,]\d+)*"
# A number with its unit or sign, and a range of numbers with theirs.
_FIGURE = re.compile(
    rf"±?{_NUMBER}(?:–{_NUMBER})?(?: (?:%|ns|µs|ms|s|B|KiB|MiB|GiB|blocks?)(?![\w])|×)?"
)


def unbroken(text: str) -> Markup:
    """`text` escaped, its figures kept together: `1.71–1.90`, `95 %`, `5.00 ms`."""

    def kept(found: re.Match[str]) -> str:
        whole = found[0]
        plain = "–" not in whole and " " not in whole
        return whole if plain else f'<span class="whole">{whole}</span>'

    # Escaping comes first; an entity such as &#39; is no figure, and its digits stay plain.
    return Markup(_FIGURE.sub(kept, str(escape(text))))
