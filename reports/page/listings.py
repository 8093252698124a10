"""The programs that ran, highlighted, so that they can be laid side by side."""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath

from markupsafe import Markup
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_for_filename
from pygments.util import ClassNotFound

from reports.analysis.analysed import Analysis
from reports.analysis.standing import tier_heading, tiers
from reports.analysis.summary import planned_contenders
from reports.analysis.work import families_of
from reports.page.anchors import source_anchor
from results.format import ContenderPlan, WorkloadPlan

# Programs are a few hundred lines; a lexer is no place to feed megabytes of somebody's text.
_LONGEST_HIGHLIGHTED = 128 * 2**10
_LONGEST_SHOWN = 512 * 2**10

# Tokens that the page's style leaves as they are: most of a program, and half of a page's bytes.
_PLAIN = re.compile(r'<span class="hl-(?!k|s|c|m|nf|nc|fm|nd|ow)\w+">([^<]*)</span>')


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One source file; `elsewhere` is the id of the listing that shows the same file already."""

    name: str
    key: str = ""
    code: Markup = Markup()
    elsewhere: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """One contender's sources, in the order of its manifest."""

    contender: str
    command: str
    listings: tuple[Listing, ...]


# Name and text of each file that the page shows already, and the id of its listing: contenders share
# files, and so do the versions of a runtime, each of which has its own copy in the run.
Listed = dict[tuple[str, str], str]


def shelves(analysis: Analysis, listed: Listed) -> dict[str, tuple[Program, ...]]:
    """The programs of each tier, of contenders with a workload outside the families' sections.

    A file that several contenders share is shown once.
    """
    run = analysis.run
    elsewhere = [w["name"] for family in families_of(run).values() for w in family]
    planned = planned_contenders(run)
    taking_part = {c for name in planned if name not in elsewhere for c in planned[name]}
    found = {
        tier_heading(tier): tuple(
            _program(analysis, plan, plan["sources"], listed)
            for plan in run["contenders"]
            if plan["tier"] == tier and plan["id"] in taking_part
        )
        for tier in tiers(run)
    }
    return {heading: programs for heading, programs in found.items() if programs}


def family_programs(
    analysis: Analysis, family: str, workloads: Sequence[WorkloadPlan], listed: Listed
) -> tuple[Program, ...]:
    """The family's contenders, each with the sources that are named after the family.

    Where none is, all are shown: a program may lie in a single file.
    """
    planned = planned_contenders(analysis.run)
    taking_part = {c for workload in workloads for c in planned[workload["name"]]}
    programs = []
    for plan in analysis.run["contenders"]:
        if plan["id"] in taking_part:
            named = [s for s in plan["sources"] if _plain(PurePosixPath(s).stem) == _plain(family)]
            programs.append(_program(analysis, plan, named or plan["sources"], listed))
    return tuple(programs)


def _plain(name: str) -> str:
    """`await_completed`, `await-completed` and `AwaitCompleted` are one name, as languages write it.

    So is its plural: a class that is full of ValueTasks cannot be called ValueTask.
    """
    return "".join(letter for letter in name.lower() if letter.isalnum()).removesuffix("s")


def _program(
    analysis: Analysis, plan: ContenderPlan, sources: Sequence[str], listed: Listed
) -> Program:
    return Program(
        contender=plan["id"],
        command=" ".join(plan["command"]),
        listings=tuple(_listing(analysis, plan, name, listed) for name in sources),
    )


def _listing(analysis: Analysis, plan: ContenderPlan, name: str, listed: Listed) -> Listing:
    text = analysis.folder.source(plan, name)
    label = f"{plan.get('sources_from', plan['runner'])}/{name}"
    file = (label, "") if text is None else (name, text)
    if file in listed:
        return Listing(name=label, elsewhere=listed[file])
    key = listed[file] = source_anchor(label, listed.values())
    if text is None:
        return Listing(name=label, key=key, note="This file is not in the run’s folder.")
    note = "Cut off here: the file is longer." if len(text) > _LONGEST_SHOWN else ""
    return Listing(name=label, key=key, code=highlighted(name, text[:_LONGEST_SHOWN]), note=note)


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
            return Markup(_PLAIN.sub(r"\1", highlight(text, lexer, formatter)))
    return Markup(html.escape(text))
