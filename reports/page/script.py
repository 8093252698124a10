"""The page's script: small modules, joined into the one that the page's policy admits."""

import base64
import hashlib
import re
from functools import cache
from importlib.resources import files

# Each after those that it imports.
_MODULES = (
    "address",
    "kept",
    "view",
    "matrix",
    "cells",
    "cards",
    "pairs",
    "filter",
    "sentences",
    "units",
    "sort",
    "picture",
    "enlarge",
    "sources",
    "stops",
    "links",
    "main",
)
_IMPORT = re.compile(r"^import (\{[^}]*\}) from '\./(\w+)\.js';$", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:const|class|function|async function) (\w+))", re.MULTILINE)


@cache
def script() -> str:
    """All modules as one text: inline modules cannot import each other."""
    folder = files("reports") / "templates" / "script"
    return "\n".join(
        _closed(name, (folder / f"{name}.js").read_text(encoding="utf-8")) for name in _MODULES
    )


def policy_hash(text: str) -> str:
    """The SHA-256 by which a Content-Security-Policy admits an inline element with this text."""
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _closed(name: str, text: str) -> str:
    """A module as a function's body, so that only what it exports is seen by others."""
    exported = ", ".join(_EXPORT.findall(text))
    body = _EXPORT.sub("", _IMPORT.sub(r"const \1 = \2Module;", text))
    return f"const {name}Module = (() => {{\n{body}return {{ {exported} }};\n}})();"
