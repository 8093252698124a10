"""What else the machine did while it measured, worded once."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from reports.analysis.disturbances import Disturbance, Noise
from reports.words import units

_MOST_BLOCKS = 4


def noise_lines(noise: Noise) -> Iterator[str]:
    """Yield what a reader must know of the noise; nothing where the machine was quiet."""
    if noise.throughout is not None:
        yield (
            "This machine was busy throughout: something waited for a CPU in "
            f"{units.percent(round(noise.throughout, 2))} of the time or more, whoever was measured"
        )
    if noise.uneven is not None:
        fast, slow = noise.uneven
        yield (
            "This machine changed its own pace: a fixed computation took "
            f"{units.quantity(fast, 'ns').value} in its fast moments and "
            f"{units.quantity(slow, 'ns').value} in its slow ones, {slow / fast:.1f}× as long; block "
            "values vary with it, and intervals are as wide as that makes them"
        )
    if noise.disturbed:
        yield (
            f"The machine was disturbed in {len(noise.disturbed)} of {noise.measured} invocations: "
            f"{' and '.join(_signs(noise.disturbed))}; they count like all others, and their marks "
            f"are hollow ({_places(noise.disturbed)})"
        )


def _signs(disturbed: Sequence[Disturbance]) -> Iterator[str]:
    slower = [each.slower for each in disturbed if each.slower is not None]
    waited = [each.waited for each in disturbed if each.waited is not None]
    if slower:
        yield f"a fixed computation before them took up to {max(slower):.2f}× its usual time"
    if waited:
        more = units.percent(round(max(waited), 2))
        yield f"something waited for a CPU in up to {more} more of the time than usual"


def _places(disturbed: Sequence[Disturbance]) -> str:
    blocks: dict[str, set[int]] = defaultdict(set)
    for each in disturbed:
        blocks[each.cell[0]].add(each.block + 1)
    return "; ".join(f"{name}: {_blocks(sorted(own))}" for name, own in blocks.items())


def _blocks(blocks: Sequence[int]) -> str:
    if len(blocks) > _MOST_BLOCKS:
        return f"{len(blocks)} blocks"
    return f"block{'s' if len(blocks) > 1 else ''} {', '.join(map(str, blocks))}"
