"""A repository and a PATH of their own for tests of set-up, with fakes of uv, pip and apt-get.

The project in the sandbox needs one package, `tinydep`. Each fake that installs puts it into .venv
and notes in a log how it was called, so that a test reads as the expected sequence of calls.
"""

import shutil
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import packaging

from scripts.setup import requirements
from scripts.setup.machine import Machine

BASE_PYTHON = Path(sys.base_prefix) / "bin" / f"python{sys.version_info[0]}.{sys.version_info[1]}"
PYPROJECT = """
[project]
dependencies = ["tinydep>=1.2"]
[project.optional-dependencies]
test = []
format = []
contenders = []
"""
# Installs tinydep, of the version given, into the .venv of the working directory; what comes with
# other requirements is seen there, too.
PROVIDE = """
import pathlib, sys
site = next(pathlib.Path(".venv/lib").glob("python3*")) / "site-packages"
(site / "tinydep.py").write_text({body!r})
(site / "others.pth").write_text({others!r})
(site / "tinydep-{version}.dist-info").mkdir(exist_ok=True)
(site / "tinydep-{version}.dist-info/METADATA").write_text("Name: tinydep\\nVersion: {version}\\n")
"""
UV = """
case "$1" in
venv) exec {python} -m venv --without-pip .venv ;;
*) exec {provide} ;;
esac
"""
# A python3 whose venv puts a fake pip into .venv.
PYTHON = """
{python} -m venv --without-pip .venv
for site in .venv/lib/python3*/site-packages; do
    cp {folder}/pip.py "$site/pip.py"
done
"""
PIP = """
import pathlib, subprocess, sys
log = pathlib.Path({log!r}).open("a")
print("pip", *sys.argv[1:], file=log, flush=True)
sys.exit(subprocess.call({command!r}, shell=True))
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

    def fake(self, program: str, body: str = "") -> Path:
        """Put a shell script on the sandbox's PATH; it notes its arguments first."""
        path = self.folder / "bin" / program
        note = f'echo "{program} $*" >> {self.folder}/log'
        path.write_text(f"#!/bin/sh\n{note}\n{body}\n", encoding="utf-8")
        path.chmod(0o755)
        return path

    def provide(self, version: str = "1.2", body: str = "") -> str:
        """A command that installs tinydep, for the body of a fake."""
        script = self.folder / f"provide-{version}.py"
        others = str(Path(packaging.__file__).parents[1])
        script.write_text(PROVIDE.format(version=version, body=body, others=others), "utf-8")
        return f"{BASE_PYTHON} {script}"

    def fake_uv(self) -> None:
        """A uv that works."""
        self.fake("uv", UV.format(python=BASE_PYTHON, provide=self.provide()))

    def fake_pip(self, command: str) -> None:
        """Let pip do as `command` does."""
        text = PIP.format(log=str(self.folder / "log"), command=command)
        (self.folder / "pip.py").write_text(text, encoding="utf-8")

    def as_user(self) -> "Sandbox":
        """The same folder for a user who may not install."""
        return replace(self, machine=replace(self.machine, user_id=1000))


def make_sandbox(folder: Path, *, is_debian: bool) -> Sandbox:
    """A sandbox for root, whose Python index is out of reach."""
    root = folder / "repository"
    (root / "scripts/setup").mkdir(parents=True)
    shutil.copy(requirements.__file__, root / "scripts/setup/requirements.py")
    (root / "pyproject.toml").write_text(PYPROJECT, encoding="utf-8")
    (folder / "bin").mkdir()
    (folder / "bin/cp").symlink_to(str(shutil.which("cp")))
    machine = Machine(
        root=root,
        environ={"HOME": str(folder), "PATH": str(folder / "bin")},
        user_id=0,
        is_debian=is_debian,
        python=folder / "bin/python3",
        debian_python=BASE_PYTHON,
    )
    sandbox = Sandbox(folder=folder, machine=machine)
    sandbox.fake("python3", PYTHON.format(python=BASE_PYTHON, folder=folder))
    sandbox.fake_pip("echo no index answers; exit 1")
    return sandbox
