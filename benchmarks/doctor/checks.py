"""What the readings of a machine mean for a run, and what to do. Reads nothing by itself."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from benchmarks.doctor.readings import Readings, Toolchain
from results.calibration import in_words

# Two CPUs: one for the programs, one for origin and harness.
WANTED_CPUS = 2
BUSY_PRESSURE_PERCENT = 10.0
BUSY_LOAD_SHARE = 0.5
NEEDED_BACKLOG = 128
NEEDED_MEMORY_BYTES = 1_000_000_000
# A clock read through the kernel takes 200 ns and more, one through its shared page 20 to 60.
SLOW_CLOCK_NS = 150.0
SLOW_CLOCKS = ("acpi_pm", "hpet", "jiffies", "refined-jiffies")
LOWEST_PORT = 10_000
MEMORY_FILE_SYSTEMS = ("tmpfs", "ramfs")


class Level(StrEnum):
    """`problem`: a run does not work. `note`: it works, and less well. `ok`: as it should be."""

    OK = "ok"
    NOTE = "note"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """One thing that was looked at: a sentence, and what to do where there is something to do."""

    level: Level
    what: str
    advice: str | None = None


def judge(readings: Readings) -> list[Remark]:
    """Judge everything that was read, in a fixed order."""
    checks: Sequence[Callable[[Readings], Iterator[Remark]]] = (
        _system,
        _runners,
        _cpus,
        _frequency,
        _load,
        _virtualisation,
        _memory,
        _disk,
        _network,
        _limits,
        _clock,
        _calibration,
        _browser,
    )
    return [remark for check in checks for remark in check(readings)]


def _ok(what: str) -> Remark:
    return Remark(level=Level.OK, what=what)


def _note(what: str, advice: str) -> Remark:
    return Remark(level=Level.NOTE, what=what, advice=advice)


def _problem(what: str, advice: str) -> Remark:
    return Remark(level=Level.PROBLEM, what=what, advice=advice)


def _system(readings: Readings) -> Iterator[Remark]:
    if readings.system != "Linux":
        yield _problem(
            f"This is {readings.system}, and a run needs Linux.",
            "Use Linux or WSL 2: all processes must share one monotonic clock.",
        )


def _runners(readings: Readings) -> Iterator[Remark]:
    for problem in readings.broken_manifests:
        yield _note(f"A runner is left out: {problem}.", "Correct its manifest.")
    yield from map(_toolchain, readings.toolchains)
    if not any(_is_usable(each) for each in readings.toolchains if not each.optional):
        yield _problem("No runner is usable.", "Install what one of them needs, as listed above.")


def _is_usable(toolchain: Toolchain) -> bool:
    return not toolchain.missing and toolchain.failure is None


def _toolchain(toolchain: Toolchain) -> Remark:
    who = f"{'Optional runner' if toolchain.optional else 'Runner'} {toolchain.runner}"
    found = f"{who}: {toolchain.version or 'found'}"
    if _is_usable(toolchain) and toolchain.scripts:
        script = toolchain.scripts[0]
        return _note(
            f"{found}, started by a script ({script}), whose time counts as start-up.",
            f"Name the program itself: `run --with {script.name}=PATH`.",
        )
    if _is_usable(toolchain):
        return _ok(f"{found}.")
    advice = _sentence(toolchain.install or "See the runner's own documentation.")
    if toolchain.missing:
        return _note(f"{who} is skipped: {' and '.join(toolchain.missing)} not found.", advice)
    if toolchain.too_old:
        return _note(f"{who} is skipped: {_sentence(toolchain.failure or '')}", advice)
    # What cannot say its version is installed: another message to install it helps nobody.
    return _note(
        f"{who} does not answer: {_sentence(toolchain.failure or '')}",
        "Run that command by itself and mend what it says, or give `run` another executable: "
        "--with EXE=PATH.",
    )


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _cpus(readings: Readings) -> Iterator[Remark]:
    cpus, quota = readings.cpus, readings.quota
    limited = quota is not None and quota < cpus
    if limited:
        yield _note(
            f"A control group grants {quota:g} of {cpus} CPUs, and stops programs that use more.",
            "Run outside of the container or service, or raise its CPU limit.",
        )
    if cpus < WANTED_CPUS <= readings.cores:
        yield _note(
            f"One CPU of {readings.cores} may be used, so origin and programs take each other's "
            "time.",
            "Start without taskset, or give the container or service two CPUs.",
        )
    elif cpus < WANTED_CPUS:
        yield _note(
            "There is one CPU, so origin and programs take each other's time.",
            "Compare contenders of this machine only, or use one with two CPUs.",
        )
    elif not limited:
        yield _ok(
            f"{cpus} CPUs." if cpus == readings.cores else f"{cpus} of {readings.cores} CPUs."
        )
    if not readings.pins and cpus >= WANTED_CPUS:
        yield _note(
            "This system does not let processes be pinned to CPUs, so origin and programs share "
            "them.",
            "Allow sched_setaffinity in the sandbox, or measure outside of it.",
        )


def _frequency(readings: Readings) -> Iterator[Remark]:
    if readings.governor == "performance":
        yield _ok("Frequency governor: performance.")
    elif readings.governor is not None:
        yield _note(
            f"Frequency governor: {readings.governor}; the CPU slows down when it waits.",
            "For narrower intervals: sudo cpupower frequency-set -g performance",
        )
    if readings.turbo:
        yield _note(
            "The CPU may exceed its base frequency, which depends on its temperature.",
            "For narrower intervals switch turbo (boost) off in the firmware or under "
            "/sys/devices/system/cpu.",
        )


def _load(readings: Readings) -> Iterator[Remark]:
    if readings.load is None and readings.pressure is None:
        return
    load = "Load not known" if readings.load is None else f"Load {readings.load:.2f}"
    busy = f"{load} on {readings.cpus} CPU{'' if readings.cpus == 1 else 's'}"
    if readings.pressure is not None:
        busy += f", something waited for a CPU in {readings.pressure:.0f} % of the last 10 s"
    # The load's mean of a minute remembers what has ended; pressure, where known, decides.
    if readings.pressure is not None:
        is_busy = readings.pressure > BUSY_PRESSURE_PERCENT
    else:
        is_busy = (readings.load or 0.0) > BUSY_LOAD_SHARE * readings.cpus
    if is_busy:
        yield _note(f"{busy}.", "Close other programs before you measure.")
    else:
        yield _ok(f"{busy}.")


def _virtualisation(readings: Readings) -> Iterator[Remark]:
    if readings.virtualised is not None:
        yield _note(
            f"This machine is virtual ({readings.virtualised}): its neighbours take time unseen.",
            "Read the intervals: they hold that noise. Bare metal has less of it.",
        )


def _memory(readings: Readings) -> Iterator[Remark]:
    if readings.memory_available_bytes is None:
        return
    available = f"{_size(readings.memory_available_bytes)} of memory available"
    swapped = readings.swap_used_bytes or 0
    if readings.memory_available_bytes < NEEDED_MEMORY_BYTES:
        yield _note(f"Only {available}.", "Close programs, or programs under test may be swapped.")
    elif swapped:
        yield _note(
            f"{available}, and {_size(swapped)} of swap in use.",
            "Restart what was swapped out, or switch swap off while you measure.",
        )
    else:
        yield _ok(f"{available}, no swap in use.")


def _disk(readings: Readings) -> Iterator[Remark]:
    if not readings.out_writable:
        yield _problem(
            "The folder of the runs cannot be written to.",
            "Give yourself the right to write to it, or set AWAITBENCH_OUT to another folder.",
        )
    if readings.file_system in MEMORY_FILE_SYSTEMS:
        yield _note(
            f"The folder of the runs lies in memory ({readings.file_system}).",
            "Copy a run that you want to keep elsewhere.",
        )
    short = [name for name, size in readings.needed_bytes.items() if size > readings.free_bytes]
    free = f"{_size(readings.free_bytes)} free"
    needs = ", ".join(f"{name} {_size(size)}" for name, size in readings.needed_bytes.items())
    if not short:
        yield _ok(f"{free}; a run takes about: {needs}.")
    elif len(short) < len(readings.needed_bytes):
        yield _note(
            f"{free}, too little for {' and '.join(short)}; a run takes about: {needs}.",
            "Delete old runs from reports/out, or take a smaller profile.",
        )
    else:
        yield _problem(
            f"{free}; a run takes about: {needs}.", "Delete old runs, or make room on the disk."
        )


def _network(readings: Readings) -> Iterator[Remark]:
    if readings.ephemeral_ports is not None:
        low, high = readings.ephemeral_ports
        if low <= LOWEST_PORT and high >= 65535:
            yield _note(
                f"Outgoing connections use the ports {low} to {high}, so one may hold the "
                "origin's.",
                'Leave it some: sudo sysctl net.ipv4.ip_local_port_range="32768 60999"',
            )
        else:
            yield _ok(f"The origin's port lies outside of {low} to {high}.")
    if readings.somaxconn is not None and readings.somaxconn < NEEDED_BACKLOG:
        yield _note(
            f"A listening socket may queue {readings.somaxconn} connections only.",
            f"sudo sysctl net.core.somaxconn={NEEDED_BACKLOG} or more.",
        )


def _limits(readings: Readings) -> Iterator[Remark]:
    for short in readings.shortages:
        yield _problem(f"Too low a limit: {short}.", "`ulimit -Ha` shows what may be raised.")


def _clock(readings: Readings) -> Iterator[Remark]:
    source = readings.clock_source or "unknown"
    seen = f"Clock source {source}, {readings.clock_ns:.0f} ns a reading"
    if source in SLOW_CLOCKS or readings.clock_ns > SLOW_CLOCK_NS:
        yield _note(
            f"{seen}: slow.", "See available_clocksource; tsc or kvm-clock is read without a call."
        )
    else:
        yield _ok(f"{seen}.")


def _calibration(readings: Readings) -> Iterator[Remark]:
    found = readings.calibration
    if found is None:
        yield _note(
            "How small a difference this machine can show is not known.",
            "`calibrate` finds out, in six minutes.",
        )
    else:
        shown = in_words(found["smallest"])
        yield _ok(f"Smallest difference shown here: {shown}, as calibrated on {found['date']}.")


def _browser(readings: Readings) -> Iterator[Remark]:
    if readings.browser:
        yield _ok("Chromium and its driver for the tests of the page.")
    else:
        yield _note(
            "Chromium or its driver is missing, so tests of the page in a browser are skipped.",
            "Install chromium and chromium-driver; runs and reports do without.",
        )


def _size(size: int) -> str:
    """A size with two digits or so: it is an estimate."""
    for unit, factor in (("GB", 1_000_000_000), ("MB", 1_000_000)):
        if size >= factor:
            return f"{size / factor:.3g} {unit}"
    return f"{size / 1000:.0f} kB"
