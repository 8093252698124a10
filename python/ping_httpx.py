"""HTTP HEAD pings with httpx."""

import asyncio
import sys
from collections.abc import Sequence

import anyio
import httpx

import ping_contract
from contract import now_ns
from ping_contract import NOT_SEEN, Failure, Job, PingRecording, Site, serve, valid_status


class Target:
    """A site as its chain sees it: what is asked for there. The client keeps the connection."""

    def __init__(
        self, client: httpx.AsyncClient, site: Site, job: Job, recording: PingRecording
    ) -> None:
        self.client, self.job, self.recording = client, job, recording
        self.url = httpx.URL(f"http://{site.name}{job.path}")
        self.headers = httpx.Headers({"Host": site.name, "Connection": job.connection})

    async def ping(self, slot: int) -> None:
        """Send one HEAD request and read the head of its answer."""
        start_ns = now_ns()
        response = None
        try:
            with anyio.fail_after(self.job.timeout_s):
                # Not client.head: that adds Accept, Accept-Encoding and User-Agent.
                request = httpx.Request("HEAD", self.url, headers=self.headers)
                response = await self.client.send(request, stream=True)
                status = valid_status(response.status_code)
                end_ns = now_ns()
                self.recording.record(slot, start_ns, NOT_SEEN, end_ns, end_ns, status)
        except Exception as error:
            end_ns = now_ns()
            self.recording.record(slot, start_ns, NOT_SEEN, NOT_SEEN, end_ns, failure_of(error))
            if response is not None:
                await response.aclose()
        else:
            await response.aread()  # nothing to read, but only so does the connection go back


def failure_of(error: Exception) -> Failure:
    """Tell which failure an error is, as in the other programs; any other is raised again."""
    match error:
        case httpx.NetworkError():
            return ping_contract.failure_of(
                system_error(error), connected=not isinstance(error, httpx.ConnectError)
            )
        case httpx.RemoteProtocolError():  # for garbage, and for a close without an answer
            closed = str(error).startswith("Server disconnected")
            return Failure.RESET if closed else Failure.PROTOCOL
    return ping_contract.failure_of(error, connected=True)


def system_error(error: BaseException) -> OSError:
    """Find the system's error, which httpx, httpcore and anyio each wrap in one of their own."""
    found = OSError()
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, OSError):
            found = cause
        cause = cause.__cause__ or cause.__context__
    return found


class Pings:
    """The pings of one job."""

    def __init__(self, job: Job, recording: PingRecording) -> None:
        self.job = job
        self.client = httpx.AsyncClient(
            trust_env=False,  # no proxy from the environment
            verify=False,  # no TLS here: loading the certificates would be a waste
            timeout=None,  # httpx limits each step, the contract the whole ping
            limits=httpx.Limits(
                max_connections=None, max_keepalive_connections=None, keepalive_expiry=None
            ),
        )
        self.chains = job.targets(lambda site: Target(self.client, site, job, recording))

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
        await self.client.aclose()


if __name__ == "__main__":
    sys.exit(serve(Pings, f"httpx {httpx.__version__}"))
