"""Requests that hold more than the contract's, since a library insists on a header."""

from results.format import RunFile


def surpluses(run: RunFile) -> dict[str, str]:
    """Return how much more each request of a contender (id) holds, as a row's mark: "+18 B"."""
    return {contender: f"+{size} B" for contender, size in _sizes(run).items()}


def surplus_lines(run: RunFile) -> list[str]:
    """Say whose requests are longer, by how much and by what."""
    sizes = _sizes(run)
    return [
        f"Each request of {contender['label']} holds {sizes[contender['id']]} bytes more than the "
        f"contract's: {', '.join(contender['extra_headers'])}"
        for contender in run["contenders"]
        if contender["id"] in sizes
    ]


def _sizes(run: RunFile) -> dict[str, int]:
    return {
        contender["id"]: sum(len(line) + len("\r\n") for line in lines)
        for contender in run["contenders"]
        if (lines := contender.get("extra_headers"))
    }
