"""One run as one HTML page that needs nothing else: no script, no network, no other file."""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from results.claims import SemanticsFile

from results.format import WorkloadPlan
from reports.drawing import palette
from reports.analysis.frames import Frames
from reports.page import facts, figures, listings
from reports.page.answer import answers, family_answers
from reports.page.context import Context, anchor
from reports.page.families import family_sections
from reports.page.matrix import matrices
from reports.page.notices import notices
from reports.page.pairs import pair_table
from reports.page.pictures import Picture, pictures
from reports.page.claims import claims
from reports.page.shape import describe
from reports.page.table import Table
from reports.page.typeset import unbroken
from results.run_folder import RunFolder
from reports.analysis.summary import Summary
from reports.analysis.work import size_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Everything about one workload."""

    key: str
    name: str
    question: str
    shape: str
    tables: tuple[Table, ...]
    pictures: tuple[Picture, ...]
    pairs: Table | None


def render(
    folder: RunFolder, summary: Summary, frames: Frames, semantics: SemanticsFile | None = None
) -> str:
    """The report of a run; all describe the same one. `semantics` are the claims executed."""
    context = Context.of(folder, summary, frames)
    sections = [
        _section(context, workload)
        for workload in context.run["workloads"]
        if size_of(workload) is None
    ]
    shown: listings.Shown = {}
    families = family_sections(context, shown)
    drawn = [*(section.pictures for section in sections), *(family.drawn for family in families)]
    style = _style_sheet(context, [picture for own in drawn for picture in own])
    page = _environment().get_template("page.html")
    return page.render(
        run=context.run,
        live=context.live,
        languages=_languages(context),
        compared=context.compared,
        style=Markup(style),
        style_hash=_csp_hash(style),
        notices=notices(context),
        proof=facts.proof(context),
        answers=answers(context),
        family_answers=family_answers(context),
        matrices=matrices(context),
        sections=sections,
        families=families,
        shelves=listings.shelves(context, shown),
        contenders=facts.contender_table(context),
        machine=facts.machine_facts(context),
        plan=facts.run_facts(context),
        limited=bool(context.notes.origin_limited),
        meta=facts.meta(context),
        claims=None if semantics is None else claims(semantics),
    )


def _section(context: Context, workload: WorkloadPlan) -> Section:
    tables = (
        figures.survey_table(context, workload),
        figures.site_table(context, workload),
        figures.position_table(context, workload),
        figures.cost_table(context, workload),
    )
    return Section(
        key=anchor(workload, context.run),
        name=workload["name"],
        question=workload["question"],
        shape=describe(workload, context.run["sites"]),
        tables=tuple(table for table in tables if table is not None),
        pictures=pictures(context, workload),
        pairs=pair_table(context, workload),
    )


def _languages(context: Context) -> str:
    """Each language once: "Python, C# and JavaScript"."""
    names = list(dict.fromkeys(plan["language"] for plan in context.run["contenders"]))
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("reports", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["unbroken"] = unbroken
    return environment


def _style_sheet(context: Context, drawn: Sequence[Picture]) -> str:
    """The page's own style, the colours of light and dark, and the classes of all drawings."""
    fixed = (files("reports") / "templates" / "page.css").read_text(encoding="utf-8")
    light = palette.properties(palette.coloured(palette.LIGHT, context.styles))
    dark = palette.properties(palette.coloured(palette.DARK, context.styles))
    rules: dict[str, str] = {}
    for picture in drawn:
        rules |= picture.wide.rules
        rules |= picture.narrow.rules
    return "\n".join(
        (
            f":root{{{light}}}",
            f"@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}",
            fixed,
            _series_rules(len(context.styles)),
            _class_rules(rules),
        )
    )


def _series_rules(count: int) -> str:
    return "".join(f".series-{index}{{color:var(--series-{index})}}" for index in range(count))


def _class_rules(rules: Mapping[str, str]) -> str:
    return "".join(f".{name}{{{text}}}" for name, text in sorted(rules.items()))


def _csp_hash(style: str) -> str:
    """What the page's policy admits: this style sheet and no other."""
    return base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
