"""HTTP HEAD pings with aiohttp."""

import asyncio
import sys
from collections.abc import Sequence

import aiohttp
import yarl

import ping_contract
from contract import now_ns
from ping_contract import NOT_SEEN, Failure, Job, PingRecording, Site, serve, valid_status

A_DAY_S = 86_400.0


class Target:
    """A site as its chain sees it: what is asked for there. The session keeps the connection."""

    def __init__(
        self, session: aiohttp.ClientSession, site: Site, job: Job, recording: PingRecording
    ) -> None:
        self.session, self.job, self.recording = session, job, recording
        self.url = yarl.URL(f"http://{site.name}{job.path}", encoded=True)
        self.headers = {"Host": site.name, "Connection": job.connection}

    async def ping(self, slot: int) -> None:
        """Send one HEAD request and read the head of its answer."""
        start_ns = now_ns()
        response = None
        try:
            async with asyncio.timeout(self.job.timeout_s):
                response = await self.session.head(self.url, headers=self.headers)
                status = valid_status(response.status)
                end_ns = now_ns()
                self.recording.record(slot, start_ns, NOT_SEEN, end_ns, end_ns, status)
        except Exception as error:
            end_ns = now_ns()
            self.recording.record(slot, start_ns, NOT_SEEN, NOT_SEEN, end_ns, failure_of(error))
            if response is not None:
                response.close()


def failure_of(error: Exception) -> Failure:
    """Tell which failure an error is, as in the other programs; any other is raised again."""
    match error:
        case aiohttp.ClientConnectorError():
            return ping_contract.failure_of(error.os_error, connected=False)
        case aiohttp.ServerDisconnectedError():
            return Failure.RESET
        case aiohttp.ClientResponseError():
            return Failure.PROTOCOL
    return ping_contract.failure_of(error, connected=True)


class Pings:
    """The pings of one job."""

    def __init__(self, job: Job, recording: PingRecording) -> None:
        self.job = job
        self.session = aiohttp.ClientSession(
            connector=(
                aiohttp.TCPConnector(limit=0, force_close=True)
                if job.connection == "close"
                else aiohttp.TCPConnector(limit=0, keepalive_timeout=A_DAY_S)
            ),
            cookie_jar=aiohttp.DummyCookieJar(),
            skip_auto_headers=["Accept", "Accept-Encoding", "User-Agent"],
            timeout=aiohttp.ClientTimeout(total=None),  # the contract limits the whole ping
        )
        # Or aiohttp sends again where a connection ends without an answer. It has no public setting.
        self.session._retry_connection = False
        self.chains = job.targets(lambda site: Target(self.session, site, job, recording))

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
        await self.session.close()


if __name__ == "__main__":
    sys.exit(serve(Pings, f"aiohttp {aiohttp.__version__}"))
