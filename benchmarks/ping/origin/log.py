"""What the origin notes of one invocation while it serves it."""

from benchmarks.ping.origin.plan import Record


class Log:
    """The columns of a Record, growing. It holds at most twice what is due, and counts the rest."""

    __slots__ = (
        "accepted", "bound", "coalesced", "connection", "connection_site", "head", "heads",
        "incomplete", "seen", "sent", "status", "unrecorded",
    )  # fmt: skip

    def __init__(self, requests: int) -> None:
        self.bound = 2 * requests + 1
        self.connection_site: list[int] = []
        self.accepted: list[int] = []
        self.connection: list[int] = []
        self.seen: list[int] = []
        self.sent: list[int] = []
        self.head: list[int] = []
        self.status: list[int] = []
        self.coalesced: list[bool] = []
        self.heads: dict[bytes, int] = {}
        self.incomplete: list[tuple[int, bytes]] = []
        self.unrecorded = 0

    def add_connection(self, site: int, accepted_ns: int) -> int:
        """Note an accepted connection; return its index, or -1 beyond the bound."""
        index = len(self.accepted)
        if index >= self.bound:
            self.unrecorded += 1
            return -1
        self.connection_site.append(site)
        self.accepted.append(accepted_ns)
        return index

    def add_request(self, connection: int, head: bytes, seen_ns: int, *, coalesced: bool) -> int:
        """Note a request that has no answer yet; return its index, or -1 beyond the bound."""
        index = len(self.seen)
        if index >= self.bound:
            self.unrecorded += 1
            return -1
        self.connection.append(connection)
        self.seen.append(seen_ns)
        self.sent.append(-1)
        self.head.append(self.heads.setdefault(head, len(self.heads)))
        self.status.append(0)
        self.coalesced.append(coalesced)
        return index

    def record(self) -> Record:
        """Return what was noted."""
        return Record(
            connection_site=self.connection_site,
            accepted_ns=self.accepted,
            connection=self.connection,
            seen_ns=self.seen,
            sent_ns=self.sent,
            head=self.head,
            status=self.status,
            coalesced=self.coalesced,
            heads=list(self.heads),
            incomplete=self.incomplete,
            unrecorded=self.unrecorded,
        )
