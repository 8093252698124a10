"""What this machine is, as results carry it: nothing names the host, a user or a path."""

import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import psutil

from results.format import Machine

# Of the harness and the reports, and what a contender of ours is made of: httpx and its transport.
_PACKAGES = ("numpy", "scipy", "pandas", "matplotlib", "psutil")
_MEASURED_PACKAGES = ("httpx", "httpcore", "h11", "anyio")
_GOVERNOR = Path("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor")
_PRODUCT = Path("/sys/class/dmi/id/sys_vendor")
# What must not change between the parts of one run.
_IDENTITY = ("cpu", "cores", "memory_bytes", "kernel", "python")


def describe_machine() -> Machine:
    """Read what a reader needs to judge a number by."""
    return Machine(
        cpu=_cpu_model(),
        cores=os.cpu_count() or 1,
        governor=_text(_GOVERNOR),
        memory_bytes=psutil.virtual_memory().total,
        kernel=f"{platform.system()} {platform.release()}",
        virtualised=_virtualised(),
        python=platform.python_version(),
        packages=_packages(),
    )


def differences(then: Machine, now: Machine) -> list[str]:
    """Return what changed so that two parts of a run would not be comparable."""
    found = {key: (then.get(key), now.get(key)) for key in _IDENTITY} | {
        name: (then["packages"].get(name), now["packages"].get(name)) for name in _MEASURED_PACKAGES
    }
    return [f"{key} was {a}, is {b}" for key, (a, b) in found.items() if a != b]


def _cpu_model() -> str:
    for line in (_text(Path("/proc/cpuinfo")) or "").splitlines():
        key, _, value = line.partition(":")
        if key.strip() in ("model name", "Processor", "cpu model") and value.strip():
            return value.strip()
    return platform.machine()


def _virtualised() -> str | None:
    """Return the hypervisor's name, 'yes' where the CPU only says that there is one, or None."""
    if "microsoft" in platform.release().lower():
        return "WSL 2"
    if " hypervisor" in (_text(Path("/proc/cpuinfo")) or ""):
        return _text(_PRODUCT) or "yes"
    return None


def _packages() -> dict[str, str]:
    found = {}
    for name in (*_PACKAGES, *_MEASURED_PACKAGES):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def _text(path: Path) -> str | None:
    try:
        return path.read_text(errors="replace").strip() or None
    except OSError:
        return None
