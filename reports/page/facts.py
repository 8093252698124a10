"""What ran where: machine, versions, placement, proof."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from reports.analysis.analysed import Analysis
from reports.analysis.runtimes import cpus_of, runtimes_of
from reports.analysis.work import free_cpus, has_network
from reports.words import units
from reports.words.tables import Cell, Column, Row, RowGroup, Table
from reports.words.workloads import counted, pings
from results.format import Machine, RunFile

# A term, and what is known of it.
Fact = tuple[str, str]


def meta(analysis: Analysis) -> str:
    """The run in one line."""
    run, machine = analysis.run, analysis.run["machine"]
    complete = analysis.notes.blocks
    blocks = counted(run["blocks"], "block")
    return " · ".join(
        (
            f"Run {run['id']}",
            f"{run['profile']} profile",
            counted(len(run["contenders"]), "contender"),
            counted(len(run["workloads"]), "workload"),
            blocks if complete == run["blocks"] else f"{complete} of {blocks}",
            f"{machine['cpu']}, {counted(machine['cores'], 'core')}",
            _cpus_had(run),
        )
    )


def _cpus_had(run: RunFile) -> str:
    network = any(has_network(run, workload) for workload in run["workloads"])
    cpus = run["placement"]["programs"] if network else free_cpus(run)
    return f"programs on {counted(len(cpus), 'CPU')}"


def machine_facts(analysis: Analysis) -> tuple[Fact, ...]:
    """The machine, and what of it the programs had."""
    machine, placement = analysis.run["machine"], analysis.run["placement"]
    packages = ", ".join(f"{name} {version}" for name, version in machine["packages"].items())
    size = machine["memory_bytes"]
    return (
        ("CPU", f"{machine['cpu']}, {counted(machine['cores'], 'core')}"),
        *_limits(machine),
        ("Ping programs had", _cpus(placement["programs"])),
        ("Programs without a network had", _cpus(free_cpus(analysis.run))),
        ("Harness and origin had", _cpus(placement["harness"])),
        ("Placement", placement["mode"]),
        ("Frequency governor", machine["governor"] or "not known"),
        ("Memory", units.quantity(float(size), "bytes").value if size else "not known"),
        ("Virtualised", machine["virtualised"] or "no"),
        ("Kernel", machine["kernel"]),
        ("Harness", f"Python {machine['python']}; {packages}"),
    )


def _limits(machine: Machine) -> tuple[Fact, ...]:
    if machine["cpu_quota"] is not None:
        granted = f"{machine['cpu_quota']:g} CPUs, by a control group"
    elif machine["usable_cpus"] not in (None, machine["cores"]):
        granted = f"{machine['usable_cpus']} of {counted(machine['cores'], 'CPU')}"
    else:
        return ()
    return (("Usable", granted),)


def run_facts(analysis: Analysis) -> tuple[Fact, ...]:
    """The plan that was fixed before the first invocation."""
    run = analysis.run
    comparisons = counted(run["m"], "comparison")
    return (
        ("Run", run["id"]),
        ("Started", run["started"]),
        ("Profile", run["profile"]),
        ("Seed", str(run["seed"])),
        ("Blocks", f"{analysis.notes.blocks} of {run['blocks']} complete"),
        ("Corrected for", f"{comparisons} (m)"),
        ("Margin of equivalence", f"±{units.percent(run['delta'])} (δ)"),
    )


def contender_table(analysis: Analysis) -> Table:
    """Each contender's runtime and CPUs in its own words, its toolchain, hash and command."""
    runtimes = runtimes_of(analysis.folder)
    believed: dict[str, set[int]] = defaultdict(set)
    for (_, contender), counts in cpus_of(analysis.folder).items():
        believed[contender].update(counts)
    names = ("Id", "Language", "Runtime", "Toolchain", "Command", "Content hash")
    rows = []
    for plan in analysis.run["contenders"]:
        texts = (
            plan["id"],
            plan["language"],
            ", ".join(runtimes.get(plan["id"], ["–"])) + _counts(believed[plan["id"]]),
            plan["version"] or "–",
            " ".join(plan["command"]),
            plan["hash"][:12],
        )
        rows.append(Row(head=(plan["id"],), cells=tuple(Cell(text=text) for text in texts)))
    return Table(
        key="contenders",
        caption="Contenders as they ran",
        columns=tuple(Column(name=name) for name in names),
        groups=(RowGroup(rows=tuple(rows)),),
        prose=True,
    )


def _counts(cpus: Collection[int]) -> str:
    """What a runtime believes of its CPUs; nothing where it does not say."""
    told = " or ".join(counted(count, "CPU") for count in sorted(cpus))
    return f"; it counts {told}" if told else ""


def proof(analysis: Analysis) -> str:
    """How much was checked, and what came of it, in one sentence or two."""
    invocations = analysis.frames.invocations
    seen, count = int(invocations["pings"].sum()), len(invocations)
    if analysis.live:
        return f"{counted(count, 'invocation')} and {pings(seen)}, none of them proven."
    broken = int((invocations["broken"] > 0).sum())
    kept = (
        "none broke a rule"
        if not broken
        else f"{counted(broken, 'invocation')} broke a rule and {'has' if broken == 1 else 'have'}"
        " no number"
    )
    who = counted(count, "invocation")
    if not seen:
        return f"{who} were checked against the checksum that each job implies: {kept}."
    work = not all(has_network(analysis.run, workload) for workload in analysis.run["workloads"])
    checksums = (
        ", and iterations without pings against the checksum that their job implies" if work else ""
    )
    return (
        f"{who} with {pings(seen)} were checked against what "
        f"the origin itself saw of them{checksums}: {kept}."
    )


def _cpus(numbers: Sequence[int]) -> str:
    listed = ", ".join(str(number) for number in numbers)
    return f"{counted(len(numbers), 'CPU')} (number {listed})" if numbers else "all CPUs"
