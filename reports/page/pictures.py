"""Charts as the page embeds them: each in two widths, with its words and its data."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from reports.charts import Picture
from reports.drawing.canvas import Canvas
from reports.drawing.palette import Style, symbolic
from reports.drawing.svg import Drawing, draw
from reports.words.tables import Table

# Designed for these widths in CSS pixels; the page shows the one that fits.
_WIDE, _NARROW = 820, 320


@dataclass(frozen=True, slots=True, kw_only=True)
class Embedded:
    """One chart in both widths, a heading, how to read it, and its data where not in a table.

    `key` is its id in the page.
    """

    key: str
    heading: str
    caption: str
    wide: Drawing
    narrow: Drawing
    data: Table | None

    @property
    def rules(self) -> Iterable[tuple[str, str]]:
        """The style rules that its drawings need."""
        return (*self.wide.rules.items(), *self.narrow.rules.items())


def embedded(
    picture: Picture,
    styles: Mapping[str, Style],
    *,
    key: str,
    scope: str,
    tables: str = "the tables of this section",
) -> Embedded:
    """Draw a chart of `scope`, a workload or a family, whose section in the page is `key`.

    Its description is what it shows; `tables` says where its data are, if they do not follow it.
    """
    theme, colors = symbolic(styles)
    own = f"{key}-{picture.name}"
    where = tables if picture.data is None else "the table that follows"
    wide, narrow = (
        draw(
            picture.draw(Canvas(width=width, theme=theme, styles=styles)),
            key=f"{own}-{width}",
            title=f"{scope}: {picture.heading}",
            description=f"{picture.finding} The data are in {where}.",
            colors=colors,
        )
        for width in (_WIDE, _NARROW)
    )
    return Embedded(
        key=own,
        heading=picture.heading,
        caption=picture.caption,
        wide=wide,
        narrow=narrow,
        data=picture.data and replace(picture.data, key=f"{own}-data", scope=scope),
    )
