"""What the survey's ping program, restored, sends."""

import asyncio
import contextlib
import gc
import io
import re
import socket
import types
from collections.abc import Coroutine, Iterable
from typing import Any, SupportsIndex

from probes.catalogue import Fact, Observation, probe
from probes.restored import restored

# probe: ping-wire-as-written
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
REDIRECT = OK.replace(b"200 OK", b"302 Found\r\nLocation: /other")
# Bounds the wait for what is expected to happen.
LIMIT_S = 2.0
# How many turns of the loop a connection stays open after its answer has come: a client that takes
# the end from the answer's framing needs a few of them to end.
HELD_TURNS = 100


class Hearing(asyncio.StreamReader):
    """A client's reader that tells when an answer has come."""

    def __init__(self) -> None:
        super().__init__()
        self.heard = asyncio.Event()

    def feed_data(self, data: Iterable[SupportsIndex]) -> None:
        """Take in what comes."""
        super().feed_data(data)
        self.heard.set()


class Recorder:
    """A server for all sites of the survey's program, which notes what comes."""

    def __init__(self, answer: bytes = OK, holds: bool = False, in_pairs: bool = False) -> None:
        self.answer, self.holds, self.in_pairs = answer, holds, in_pairs
        self.clients: dict[object, Hearing] = {}
        self.waiting: list[asyncio.Future[None]] = []
        self.pairs = self.connections = 0
        self.heads: list[str] = []
        self.asked: set[int] = set()
        self.events: list[str] = []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the request of a connection and close it, as HTTP/1.0 wants."""
        self.connections += 1
        self.heads.append((await reader.readuntil(b"\r\n\r\n")).decode())
        if self.in_pairs:
            await self.meet()
        writer.write(self.answer)
        if self.holds:
            await self.clients[writer.get_extra_info("peername")].heard.wait()
            for _ in range(HELD_TURNS):
                await asyncio.sleep(0)
        self.events.append("closed")
        writer.close()

    async def meet(self) -> None:
        """Wait until a request of the other chain is here, too."""
        if self.waiting:
            self.pairs += 1
            self.waiting.pop().set_result(None)
        else:
            self.waiting.append(asyncio.get_running_loop().create_future())
            await self.waiting[-1]

    def ping(self, *sites: str) -> list[str]:
        """Run the whole program, its chains of `sites` where some are given; return its lines."""
        main = restored("ping_today")
        names = main.__globals__
        chain, single = names["sequentially_http_ping_sites"], names["single_site_http_ping"]

        async def noted(host: str) -> None:
            await single(host)
            self.events.append("ended")

        names["single_site_http_ping"] = noted
        names["sequentially_http_ping_sites"] = lambda *hosts: chain(*(sites or hosts))
        names["asyncio"] = types.SimpleNamespace(
            run=lambda program: asyncio.run(self.beside(program)),
            open_connection=self.connect,
            wait=asyncio.wait,
            create_task=asyncio.create_task,
        )
        with contextlib.redirect_stdout(io.StringIO()) as output:
            main()
        return output.getvalue().splitlines()

    async def beside(self, program: Coroutine[object, object, object]) -> object:
        """Serve while the program's pings run."""
        server = await asyncio.start_server(self.serve, "127.0.0.1", 0)
        self.port: int = server.sockets[0].getsockname()[1]
        async with server:
            return await asyncio.wait_for(program, LIMIT_S)

    async def connect(self, _: str, asked: int) -> Any:
        """Connect to this server instead of to port 80 of a site."""
        self.asked.add(asked)
        loop, reader = asyncio.get_running_loop(), Hearing()
        protocol = asyncio.StreamReaderProtocol(reader)
        transport, _protocol = await loop.create_connection(
            lambda: protocol, "127.0.0.1", self.port
        )
        self.clients[transport.get_extra_info("sockname")] = reader
        return reader, asyncio.StreamWriter(transport, protocol, reader, loop)


class Refusal(Recorder):
    """Nobody listens."""

    async def beside(self, program: Coroutine[object, object, object]) -> object:
        """Hold a port without listening on it."""
        with socket.socket() as held:
            held.bind(("127.0.0.1", 0))
            self.port = held.getsockname()[1]
            return await program


@probe("ping-wire-as-written")
def ping_wire_as_written() -> Observation:
    """Let the survey's program ping sites that answer, redirect, keep open, close or refuse."""
    return Observation({**whole_program(), **other_answers()})


def whole_program() -> dict[str, Fact]:
    """Answer each pair of requests, one of each chain, once both have come."""
    recorder = Recorder(in_pairs=True)
    lines = recorder.ping()
    heads = {re.sub(r"127[.]0[.]0[.]\d", "ADDRESS", head) for head in recorder.heads}
    return {
        "prints": [line.partition(":")[0] for line in lines],
        "chains-overlap": recorder.pairs == 2,
        "requests": len(recorder.heads),
        "connections": recorder.connections,
        "heads": sorted(heads),
        "asked-ports": sorted(recorder.asked),
    }


def other_answers() -> dict[str, Fact]:
    """Answer in the other ways."""
    held, one_site = Recorder(holds=True), Recorder()
    redirected, unanswered = Recorder(REDIRECT), Recorder(b"")
    one_site.ping("127.0.0.1", "127.0.0.1")
    for recorder in (held, redirected):
        recorder.ping()
    return {
        "waits-for-close": held.events[0] == "closed",
        "one-site-requests": len(one_site.heads),
        "one-site-connections": one_site.connections,
        "redirected-requests": len(redirected.heads),
        "unanswered-raises": raised(unanswered),
        "unanswered-requests": len(unanswered.heads),
        **refused(),
    }


def refused() -> dict[str, Fact]:
    """Refuse every connection, and see what becomes of the second chain's failure."""
    with contextlib.redirect_stderr(io.StringIO()) as log:
        name = raised(Refusal())
        gc.collect()
    lost = "Task exception was never retrieved" in log.getvalue()
    return {"refused-raises": name, "refused-other-chain-is-lost": lost}


def raised(recorder: Recorder) -> str:
    """Run the program and say what it raises."""
    try:
        recorder.ping()
    except OSError as error:
        return type(error).__name__
    return "none"
