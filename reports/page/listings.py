"""The programs that ran, highlighted, so that they can be laid side by side."""

import html
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath

from markupsafe import Markup
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_for_filename
from pygments.util import ClassNotFound

from benchmarks.results_format import ContenderPlan
from reports.page.context import Context
from reports.page.table import Who
from reports.standing import tier_heading, tiers

# Programs are a few hundred lines; a lexer is no place to feed megabytes of somebody's text.
_LONGEST_HIGHLIGHTED = 128 * 2**10
_LONGEST_SHOWN = 512 * 2**10


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One source file; `elsewhere` is the id of the listing that shows the same file already."""

    key: str
    name: str
    code: Markup
    elsewhere: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """One contender's sources, in the order of its manifest."""

    who: Who
    command: str
    listings: tuple[Listing, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """The programs of one tier, to be read side by side."""

    heading: str
    programs: tuple[Program, ...]


def shelves(context: Context) -> tuple[Shelf, ...]:
    """One shelf a tier; a file that several contenders share is shown once."""
    shown: dict[tuple[str, str], str] = {}
    return tuple(
        Shelf(
            heading=tier_heading(tier),
            programs=tuple(
                _program(context, plan, shown)
                for plan in context.run["contenders"]
                if plan["tier"] == tier
            ),
        )
        for tier in tiers(context.run)
    )


def _program(context: Context, plan: ContenderPlan, shown: dict[tuple[str, str], str]) -> Program:
    return Program(
        who=context.who(plan["id"]),
        command=" ".join(plan["command"]),
        listings=tuple(_listing(context, plan, name, shown) for name in plan["sources"]),
    )


def _listing(
    context: Context, plan: ContenderPlan, name: str, shown: dict[tuple[str, str], str]
) -> Listing:
    file = (plan["runner"], name)
    label = f"{plan['runner']}/{name}"
    if file in shown:
        return Listing(key="", name=label, code=Markup(), elsewhere=shown[file], note="")
    text = context.folder.source(plan, name)
    key = f"source-{len(shown) + 1}"
    shown[file] = key
    if text is None:
        note = "This file is not in the run’s folder."
        return Listing(key=key, name=label, code=Markup(), elsewhere="", note=note)
    note = "Cut off here: the file is longer." if len(text) > _LONGEST_SHOWN else ""
    code = highlighted(name, text[:_LONGEST_SHOWN])
    return Listing(key=key, name=label, code=code, elsewhere="", note=note)


@lru_cache(maxsize=64)
def highlighted(name: str, text: str) -> Markup:
    """`text` as markup: escaped, and coloured by classes where the name tells its language."""
    if len(text) <= _LONGEST_HIGHLIGHTED:
        try:
            lexer = get_lexer_for_filename(PurePosixPath(name).name, stripnl=False)
        except ClassNotFound:
            pass
        else:
            formatter = HtmlFormatter(nowrap=True, classprefix="hl-")
            return Markup(highlight(text, lexer, formatter))
    return Markup(html.escape(text))
