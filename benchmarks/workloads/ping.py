"""The workloads of family ping: the survey's application, and what its parts cost.

Warm-ups come from pilots (2026-11-22, two cores of a shared virtual machine, .NET 10.0, Node 20.20,
CPython 3.11; medians of three invocations of each contender): how many iterations pass until the
slowest contender to warm up stays within a tenth of its steady time. Its first iteration took up
to 6 times the steady one in `survey`, 5 in `sequential`, 3 in `parallel` and 10 in `keep-alive`.
"""

from benchmarks.workloads.model import PingShape, Workload

PING_WORKLOADS = (
    Workload(
        name="survey",
        family="ping",
        set="ping",
        question="How long does the survey's own program take: two chains of two sites, "
        "each site answering after 5 ms?",
        iterations={"quick": 12, "default": 18, "publication": 30},
        warmup=5,
        pilot_s=0.012,
        shape=PingShape(chains=2, sites_per_chain=2, delay_ns=5_000_000),
    ),
    Workload(
        name="sequential",
        family="ping",
        set="ping",
        question="What does one awaited ping cost when nothing else goes on: "
        "32 in a row, no delay?",
        iterations={"quick": 8, "default": 20, "publication": 40},
        warmup=6,
        pilot_s=0.01,
        shape=PingShape(chains=1, pings_per_site=32),
    ),
    Workload(
        name="parallel",
        family="ping",
        set="ping",
        question="How many pings get through when 64 chains of 8 run at once, no delay?",
        iterations={"quick": 5, "default": 8, "publication": 20},
        warmup=4,
        pilot_s=0.105,
        shape=PingShape(chains=64, pings_per_site=8),
    ),
    Workload(
        name="keep-alive",
        family="ping",
        set="ping",
        question="What does a ping cost on a warm connection: 8 chains of 32, no delay?",
        iterations={"quick": 13, "default": 16, "publication": 40},
        warmup=12,
        pilot_s=0.025,
        shape=PingShape(chains=8, pings_per_site=32, connection="keep-alive"),
    ),
)
