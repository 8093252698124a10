"""The survey's times on virtual time: real, per site, total."""

import asyncio
import types
from collections.abc import Callable
from typing import Any

from probes.catalogue import Fact, Observation, probe
from probes.restored import restored
from probes.virtual_time import run_virtually

# probe: fork-join-makespan
# How long each site of the restored program takes: chain 1 is 1 + 2 seconds, chain 2 is 3 + 1.
SECONDS = {"127.0.0.1": 1, "127.0.0.2": 2, "127.0.0.3": 3, "127.0.0.4": 1}


@probe("fork-join-makespan")
def fork_join_makespan() -> Observation:
    """Ping sites of 1 + 2 and of 3 + 1 virtual seconds in two chains, plainly and as the survey."""
    return Observation(
        {
            **run_virtually(makespan()),
            **run_virtually(seed_makespan()),
            **run_virtually(site_in_both_chains()),
        }
    )


async def makespan() -> dict[str, Fact]:
    """Time delays in two chains."""
    clock = asyncio.get_running_loop().time

    async def chain(*seconds: int) -> list[int]:
        times = []
        for duration in seconds:
            start = clock()
            await asyncio.sleep(duration)
            times.append(round(clock() - start))
        return times

    start = clock()
    chains = await asyncio.gather(chain(1, 2), chain(3, 1))
    times = [time for chain_times in chains for time in chain_times]
    return {"real": round(clock() - start), "per-site": times, "total": sum(times)}


def on_virtual_time() -> Callable[..., Any]:
    """Restore the program, its clock the loop's, a delay in place of each ping."""
    parallel = restored("ping_today", "parallel_http_ping_sites")
    clock = asyncio.get_running_loop().time
    parallel.__globals__["time"] = types.SimpleNamespace(perf_counter=clock)
    parallel.__globals__["single_site_http_ping"] = lambda host: asyncio.sleep(SECONDS[host])
    return parallel


async def seed_makespan() -> dict[str, Fact]:
    """Let the survey's program time the same."""
    loop = asyncio.get_running_loop()
    start = loop.time()
    times = await on_virtual_time()()
    return {
        "seed-real": round(loop.time() - start),
        "seed-per-site": [round(times[site]) for site in SECONDS],
        "seed-total": round(sum(times.values())),
    }


async def site_in_both_chains() -> dict[str, Fact]:
    """Let both chains ping the first two sites; return the total that the survey would print."""
    parallel = on_virtual_time()
    chain = parallel.__globals__["sequentially_http_ping_sites"]
    parallel.__globals__["sequentially_http_ping_sites"] = lambda *_: chain(*list(SECONDS)[:2])
    try:
        times: dict[str, float] = await parallel()
    except (LookupError, ValueError) as error:
        return {"site-in-both-chains-raises": type(error).__name__}
    return {
        "site-in-both-chains-raises": "none",
        "site-in-both-chains-total": round(sum(times.values())),
    }
