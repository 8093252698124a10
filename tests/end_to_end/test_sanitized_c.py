"""The C programs under the compiler's sanitizers: every rule, and no access that is not theirs."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from runners.discovery import ROOT
from tests.fakes.command_line import CommandLine

pytestmark = [pytest.mark.slow, pytest.mark.deadline(300)]

SANITIZERS = ("-fsanitize=address,undefined", "-fno-sanitize-recover=undefined")


@pytest.fixture
def sanitized(tmp_path: Path) -> Path:
    """A copy of the C runner that is built with them; skip where the compiler has none."""
    (tmp_path / "probe.c").write_text("int main(void) { return 0; }\n")
    probe = ["cc", *SANITIZERS, "-o", f"{tmp_path}/probe", f"{tmp_path}/probe.c"]
    if shutil.which("cc") is None or subprocess.run(probe, capture_output=True).returncode != 0:
        pytest.skip("cc or its sanitizers are not installed on this machine.")
    folder = tmp_path / "sanitized"
    shutil.copytree(ROOT / "c", folder, ignore=shutil.ignore_patterns("out", ".*"))
    manifest = (folder / "runner.toml").read_text()
    flags = ", ".join(f'"{flag}"' for flag in ("-g", *SANITIZERS))
    changed = manifest.replace('"-O2"', flags).replace('name = "c"', 'name = "sanitized"')
    (folder / "runner.toml").write_text(changed)
    return folder


def test_every_rule_holds(sanitized: Path, tmp_path: Path) -> None:
    done = CommandLine(tmp_path / "home").do("check", "--runner", sanitized, "--json")
    rows = json.loads(done.out)
    assert [row for row in rows if row["ok"] is not True] == []
    assert {row["contender"] for row in rows} == {
        f"sanitized/{name}" for name in ("epoll", "timer-heap", "threads")
    }
