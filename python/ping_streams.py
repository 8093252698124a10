"""HTTP HEAD pings with asyncio's streams, as in the survey."""

import asyncio
import re
import sys
from collections.abc import Sequence

from contract import now_ns
from ping_contract import Job, Ping, Site, Status, serve, valid_status

STATUS_LINE = re.compile(rb"HTTP/1\.[01] (\d{3})[ \r]")


class Pings:
    """The pings of one job."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.kept: dict[Site, tuple[asyncio.StreamReader, asyncio.StreamWriter]] = {}

    async def ping(self, site: Site) -> Ping:
        """Send one HEAD request and read the head of its answer."""
        status: Status
        connect_ns = head_ns = None
        connection = self.kept.pop(site, None)
        start_ns = now_ns()
        try:
            async with asyncio.timeout(self.job.timeout_ns / 1e9):
                if connection is None:
                    connection = await asyncio.open_connection(site.host, site.port)
                    connect_ns = now_ns()
                reader, writer = connection
                writer.write(
                    f"HEAD {self.job.path} HTTP/1.1\r\n"
                    f"Host: {site.name}\r\n"
                    f"Connection: {self.job.connection}\r\n\r\n".encode()
                )
                answer = await reader.readuntil(b"\r\n\r\n")
                status = status_of(answer)
                head_ns = now_ns()
        except TimeoutError:
            status = "timeout"
        except (ConnectionResetError, BrokenPipeError, EOFError):
            status = "reset"
        except OSError:  # refused, no route, no such name
            status = "refused"
        except (ValueError, asyncio.LimitOverrunError):
            status = "protocol"
        end_ns = now_ns()
        if connection is not None:
            if head_ns is not None and self.job.connection == "keep-alive":
                self.kept[site] = connection
            else:
                connection[1].close()
        return Ping(start_ns, connect_ns, head_ns, end_ns, status)

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
        for _, writer in self.kept.values():
            writer.close()


def status_of(head: bytes) -> int:
    """Return the status in a response head."""
    match = STATUS_LINE.match(head)
    if match is None:
        raise ValueError("not an HTTP answer")
    return valid_status(int(match[1]))


if __name__ == "__main__":
    sys.exit(serve(Pings))
