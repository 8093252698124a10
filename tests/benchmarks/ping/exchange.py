"""An honest exchange between a program and the origin, made up without either."""

from dataclasses import dataclass

from benchmarks.ping.origin.plan import ConnectionMode, Plan, Record
from benchmarks.ping.record import PingFormat, PingRecord, rows_of
from benchmarks.ping.referee import Judgement, due_head, judge
from benchmarks.ping.stored import stored_pings
from benchmarks.ping.task import PingTask
from results.pings import StoredPings
from runners.protocol import Object

STEP_NS = 1000


@dataclass(slots=True)
class Exchange:
    """What both sides saw of one invocation."""

    task: PingTask
    plan: Plan
    record: Record
    rows: list[Object]

    def judge(self) -> Judgement:
        """Have it judged."""
        records = self.records()
        rows = rows_of(records) if len(records) == self.task.iterations else None
        return judge(self.task, self.plan, self.pings(), self.record.unrecorded, rows)

    def records(self) -> list[PingRecord]:
        """The program's side."""
        form = PingFormat(chains=self.task.chain_lengths)
        return [form.parse(row) for row in self.rows]

    def pings(self) -> StoredPings:
        """Both sides, as they are stored."""
        return stored_pings(self.task.chain_lengths, self.task.visits, self.records(), self.record)

    def broken(self) -> list[str]:
        """The rules that the referee finds broken."""
        return [finding.rule for finding in self.judge().findings]

    def request(
        self, site: int, at_ns: int, *, connection: int | None = None, head: bytes | None = None
    ) -> int:
        """Let the origin see one request; return its connection."""
        record = self.record
        if connection is None:
            connection = self.connect(site, at_ns)
        data = due_head(self.plan, site) if head is None else head
        if data not in record.heads:
            record.heads.append(data)
        record.connection.append(connection)
        record.seen_ns.append(at_ns + STEP_NS)
        record.sent_ns.append(at_ns + 2 * STEP_NS)
        record.head.append(record.heads.index(data))
        record.status.append(200)
        record.coalesced.append(False)
        return connection

    def connect(self, site: int, at_ns: int) -> int:
        """Let the origin accept a connection and return it."""
        self.record.connection_site.append(site)
        self.record.accepted_ns.append(at_ns)
        return len(self.record.accepted_ns) - 1


def honest(task: PingTask) -> Exchange:
    """Chains in step: the i-th pings of all chains are on the wire at once."""
    sites = task.placed([f"127.0.0.{n + 1}" for n in range(len(task.sites))])
    requests = task.pings * task.iterations
    plan = Plan(
        port=9, path="/p", connection=task.connection, sites=sites, requests=requests, hold=0
    )
    exchange = Exchange(task, plan, Record(), [])
    warm: dict[int, int] = {}
    longest = max(len(chain) for chain in task.chains)
    for iteration in range(task.iterations):
        start = 10**9 + iteration * (longest + 1) * 10 * STEP_NS
        pings: list[list[list[int | str | None]]] = [[] for _ in task.chains]
        for place in range(longest):
            at = 10 * STEP_NS * place
            for chain, visits in enumerate(task.chains):
                if place < len(visits):
                    site = visits[place]
                    reused = (
                        warm.get(site) if task.connection is ConnectionMode.KEEP_ALIVE else None
                    )
                    warm[site] = exchange.request(site, start + at + STEP_NS, connection=reused)
                    pings[chain].append([at, None, at + 4 * STEP_NS, at + 5 * STEP_NS, 200])
        exchange.rows.append(
            {
                "iteration": iteration,
                "start_ns": start,
                "end_ns": start + 10 * STEP_NS * longest,
                "pings": pings,
            }
        )
    return exchange
