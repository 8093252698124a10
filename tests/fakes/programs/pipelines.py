"""Sends each site's second request together with its first, in one write."""

from socket import socket

from honest import Honest


class Pipelines(Honest):
    """Honest but for one thing."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: dict[str, int] = {}
        self.rest: dict[socket, bytes] = {}

    def request(self, site: str) -> bytes:
        place = self.sent[site] = self.sent.get(site, -1) + 1
        copies = (2, 0)[place] if place < 2 and self.many and not self.cold else 1
        return copies * super().request(site)

    def answer(self, connection: socket, start: int) -> bytes:
        data = self.rest.pop(connection, b"") or super().answer(connection, start)
        head, blank, self.rest[connection] = data.partition(b"\r\n\r\n")
        return head + blank


if __name__ == "__main__":
    Pipelines.main()
