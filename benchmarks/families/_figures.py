"""Figures that several families have."""

from results.format import FigurePlan


def time_per(item: str) -> FigurePlan:
    """Return the declaration of the time that one item takes on average."""
    return FigurePlan(
        key="per-item",
        kind="per-item",
        of=None,
        drawn="dots",
        unit="ns",
        axis=f"real time per {item}",
        heading=f"Time per {item}",
        caption=f"Real time over the number of items: one {item} on average, with its 95 % "
        "interval. The axis is logarithmic; right is slower.",
        told="",
    )
