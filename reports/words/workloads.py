"""What a workload asks for, in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.analysis.work import has_network
from reports.words import units
from results.format import RunFile, WorkloadPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class PingShape:
    """The parameters of a workload of pings."""

    chains: int
    sites: int
    pings_per_site: int
    delay_ns: int
    keep_alive: bool

    @property
    def pings_per_chain(self) -> int:
        return self.sites * self.pings_per_site


def ping_shape(run: RunFile, workload: WorkloadPlan) -> PingShape | None:
    """None without a network, and where a run's parameters are not what pings have."""
    params = workload["params"]
    names = ("chains", "sites_per_chain", "pings_per_site", "delay_ns")
    numbers = [value for value in map(params.get, names) if type(value) is int and value >= 0]
    if not has_network(run, workload) or len(numbers) != len(names) or 0 in numbers[:3]:
        return None
    chains, sites, pings_per_site, delay_ns = numbers
    return PingShape(
        chains=chains,
        sites=sites,
        pings_per_site=pings_per_site,
        delay_ns=delay_ns,
        keep_alive=params.get("connection") == "keep-alive",
    )


def describe(run: RunFile, workload: WorkloadPlan) -> str:
    """The shape of one iteration, and how many there are, as sentences."""
    shape = ping_shape(run, workload)
    if shape is None:
        told = ", ".join(_parameter(key, value) for key, value in workload["params"].items())
        return f"Parameters: {told or 'none'}. {_iterations(workload)}"
    chains = "One chain" if shape.chains == 1 else f"{shape.chains} chains at once"
    return f"{chains}{_pings(shape)} {_sites(shape, run['sites'])} {_iterations(workload)}"


def _parameter(name: str, value: object) -> str:
    """ "delay 100 ms", "suspend no", "size 10,000": as a person says it."""
    if type(value) is int and name.endswith("_ns"):
        return f"{name.removesuffix('_ns')} {units.quantity(float(value), 'ns').value}"
    if type(value) is bool:
        return f"{name} {'yes' if value else 'no'}"
    return f"{name} {value:,}" if type(value) is int else f"{name} {value}"


def _pings(shape: PingShape) -> str:
    every = "" if shape.chains == 1 else ", each"
    if shape.sites == 1:
        inside = f"of {pings(shape.pings_per_chain)}, one after another"
    else:
        times = "once" if shape.pings_per_site == 1 else f"{shape.pings_per_site} times"
        inside = f"of {shape.sites} sites in turn, each pinged {times}"
    total = shape.chains * shape.pings_per_chain
    return f"{every} {inside}: {pings(total)} an iteration."


def _sites(shape: PingShape, sites: Sequence[Sequence[str]] | None) -> str:
    told = "The sites answer at once."
    if shape.delay_ns:
        delay = units.quantity(float(shape.delay_ns), "ns").value
        told = f"Each site waits {delay} before it answers."
    if sites is not None:
        told = f"The chains: {'; '.join(', then '.join(chain) for chain in sites)}."
    kept = "Each site's connection is opened once and kept."
    return f"{told} {kept if shape.keep_alive else 'Every ping opens its own connection.'}"


def _iterations(workload: WorkloadPlan) -> str:
    iterations, warmup = workload["iterations"], workload["warmup"]
    lengths = [*workload["lengths"].values()]
    if any(length != lengths[0] for length in lengths):
        whole = _span([length["iterations"] for length in lengths])
        left_out = _span([length["warmup"] for length in lengths])
        return (
            f"{whole} iterations an invocation, as many as each contender needs; the first {left_out} "
            "are warm-up, drawn below and left out of every figure but ‘first’, ‘young’, start-up, CPU "
            "and memory."
        )
    if iterations == 1:
        return "One iteration an invocation."
    if not warmup:
        return f"{counted(iterations, 'iteration')} an invocation, all of them measured."
    which = "the first is" if warmup == 1 else f"the first {warmup:,} are"
    return (
        f"{counted(iterations, 'iteration')} an invocation; {which} warm-up, drawn below and left "
        "out of every figure but ‘first’, start-up, CPU and memory."
    )


def _span(numbers: Sequence[int]) -> str:
    least, most = min(numbers), max(numbers)
    return f"{least:,}" if least == most else f"{least:,} to {most:,}"


def counted(number: int, noun: str) -> str:
    return f"1 {noun}" if number == 1 else f"{number:,} {noun}s"


def pings(number: int) -> str:
    return f"{number:,} ping{'' if number == 1 else 's'}"
