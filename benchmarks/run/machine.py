"""What this machine is, as results carry it: nothing names the host, a user or a path."""

import os
import platform
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import psutil

from results.files import text_of
from results.format import Machine
from runners import cpus

# Of the harness and the reports, and what contenders of ours are made of: httpx with its transport.
_PACKAGES = ("numpy", "scipy", "pandas", "matplotlib", "psutil")
_MEASURED_PACKAGES = ("httpx", "httpcore", "h11", "anyio", "aiohttp", "uvloop")
_GOVERNOR = Path("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor")
_PRODUCT = Path("/sys/class/dmi/id/sys_vendor")
# What changes a figure, and so must not change between the parts of one run.
_IDENTITY = ("cpu", "usable_cpus", "governor", "kernel", "python")
_HARMLESS = ("cores", "memory_bytes", "virtualised")


def describe_machine() -> Machine:
    """Read what a reader needs to judge a number by."""
    return Machine(
        cpu=_cpu_model(),
        cores=os.cpu_count() or 1,
        usable_cpus=cpus.usable(),
        cpu_quota=cpus.quota(),
        governor=text_of(_GOVERNOR) or None,
        memory_bytes=_memory_bytes(),
        kernel=f"{platform.system()} {platform.release()}",
        virtualised=_virtualised(),
        python=platform.python_version(),
        packages=_packages(),
    )


def differences(then: Machine, now: Machine) -> list[str]:
    """Return what changed so that two parts of a run would not be comparable."""
    return _changes(then, now, _IDENTITY, _MEASURED_PACKAGES)


def harmless_differences(then: Machine, now: Machine) -> list[str]:
    """Return what else changed: worth a note, and no reason to begin again."""
    return _changes(then, now, _HARMLESS, _PACKAGES)


def _changes(
    then: Machine, now: Machine, keys: Sequence[str], packages: Sequence[str]
) -> list[str]:
    found = [(key, then.get(key), now.get(key)) for key in keys]
    # What was not there then took no part.
    found += [
        (name, known, now["packages"].get(name))
        for name in packages
        if (known := then["packages"].get(name)) is not None
    ]
    return [f"{key} was {a}, is {b}" for key, a, b in found if a != b]


def _memory_bytes() -> int | None:
    try:
        return int(psutil.virtual_memory().total)
    except (psutil.Error, OSError, ValueError, LookupError):  # a sandbox may hide /proc/meminfo
        return None


def _cpu_model() -> str:
    for line in text_of(Path("/proc/cpuinfo")).splitlines():
        key, _, value = line.partition(":")
        if key.strip() in ("model name", "Processor", "cpu model") and value.strip():
            return value.strip()
    return platform.machine()


def _virtualised() -> str | None:
    """Return the hypervisor's name, 'yes' where the CPU only says that there is one, or None."""
    if "microsoft" in platform.release().lower():
        return "WSL 2"
    if " hypervisor" in text_of(Path("/proc/cpuinfo")):
        return text_of(_PRODUCT) or "yes"
    return None


def _packages() -> dict[str, str]:
    found = {}
    for name in (*_PACKAGES, *_MEASURED_PACKAGES):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found
