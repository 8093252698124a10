"""One run as one HTML page that needs nothing else: no script, no network, no other file."""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from reports import charts
from reports.analysis.analysed import Analysis
from reports.analysis.work import has_network
from reports.drawing import palette
from reports.drawing.palette import Style
from reports.page import facts, figures, listings
from reports.page.anchors import anchor
from reports.page.answer import answers, family_answers
from reports.page.claims import claims
from reports.page.families import family_sections
from reports.page.matrix import matrices
from reports.page.notices import notices
from reports.page.pairs import pair_table
from reports.page.pictures import Embedded, embedded
from reports.page.typeset import unbroken
from reports.words.tables import Table
from reports.words.workloads import describe
from results.format import WorkloadPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Everything about one workload."""

    key: str
    name: str
    question: str
    shape: str
    tables: tuple[Table, ...]
    pictures: tuple[Embedded, ...]
    pairs: Table | None


def render(analysis: Analysis) -> str:
    """The report of a run."""
    styles = palette.styles(analysis.run["contenders"])
    sections = [
        _section(analysis, workload, styles)
        for workload in analysis.run["workloads"]
        if has_network(analysis.run, workload)
    ]
    listed: listings.Listed = {}
    families = family_sections(analysis, styles, listed)
    drawn = [*(section.pictures for section in sections), *(family.drawn for family in families)]
    style = _style_sheet(styles, [picture for own in drawn for picture in own])
    page = _environment(styles).get_template("page.html")
    return page.render(
        run=analysis.run,
        live=analysis.live,
        languages=_languages(analysis),
        compared=analysis.compared,
        style=Markup(style),
        style_hash=_csp_hash(style),
        notices=notices(analysis),
        proof=facts.proof(analysis),
        answers=answers(analysis),
        family_answers=family_answers(analysis),
        matrices=matrices(analysis),
        sections=sections,
        families=families,
        shelves=listings.shelves(analysis, listed),
        contenders=facts.contender_table(analysis),
        machine=facts.machine_facts(analysis),
        plan=facts.run_facts(analysis),
        limited=bool(analysis.notes.origin_limited),
        meta=facts.meta(analysis),
        claims=None if analysis.semantics is None else claims(analysis.semantics),
    )


def _section(analysis: Analysis, workload: WorkloadPlan, styles: Mapping[str, Style]) -> Section:
    key, name = anchor(workload, analysis.run), workload["name"]
    tables = (
        figures.survey_table(analysis, workload),
        figures.site_table(analysis, workload),
        figures.position_table(analysis, workload),
        figures.cost_table(analysis, workload),
    )
    return Section(
        key=key,
        name=name,
        question=workload["question"],
        shape=describe(analysis.run, workload),
        tables=tuple(table for table in tables if table is not None),
        pictures=tuple(
            embedded(picture, styles, key=key, scope=name)
            for picture in charts.of_workload(analysis, workload)
        ),
        pairs=pair_table(analysis, workload),
    )


def _languages(analysis: Analysis) -> str:
    """Each language once: "Python, C# and JavaScript"."""
    names = list(dict.fromkeys(plan["language"] for plan in analysis.run["contenders"]))
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _environment(styles: Mapping[str, Style]) -> Environment:
    environment = Environment(
        loader=PackageLoader("reports", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["unbroken"] = unbroken
    environment.globals["style_of"] = styles.__getitem__
    environment.globals["glyph"] = palette.glyph
    return environment


def _style_sheet(styles: Mapping[str, Style], drawn: Sequence[Embedded]) -> str:
    """The page's own style, the colours of light and dark, and the classes of all drawings."""
    fixed = (files("reports") / "templates" / "page.css").read_text(encoding="utf-8")
    light = palette.properties(palette.coloured(palette.LIGHT, styles))
    dark = palette.properties(palette.coloured(palette.DARK, styles))
    rules: dict[str, str] = {}
    for picture in drawn:
        rules |= picture.wide.rules
        rules |= picture.narrow.rules
    return "\n".join(
        (
            f":root{{{light}}}",
            f"@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}",
            fixed,
            _series_rules(len(styles)),
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
