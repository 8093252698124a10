"""HTTP HEAD pings with httpx."""

import asyncio
import sys
from collections.abc import Sequence

import anyio
import httpx

from contract import now_ns
from ping_contract import Job, Ping, Site, Status, serve, valid_status


class Pings:
    """The pings of one job."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.urls = {site: httpx.URL(f"http://{site.name}{job.path}") for site in job.sites()}
        self.client = httpx.AsyncClient(
            trust_env=False,  # no proxy from the environment
            verify=False,  # no TLS here: loading the certificates would be a waste
            timeout=None,  # httpx limits each step, the contract the whole ping
            limits=httpx.Limits(
                max_connections=None, max_keepalive_connections=None, keepalive_expiry=None
            ),
        )

    async def ping(self, site: Site) -> Ping:
        """Send one HEAD request and read the head of its answer."""
        status: Status
        start_ns = now_ns()
        try:
            with anyio.fail_after(self.job.timeout_ns / 1e9):
                # Not client.head: that adds Accept, Accept-Encoding and User-Agent.
                headers = {"Connection": self.job.connection}
                request = httpx.Request("HEAD", self.urls[site], headers=headers)
                response = await self.client.send(request, stream=True)
                end_ns = now_ns()  # a HEAD's answer ends with its head
                await response.aread()  # nothing to read, but only so does the connection go back
                return Ping(start_ns, None, end_ns, end_ns, valid_status(response.status_code))
        except TimeoutError:
            status = "timeout"
        except httpx.ConnectError:
            status = "refused"
        except httpx.RemoteProtocolError as error:  # for garbage, and for a close without an answer
            status = "reset" if str(error).startswith("Server disconnected") else "protocol"
        except httpx.TransportError:
            status = "reset"
        except ValueError:
            status = "protocol"
        return Ping(start_ns, None, None, now_ns(), status)

    async def chain(self, sites: Sequence[Site]) -> list[Ping]:
        """Ping sites one after another."""
        return [await self.ping(site) for site in sites]

    async def parallel(self) -> list[list[Ping]]:
        """Start all chains, and join them."""
        async with asyncio.TaskGroup() as group:
            chains = [group.create_task(self.chain(sites)) for sites in self.job.chains]
        return [chain.result() for chain in chains]

    async def close(self) -> None:
        """Close the connections that were kept alive."""
        await self.client.aclose()


if __name__ == "__main__":
    sys.exit(serve(Pings, f"httpx {httpx.__version__}"))
