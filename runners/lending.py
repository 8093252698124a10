"""Programs of one runner, run by another: `sources_from` names the runner whose files they are."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from results.errors import TableError
from runners.manifest import MANIFEST, Manifest, no_source


def with_lenders(manifest: Manifest, found: Mapping[str, Manifest]) -> Manifest:
    """Return a manifest that knows the folders of those it takes sources from, of the runners found.

    Raises TableError where there is no such runner, or it has no such file.
    """
    lenders: dict[str, Path] = {}
    for number, contender in enumerate(manifest.contenders):
        name = contender.sources_from
        if name is None:
            continue
        file, key = f"{manifest.folder.name}/{MANIFEST}", f"contender[{number}]"
        lender = found.get(name)
        if lender is None or name == manifest.name:
            raise TableError(file, f"{key}.sources_from", f"there is no other runner ‘{name}’")
        for index, source in enumerate(contender.sources):
            if (wrong := no_source(source, lender.folder)) is not None:
                raise TableError(file, f"{key}.sources[{index}]", f"{wrong} in {name}")
        lenders[name] = lender.folder
    return replace(manifest, lenders=lenders) if lenders else manifest
