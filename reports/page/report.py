"""One run as one HTML page that needs nothing else: no network, no other file, and no script either."""

from collections.abc import Mapping, Sequence
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from reports import charts
from reports.analysis.analysed import Analysis
from reports.analysis.work import has_network
from reports.drawing import palette
from reports.drawing.palette import Style
from reports.page import facts, listings
from reports.page.answer import answers, family_answers
from reports.page.badges import badges
from reports.page.claims import Claims
from reports.page.evidence import evidence
from reports.page.matrix import matrix_of
from reports.page.notices import gist, notices
from reports.page.pictures import Embedded, embedded
from reports.page.script import policy_hash, script
from reports.page.sections import FamilySection, Section, family_sections, workload_sections
from reports.page.typeset import unbroken
from reports.page.view import controls, view_data
from reports.words.headline import headline
from reports.words.limits import limit_lines
from reports.words.listed import listed


def render(analysis: Analysis) -> str:
    """The report of a run."""
    styles = palette.styles(analysis.run["contenders"])
    sections = workload_sections(analysis, styles)
    listed: listings.Listed = {}
    families = family_sections(analysis, styles, listed)
    overviews = [
        embedded(each, styles, key="run", scope="This run", tables="the matrix that follows")
        for each in charts.of_run(analysis)
    ]
    style = _style_sheet(styles, _drawn(overviews, sections, families))
    return (
        _environment(styles)
        .get_template("page.html")
        .render(
            run=analysis.run,
            languages=_languages(analysis),
            style=Markup(style),
            # What the page's policy admits: this style sheet, this script and no other.
            style_hash=policy_hash(style),
            script=Markup(script()),
            script_hash=policy_hash(script()),
            controls=controls(analysis),
            view_data=view_data(analysis),
            analysis=analysis,
            facts=facts,
            headline=headline(analysis),
            badges=badges(analysis),
            notices=notices(analysis),
            gist=gist(analysis),
            overviews=overviews,
            answers=answers(analysis),
            family_answers=family_answers(analysis),
            matrix=matrix_of(analysis),
            limits=limit_lines(analysis),
            pinged=any(
                has_network(analysis.run, workload) for workload in analysis.run["workloads"]
            ),
            sections=sections,
            evidence=evidence(analysis),
            families=families,
            shelves=listings.shelves(analysis, listed),
            claims=None if analysis.semantics is None else Claims(analysis.semantics),
        )
    )


def _drawn(
    overviews: Sequence[Embedded], sections: Sequence[Section], families: Sequence[FamilySection]
) -> list[Embedded]:
    """All charts of the page."""
    drawn = [*overviews, *(picture for section in sections for picture in section.pictures)]
    return [*drawn, *(picture for family in families for picture in family.drawn)]


def _languages(analysis: Analysis) -> str:
    """Each language once: "Python, C# and JavaScript"."""
    return listed(list(dict.fromkeys(plan["language"] for plan in analysis.run["contenders"])))


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
    templates = files("reports") / "templates"
    sheets = ("page.css", "charts.css", "evidence.css", "view.css")
    fixed = [(templates / name).read_text(encoding="utf-8") for name in sheets]
    light = palette.properties(palette.coloured(palette.LIGHT, styles))
    dark = palette.properties(palette.coloured(palette.DARK, styles))
    rules = {name: text for picture in drawn for name, text in picture.rules}
    series = (f".series-{index}{{color:var(--series-{index})}}" for index in range(len(styles)))
    return "\n".join(
        (
            f":root{{{light}}}",
            f"@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}",
            *fixed,
            "".join(series),
            "".join(f".{name}{{{text}}}" for name, text in sorted(rules.items())),
        )
    )
