"""The workloads of family ping: the survey's application, and what its parts cost.

Warm-ups come from pilots (2026-11-22, two cores of a shared virtual machine, .NET 10.0, Node 20.20,
CPython 3.11; medians of six invocations of 20 to 40 iterations). Node's compiler takes longest: its
clients come within a tenth of their steady time after 5 iterations of `survey`, some 11 of
`sequential`, 13 of `parallel` and 20 of `keep-alive`. The publication profile waits that long. The
default, which is to end within five minutes, waits half as long in `parallel`, where they were up
to 1.4 times as slow as in the end; quick is a first look. Reports say so.
"""

from benchmarks.families._model import Length, PingShape, Workload

PING_WORKLOADS = (
    Workload(
        name="survey",
        family="ping",
        set="ping",
        question="How long does the survey's own program take: two chains of two sites, "
        "each site answering after 5 ms?",
        lengths={
            "quick": Length(12, 5),
            "default": Length(12, 5),
            "publication": Length(30, 8),
        },
        pilot_s=0.012,
        shape=PingShape(chains=2, sites_per_chain=2, delay_ns=5_000_000),
    ),
    Workload(
        name="sequential",
        family="ping",
        set="ping",
        question="What does one awaited ping cost when nothing else goes on: "
        "32 in a row, no delay?",
        lengths={
            "quick": Length(8, 6),
            "default": Length(14, 11),
            "publication": Length(40, 16),
        },
        steady_after=11,
        pilot_s=0.01,
        shape=PingShape(chains=1, pings_per_site=32),
    ),
    Workload(
        name="parallel",
        family="ping",
        set="ping",
        question="How many pings get through when 64 chains of 8 run at once, no delay?",
        lengths={
            "quick": Length(5, 4),
            "default": Length(8, 6),
            "publication": Length(24, 14),
        },
        steady_after=13,
        pilot_s=0.105,
        shape=PingShape(chains=64, pings_per_site=8),
    ),
    Workload(
        name="keep-alive",
        family="ping",
        set="ping",
        question="What does a ping cost on a warm connection: 8 chains of 32, no delay?",
        lengths={
            "quick": Length(13, 12),
            "default": Length(22, 20),
            "publication": Length(40, 22),
        },
        steady_after=20,
        pilot_s=0.025,
        shape=PingShape(chains=8, pings_per_site=32, connection="keep-alive"),
    ),
)
