"""HTTP HEAD pings with asyncio's streams, as in the survey."""

import asyncio
import sys
from collections.abc import Sequence

from contract import now_ns
from ping_contract import (
    BLANK_LINE,
    HEAD_LIMIT,
    NOT_SEEN,
    Job,
    PingRecording,
    Site,
    failure_of,
    serve,
    status_of,
)


class Target:
    """A site as its chain sees it: what is asked for there, and the connection that is kept."""

    def __init__(self, site: Site, job: Job, recording: PingRecording) -> None:
        self.site, self.job, self.recording = site, job, recording
        self.request = (
            f"HEAD {job.path} HTTP/1.1\r\n"
            f"Host: {site.name}\r\n"
            f"Connection: {job.connection}\r\n\r\n"
        ).encode()
        self.connection: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ping(self, slot: int) -> None:
        """Send one HEAD request and read the head of its answer."""
        start_ns = now_ns()
        connect_ns = NOT_SEEN
        try:
            async with asyncio.timeout(self.job.timeout_s):
                if self.connection is None:
                    self.connection = await self.connect()
                    connect_ns = now_ns()
                reader, writer = self.connection
                if writer.is_closing():  # the site reset a kept connection
                    raise EOFError
                writer.write(self.request)
                status = status_of(await reader.readuntil(BLANK_LINE))
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

    async def connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Open a connection; asyncio sets TCP_NODELAY."""
        limit = HEAD_LIMIT - len(BLANK_LINE)  # asyncio counts what stands before the blank line
        return await asyncio.open_connection(self.site.host, self.site.port, limit=limit)

    def close(self) -> None:
        """Close the connection, if there is one."""
        if self.connection is not None:
            self.connection[1].close()
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
