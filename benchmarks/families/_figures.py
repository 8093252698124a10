"""Figures that several families have."""

from results.format import FigurePlan


def time_per(item: str, ways: str = "") -> FigurePlan:
    """Return the declaration of the time that one item takes on average.

    `ways` are sentences on what each contender does, where their names do not say it.
    """
    return FigurePlan(
        key="per-item",
        kind="per-item",
        of=None,
        drawn="dots",
        unit="ns",
        axis=f"real time per {item}",
        heading=f"Time per {item}",
        caption=f"Real time over the number of items: one {item} on average, with its 95 % "
        f"interval. The axis is logarithmic; right is slower.{ways and ' '}{ways}",
        told="",
    )
