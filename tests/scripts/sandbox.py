"""A repository and a PATH of their own for tests of set-up, with fakes of uv, pip, apt-get and sudo.

The project in the sandbox needs one package, `tinydep`. Each fake that installs puts it into .venv
and notes in a log how it was called, so that a test reads as the expected sequence of calls.
"""

import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from scripts.setup import requirements
from scripts.setup.machine import Machine

BASE_PYTHON = Path(sys.base_prefix) / "bin" / f"python{sys.version_info[0]}.{sys.version_info[1]}"
PYPROJECT = """
[project]
dependencies = ["tinydep>=1.2"]
[project.optional-dependencies]
test = []
format = []
"""
# Installs tinydep, of the version given, into the .venv of the working directory.
PROVIDE = """
import pathlib, sys
site = next(pathlib.Path(".venv/lib").glob("python3*")) / "site-packages"
(site / "tinydep.py").write_text({body!r})
(site / "tinydep-{version}.dist-info").mkdir(exist_ok=True)
(site / "tinydep-{version}.dist-info/METADATA").write_text("Name: tinydep\\nVersion: {version}\\n")
"""
UV = """
case "$1" in
venv) exec {python} -m venv --without-pip .venv ;;
*) exec {python} {provide} ;;
esac
"""
# A python3 whose venv puts a fake pip into .venv, and whose own pip is that fake, too.
PYTHON = """
case "$*" in
*ensurepip*) exit {lacks_ensurepip} ;;
*"-m venv"*)
    {python} -m venv --without-pip .venv
    for site in .venv/lib/python3*/site-packages; do
        [ {lacks_ensurepip} = 1 ] || cp {pip} "$site/pip.py"
    done ;;
*"-m pip"*--version) exit {lacks_pip} ;;
*"-m pip"*) [ {lacks_pip} = 0 ] && exec {python} {provide} ;;
*) exec {python} "$@" ;;
esac
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sandbox:
    """Where set-up is tried: `machine` is what it sees, `folder` holds everything."""

    folder: Path
    machine: Machine

    def calls(self) -> list[str]:
        """How the fakes were called, in order."""
        log = self.folder / "log"
        return log.read_text(encoding="utf-8").splitlines() if log.exists() else []

    def fake(self, program: str, body: str) -> Path:
        """Put a shell script on the sandbox's PATH; it notes its arguments first."""
        path = self.folder / "bin" / program
        note = f'echo "{program} $*" >> {self.folder}/log'
        path.write_text(f"#!/bin/sh\n{note}\n{body}\n", encoding="utf-8")
        path.chmod(0o755)
        return path

    def provide(self, version: str = "1.2", body: str = "") -> str:
        """A command that installs tinydep, for the body of a fake."""
        script = self.folder / f"provide-{version}.py"
        script.write_text(PROVIDE.format(version=version, body=body), encoding="utf-8")
        return f"{BASE_PYTHON} {script}"

    def fake_uv(self) -> None:
        """A uv that works."""
        script = self.provide().split()[1]
        self.fake("uv", UV.format(python=BASE_PYTHON, provide=script))

    def fake_python(self, *, ensurepip: bool = True, pip: bool = True) -> Path:
        """A python3 that is new enough."""
        pip_module = self.folder / "pip.py"
        log = self.folder / "log"
        note = f"open({str(log)!r}, 'a').write('pip ' + ' '.join(sys.argv[1:]) + '\\n')\n"
        script = Path(self.provide().split()[1])
        pip_module.write_text("import sys\n" + note + script.read_text("utf-8"), encoding="utf-8")
        body = PYTHON.format(
            python=BASE_PYTHON,
            pip=pip_module,
            provide=script,
            lacks_ensurepip=int(not ensurepip),
            lacks_pip=int(not pip),
        )
        return self.fake("python3", body)

    def with_machine(self, **changes: Any) -> "Sandbox":
        """The same folder on another machine."""
        return replace(self, machine=replace(self.machine, **changes))


def make_sandbox(folder: Path, environ: Mapping[str, str]) -> Sandbox:
    """A sandbox on a Debian whose Python index is out of reach, for root."""
    root = folder / "repository"
    (root / "scripts/setup").mkdir(parents=True)
    shutil.copy(requirements.__file__, root / "scripts/setup/requirements.py")
    (root / "pyproject.toml").write_text(PYPROJECT, encoding="utf-8")
    (folder / "bin").mkdir()
    for program in ("cp", "env", "timeout"):
        (folder / "bin" / program).symlink_to(str(shutil.which(program)))
    machine = Machine(
        root=root,
        environ={
            "HOME": str(folder),
            "PATH": str(folder / "bin"),
            "PIP_CONFIG_FILE": "/dev/null",
            "PIP_NO_INDEX": "1",
            **environ,
        },
        user_id=0,
        os_release="ID=debian\n",
        python=BASE_PYTHON,
        system_python=BASE_PYTHON,
    )
    return Sandbox(folder=folder, machine=machine)
