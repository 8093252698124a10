"""What the doctor looks at on this machine. None stands for what could not be read."""

import os
import platform
import shutil
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_
from pathlib import Path
from typing import TypeVar

import psutil

from benchmarks.families import FAMILIES
from results.calibration import Calibration, read_calibration
from results.errors import BuildError, TooOldError
from results.files import text_of
from results.format import Machine
from runners import cpus
from runners.discovery import Discovery
from runners.limits import shortages
from runners.manifest import Manifest
from runners.toolchain import find_toolchain, missing_executables, started_by_scripts

CLOCK_READS = 2000
T = TypeVar("T")

_CPU = Path("/sys/devices/system/cpu")
_NETWORK = Path("/proc/sys/net")
_CLOCK_SOURCE = Path("/sys/devices/system/clocksource/clocksource0/current_clocksource")
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_DRIVER = "chromedriver"


@dataclass(frozen=True, slots=True, kw_only=True)
class Toolchain:
    """What a runner needs: executables that are missing, else its version or what went wrong.

    `scripts` start its programs where executables should.
    """

    runner: str
    optional: bool = False
    missing: tuple[str, ...] = ()
    install: str | None = None
    version: str | None = None
    failure: str | None = None
    too_old: bool = False
    scripts: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Readings:
    """Everything that the checks judge.

    `turbo`: whether the CPU may exceed its base frequency. `load`: runnable processes, mean of one
    minute. `pressure`: per cent of the last 10 s in which something waited for a CPU. `cpus`: those
    of the `cores` that we may run on; `quota`: CPUs that control groups grant; `pins`: whether
    processes may be pinned to CPUs. `clock_ns`: one reading of the clock, median of many.
    `calibration`: what `calibrate` found here.
    """

    system: str
    toolchains: tuple[Toolchain, ...]
    broken_manifests: tuple[str, ...]
    cores: int
    cpus: int
    quota: float | None
    pins: bool
    governor: str | None
    turbo: bool | None
    load: float | None
    pressure: float | None
    virtualised: str | None
    swap_used_bytes: int | None
    memory_available_bytes: int | None
    out_writable: bool
    free_bytes: int
    needed_bytes: Mapping[str, int]
    file_system: str | None
    ephemeral_ports: tuple[int, int] | None
    somaxconn: int | None
    shortages: tuple[str, ...]
    clock_source: str | None
    clock_ns: float
    browser: bool
    calibration: Calibration | None


def read_machine(
    machine: Machine, found: Discovery, runs: Path, needed_bytes: Mapping[str, int]
) -> Readings:
    """Look at this machine; takes about as long as the runners' version commands.

    `machine` is what a run would say of it, `runs` the folder that a run would write to, and
    `needed_bytes` what a run of each profile takes there.
    """
    folder = _existing(runs)
    return Readings(
        system=platform.system(),
        toolchains=_toolchains(found),
        broken_manifests=tuple(broken.problem for broken in found.broken),
        cores=machine["cores"],
        cpus=len(cpus.allowed()),
        quota=machine["cpu_quota"],
        pins=cpus.can_pin(),
        governor=machine["governor"],
        turbo=_turbo(),
        load=_read(lambda: os.getloadavg()[0]),
        pressure=_pressure(text_of(Path("/proc/pressure/cpu"))),
        virtualised=machine["virtualised"],
        swap_used_bytes=_read(lambda: int(psutil.swap_memory().used)),
        memory_available_bytes=_read(lambda: int(psutil.virtual_memory().available)),
        out_writable=os.access(folder, os.W_OK | os.X_OK),
        free_bytes=shutil.disk_usage(folder).free,
        needed_bytes=needed_bytes,
        file_system=_file_system(folder),
        ephemeral_ports=_pair(text_of(_NETWORK / "ipv4/ip_local_port_range")),
        somaxconn=_number(text_of(_NETWORK / "core/somaxconn")),
        # Programs and origin inherit the soft limit, whatever the hard one would allow.
        shortages=tuple(shortages(reduce(or_, (family.needs() for family in FAMILIES.values())))),
        clock_source=text_of(_CLOCK_SOURCE) or None,
        clock_ns=_clock_ns(),
        browser=shutil.which(_DRIVER) is not None and any(map(shutil.which, _BROWSERS)),
        calibration=read_calibration(folder, machine),
    )


def _toolchains(found: Discovery) -> tuple[Toolchain, ...]:
    return tuple(map(_toolchain, found.manifests))


def _toolchain(manifest: Manifest) -> Toolchain:
    own = Toolchain(runner=manifest.name, optional=manifest.optional, install=manifest.install)
    if missing := missing_executables(manifest, {}):
        return replace(own, missing=tuple(missing))
    try:
        found = find_toolchain(manifest, {})
    except TooOldError as error:
        return replace(own, too_old=True, failure=str(error))
    except BuildError as error:
        return replace(own, failure=str(error))
    scripts = started_by_scripts(manifest, found.substitutions)
    return replace(own, version=found.version, scripts=tuple(scripts))


def _existing(folder: Path) -> Path:
    """The folder, or the nearest above it that exists: the one that a run would write to."""
    return next(each for each in (folder, *folder.absolute().parents) if os.path.isdir(each))


def _turbo() -> bool | None:
    boost = _number(text_of(_CPU / "cpufreq/boost"))
    no_turbo = _number(text_of(_CPU / "intel_pstate/no_turbo"))
    if no_turbo is not None:
        return no_turbo == 0
    return None if boost is None else boost == 1


def _pressure(text: str) -> float | None:
    """The `avg10` of the line `some` in /proc/pressure/cpu."""
    for line in text.splitlines():
        fields = dict(part.split("=", 1) for part in line.split() if "=" in part)
        if line.startswith("some") and "avg10" in fields:
            return float(fields["avg10"])
    return None


def _file_system(folder: Path) -> str | None:
    """The type of the file system that holds `folder`: the longest mount point above it wins."""
    mounts = [
        (len(partition.mountpoint), partition.fstype)
        for partition in _read(lambda: list(psutil.disk_partitions(all=True))) or ()
        if folder.resolve().is_relative_to(partition.mountpoint)
    ]
    return max(mounts)[1] if mounts else None


def _clock_ns() -> float:
    """The median step between readings of the monotonic clock, taken one after another."""
    reads: Sequence[int] = [time.monotonic_ns() for _ in range(CLOCK_READS)]
    steps = sorted(b - a for a, b in zip(reads, reads[1:], strict=False))
    return float(steps[len(steps) // 2])


def _read(reading: Callable[[], T]) -> T | None:
    """A reading of what a sandbox may hide."""
    try:
        return reading()
    except (psutil.Error, OSError, ValueError, LookupError, RuntimeError):
        return None


def _pair(text: str) -> tuple[int, int] | None:
    numbers = [_number(field) for field in text.split()]
    match numbers:
        case [int(low), int(high)]:
            return low, high
    return None


def _number(text: str) -> int | None:
    return int(text) if text.isdigit() else None
