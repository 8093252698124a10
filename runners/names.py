"""Names that nothing has: which known one was probably meant, and which families nobody knows."""

import difflib
from collections.abc import Collection, Iterable, Iterator

from results.text import plain
from runners.manifest import Manifest

_ALIKE = 0.6  # a name less similar than this is not what was meant


def no_such(kind: str, name: str, known: Collection[str]) -> str:
    """Return the sentence that names what there is not, with the known name nearest, if any is."""
    return f"There is no {kind} ‘{plain(name, 80)}’{_hint(name, known)}"


def unknown_families(manifests: Iterable[Manifest], known: Collection[str]) -> Iterator[str]:
    """Say, for each contender, which of its families are not among those known.

    No error: a runner may be newer than the harness, and takes part in its other families.
    """
    for manifest in manifests:
        for contender in manifest.contenders:
            for family in contender.families:
                if family not in known:
                    yield (
                        f"{contender.id} takes no part in its family ‘{family}’, "
                        f"which is not known here{_hint(family, known)}"
                    )


def _hint(name: str, known: Collection[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1, cutoff=_ALIKE)
    return f"; did you mean ‘{near[0]}’?" if near else "."
