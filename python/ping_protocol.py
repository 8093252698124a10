"""HTTP HEAD pings with an asyncio protocol, which is what streams are made of."""

import asyncio
import sys
from collections.abc import Sequence

from contract import now_ns
from ping_contract import (
    BLANK_LINE,
    HEAD_LIMIT,
    NOT_SEEN,
    Job,
    NotHttp,
    PingRecording,
    Site,
    failure_of,
    serve,
    status_of,
)


class Connection(asyncio.Protocol):
    """One connection: the loop calls it, and it completes the head that is waited for."""

    head: "asyncio.Future[bytes] | None" = None
    received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport; asyncio sets TCP_NODELAY."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def ask(self, request: bytes) -> "asyncio.Future[bytes]":
        """Send a request; the head of its answer comes later."""
        if self.transport.is_closing():  # the site closed a kept connection
            raise EOFError
        self.transport.write(request)
        self.received = b""
        self.head = asyncio.get_running_loop().create_future()
        return self.head

    def data_received(self, data: bytes) -> None:
        """Complete the head when its end has come."""
        self.received += data
        end = self.received.find(BLANK_LINE, 0, HEAD_LIMIT)
        if self.head is None or self.head.done():
            return
        if end >= 0:
            self.head.set_result(self.received[: end + len(BLANK_LINE)])
        elif len(self.received) >= HEAD_LIMIT:
            self.head.set_exception(NotHttp())

    def connection_lost(self, error: Exception | None) -> None:
        """Fail the head that will not come, after an orderly close, too."""
        if self.head is not None and not self.head.done():
            self.head.set_exception(error or EOFError())


class Target:
    """A site as its chain sees it: what is asked for there, and the connection that is kept."""

    def __init__(self, site: Site, job: Job, recording: PingRecording) -> None:
        self.site, self.job, self.recording = site, job, recording
        self.request = (
            f"HEAD {job.path} HTTP/1.1\r\n"
            f"Host: {site.name}\r\n"
            f"Connection: {job.connection}\r\n\r\n"
        ).encode()
        self.connection: Connection | None = None

    async def ping(self, slot: int) -> None:
        """Send one HEAD request and read the head of its answer."""
        start_ns = now_ns()
        connect_ns = NOT_SEEN
        try:
            async with asyncio.timeout(self.job.timeout_s):
                if self.connection is None:
                    self.connection = await self.connect()
                    connect_ns = now_ns()
                status = status_of(await self.connection.ask(self.request))
                end_ns = now_ns()
                self.recording.record(slot, start_ns, connect_ns, end_ns, end_ns, status)
        except Exception as error:
            end_ns = now_ns()
            failure = failure_of(error, connected=self.connection is not None)
            self.recording.record(slot, start_ns, connect_ns, NOT_SEEN, end_ns, failure)
            self.close()
        else:
            if self.job.connection == "close":
                self.close()

    async def connect(self) -> Connection:
        """Open a connection."""
        loop = asyncio.get_running_loop()
        _, connection = await loop.create_connection(Connection, self.site.host, self.site.port)
        return connection

    def close(self) -> None:
        """Close the connection, if there is one."""
        if self.connection is not None:
            self.connection.transport.close()
            self.connection = None


class Pings:
    """The pings of one job."""

    def __init__(self, job: Job, recording: PingRecording) -> None:
        self.job = job
        self.chains = job.targets(lambda site: Target(site, job, recording))

    async def chain(self, targets: Sequence[Target], slot: int) -> None:
        """Ping the targets of a chain one after another."""
        for target in targets:
            await target.ping(slot)
            slot += 1

    async def parallel(self, iteration: int) -> None:
        """Start all chains, and join them."""
        slot = iteration * self.job.pings
        async with asyncio.TaskGroup() as group:
            for targets in self.chains:
                group.create_task(self.chain(targets, slot))
                slot += len(targets)

    async def close(self) -> None:
        """Close the connections that were kept alive."""
        for targets in self.chains:
            for target in targets:
                target.close()


if __name__ == "__main__":
    sys.exit(serve(Pings))
