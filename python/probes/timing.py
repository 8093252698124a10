"""The survey's ping program: its arithmetic on virtual time, and what it sends."""

import asyncio
import types
from collections.abc import Callable
from typing import Any

from probes.catalogue import Fact, Seen, probe
from probes.restored import restored
from probes.virtual_time import run_virtually

# How long each site of the restored program takes: chain 1 is 1 + 2 seconds, chain 2 is 3 + 1.
SECONDS = {"127.0.0.1": 1, "127.0.0.2": 2, "127.0.0.3": 3, "127.0.0.4": 1}
# Bounds the wait for a program that answers at once.
LIMIT_S = 2.0
# How long the server keeps a connection open after its answer: a client that takes the end from
# the answer's framing has ended by then.
HELD_S = 0.05


@probe("fork-join-makespan")
def fork_join_makespan() -> Seen:
    """Ping four sites of 1, 2, 3 and 1 virtual seconds in two chains, by the survey's program."""
    facts: dict[str, Fact] = run_virtually(makespan())
    return Seen({**facts, "duplicate-sites-kept": run_virtually(duplicates())})


def on_virtual_time() -> Callable[..., Any]:
    """Restore the program, its clock the loop's, a sleep in place of each ping."""
    parallel = restored("ping_today", "parallel_http_ping_sites")
    clock = asyncio.get_running_loop().time
    parallel.__globals__["time"] = types.SimpleNamespace(perf_counter=clock)
    parallel.__globals__["single_site_http_ping"] = lambda host: asyncio.sleep(SECONDS[host])
    return parallel


async def makespan() -> dict[str, Fact]:
    """Return the survey's three figures in whole seconds."""
    loop = asyncio.get_running_loop()
    start = loop.time()
    times = await on_virtual_time()()
    return {
        "real": round(loop.time() - start),
        "per-site": [round(times[site]) for site in SECONDS],
        "total": round(sum(times.values())),
    }


async def duplicates() -> int:
    """Let both chains ping the same two sites; return for how many pings a time is reported."""
    parallel = on_virtual_time()
    chain = parallel.__globals__["sequentially_http_ping_sites"]
    parallel.__globals__["sequentially_http_ping_sites"] = lambda *_: chain(*list(SECONDS)[:2])
    return len(await parallel())


class Recorder:
    """A server that answers HEAD requests and notes what came."""

    def __init__(self, answer: bytes, held_s: float = 0) -> None:
        self.answer = answer
        self.held_s = held_s
        self.connections = 0
        self.heads: list[str] = []
        self.ports: set[int] = set()
        self.events: list[str] = []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the requests of a connection; close it after the first one, as HTTP/1.0 wants."""
        self.connections += 1
        self.heads.append((await reader.readuntil(b"\r\n\r\n")).decode())
        writer.write(self.answer)
        await asyncio.sleep(self.held_s)
        self.events.append("closed")
        writer.close()

    async def record(self) -> None:
        """Let the survey's program ping its four sites, all of them here."""
        server = await asyncio.start_server(self.serve, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]

        async def connect(_: str, asked: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
            self.ports.add(asked)
            return await asyncio.open_connection("127.0.0.1", port)

        parallel = restored("ping_today", "parallel_http_ping_sites")
        names = parallel.__globals__
        single = names["single_site_http_ping"]

        async def noted(host: str) -> None:
            await single(host)
            self.events.append("ended")

        names["single_site_http_ping"] = noted
        names["asyncio"] = types.SimpleNamespace(
            open_connection=connect, wait=asyncio.wait, create_task=asyncio.create_task
        )
        async with server:
            await asyncio.wait_for(parallel(), LIMIT_S)


@probe("ping-wire-as-written")
def ping_wire_as_written() -> Seen:
    """Run the survey's program against a recorder that answers, redirects, keeps open or closes."""
    ok = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    plain, held, silent = Recorder(ok), Recorder(ok, HELD_S), Recorder(b"")
    redirected = Recorder(ok.replace(b"200 OK", b"302 Found\r\nLocation: /"))
    for recorder in (plain, held, silent, redirected):
        asyncio.run(recorder.record())
    return Seen(
        {
            "request-head": min(plain.heads),
            "ports": sorted(plain.ports),
            "connections": plain.connections,
            "requests": len(plain.heads),
            "redirected-connections": redirected.connections,
            "redirected-requests": len(redirected.heads),
            "unanswered-requests": len(silent.heads),
            "answer-ends-at": "framing" if held.events[0] == "ended" else "eof",
        }
    )
