"""What live mode asks of a command line: sites instead of workloads, and few requests to each."""

from collections.abc import Sequence

from benchmarks.cli.options import say
from benchmarks.ping.live import REQUEST_LIMIT, parse_sites
from benchmarks.run import planning
from results.errors import UsageError
from results.format import RunFile


def live_chains(
    sites: Sequence[str], workloads: Sequence[str], lengths: Sequence[float | None]
) -> list[list[str]] | None:
    """Return the sites of each chain; None where none are given, and the mode is not live.

    Raises UsageError where workloads, or lengths of time or iterations, are given beside them.
    """
    if not sites:
        return None
    chains = parse_sites(sites)
    if workloads:
        raise UsageError("--sites and --workload exclude each other: live mode has its own.")
    if any(length is not None for length in lengths):
        raise UsageError(
            "--time, --warm-up and --measure do not go with --sites, which sets the pace: give --blocks."
        )
    return chains


def insist_on_few_requests(plan: RunFile, yes: bool) -> None:
    """Say how many requests each site gets. Raises UsageError where that is many, without a yes."""
    requests = planning.invocations(plan["schedule"])
    say(f"Each site gets {requests} requests, at least a second apart. Nothing is proven live.")
    if requests > REQUEST_LIMIT and not yes:
        raise UsageError(
            f"{requests} requests to each site are more than {REQUEST_LIMIT}; "
            "ask for fewer blocks or contenders, or give --yes if the sites are yours."
        )
