"""Set-up makes .venv by whatever way is open, repairs what was cut off, and else does nothing."""

import errno
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from runners.environment import own_environment
from scripts.setup import debian, environment, npm
from scripts.setup.__main__ import main
from scripts.setup.machine import CommandFailed, SetupError
from tests.scripts.sandbox import Sandbox, make_sandbox

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def offline(tmp_path: Path) -> Sandbox:
    """Root on a Debian without the Python index, with an apt-get that works."""
    sandbox = make_sandbox(tmp_path, is_debian=True)
    sandbox.fake("apt-get", sandbox.provide())
    sandbox.fake("dpkg")
    return sandbox


@pytest.fixture
def online(tmp_path: Path) -> Sandbox:
    """A machine that is no Debian, with the Python index."""
    sandbox = make_sandbox(tmp_path, is_debian=False)
    sandbox.fake_pip(sandbox.provide())
    return sandbox


def set_up(sandbox: Sandbox) -> bool:
    """Do what `make setup` does about .venv; tell whether there was work."""
    if environment.ready(sandbox.machine):
        return False
    environment.make(sandbox.machine)
    return True


def installing(sandbox: Sandbox) -> list[str]:
    """The programs that were asked to install something, in order."""
    return [call.split()[0] for call in sandbox.calls() if " install " in call]


def wants(sandbox: Sandbox, bound: str) -> None:
    """Let the project need another version of its package."""
    pyproject = sandbox.machine.root / "pyproject.toml"
    text = pyproject.read_text(encoding="utf-8")
    pyproject.write_text(text.replace(">=1.2", bound), encoding="utf-8")


def test_the_second_call_finds_nothing_to_do(offline: Sandbox) -> None:
    assert (set_up(offline), set_up(offline)) == (True, False)


def test_without_the_index_a_debian_gives_its_packages(offline: Sandbox) -> None:
    assert set_up(offline)
    assert installing(offline) == ["pip", "apt-get"]
    assert offline.calls()[-1].endswith(" ".join(debian.PACKAGES))
    config = (offline.machine.root / ".venv/pyvenv.cfg").read_text(encoding="utf-8")
    assert "include-system-site-packages = true" in config


def test_a_bare_debian_without_ensurepip_gives_its_packages(offline: Sandbox) -> None:
    offline.fake("python3", "echo ensurepip is not available; exit 1")
    assert set_up(offline)
    assert installing(offline) == ["apt-get"]


def test_missing_package_lists_are_fetched_and_a_torn_dpkg_is_repaired(offline: Sandbox) -> None:
    tried = offline.folder / "tried"
    offline.fake(
        "apt-get", f"[ -e {tried} ] || {{ echo > {tried}; exit 100; }}; {offline.provide()}"
    )
    assert set_up(offline)
    calls = [call for call in offline.calls() if call.startswith(("apt-get", "dpkg"))]
    steps = ("install", "--configure", "update")
    assert [step for call in calls for step in steps if f" {step} " in f"{call} "] == [
        "install",
        "--configure",
        "update",
        "install",
    ]


@pytest.mark.parametrize(("sudo", "begins"), [(False, "su -c '"), (True, "sudo sh -c '")])
def test_a_user_is_told_what_to_type_and_nothing_becomes_root(
    offline: Sandbox, sudo: bool, begins: str
) -> None:
    if sudo:
        offline.fake("sudo", 'exec "$@"')
    command = "apt-get update && apt-get install --no-install-recommends black python3-click"
    with pytest.raises(SetupError, match=f"\\n    {begins}{command}"):
        set_up(offline.as_user())
    assert {call.split()[0] for call in offline.calls()} == {"python3", "pip"}


def test_uv_is_used_where_it_is_found(online: Sandbox) -> None:
    online.fake_uv()
    assert set_up(online)
    assert [call.split()[:2] for call in online.calls()] == [["uv", "venv"], ["uv", "pip"]]
    assert " --only-binary=:all: " in online.calls()[1]
    assert online.calls()[1].endswith("tinydep>=1.2")


def test_without_uv_venv_and_pip_are_used(online: Sandbox) -> None:
    assert set_up(online)
    (call,) = (call for call in online.calls() if call.startswith("pip install "))
    assert " --only-binary=:all: " in call
    assert call.endswith("tinydep>=1.2")


def test_another_way_is_tried_when_one_fails(online: Sandbox) -> None:
    online.fake("uv", "exit 2")
    assert set_up(online)
    assert installing(online) == ["pip"]


def test_no_index_and_no_debian_is_said(
    online: Sandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    online.fake_pip("echo no index answers; exit 1")
    with pytest.raises(SetupError, match="no way to make .venv worked"):
        set_up(online)
    assert "no index answers" in capsys.readouterr().out


@pytest.mark.parametrize("existing", ["the whole .venv", "none of it"])
def test_a_set_up_that_was_cut_off_is_made_anew(offline: Sandbox, existing: str) -> None:
    if existing == "the whole .venv":
        set_up(offline)
        (offline.machine.root / ".venv/leftover").touch()
    (offline.machine.root / environment.UNFINISHED).touch()
    assert set_up(offline)
    assert not (offline.machine.root / ".venv/leftover").exists()
    assert not set_up(offline)


def test_a_set_up_that_failed_is_made_anew(offline: Sandbox) -> None:
    offline.fake("apt-get", f"{offline.provide()}; exit 1")
    with pytest.raises(SetupError):
        set_up(offline)
    assert not environment.ready(offline.machine)


def test_what_was_removed_afterwards_is_noticed(offline: Sandbox) -> None:
    set_up(offline)
    next((offline.machine.root / ".venv").rglob("tinydep.py")).unlink()
    assert set_up(offline)


def test_an_interpreter_that_is_gone_is_noticed(offline: Sandbox) -> None:
    set_up(offline)
    python = offline.machine.root / ".venv/bin/python"
    python.unlink()
    python.symlink_to("/nowhere/python3")
    assert set_up(offline)


def test_a_requirement_that_is_still_met_costs_no_installation(offline: Sandbox) -> None:
    set_up(offline)
    wants(offline, ">=1.1")
    assert not set_up(offline)


def test_a_new_requirement_is_installed(offline: Sandbox) -> None:
    set_up(offline)
    wants(offline, ">=1.3")
    offline.fake("apt-get", offline.provide("1.3"))
    assert set_up(offline)


@pytest.mark.parametrize("is_there", [True, False])
def test_what_optional_contenders_need_is_tried_and_no_failure(
    offline: Sandbox, is_there: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    pyproject = offline.machine.root / "pyproject.toml"
    text = pyproject.read_text(encoding="utf-8")
    pyproject.write_text(text.replace("contenders = []", 'contenders = ["tinymore>=1"]'), "utf-8")
    if not is_there:
        offline.fake("apt-get", f'case "$*" in *uvloop*) exit 100 ;; esac; {offline.provide()}')
    assert (set_up(offline), set_up(offline)) == (True, False)
    assert offline.calls()[-1].endswith(" ".join(debian.OPTIONAL))
    told = "optional contenders will be left out, without tinymore>=1: `apt-get"
    assert (told in capsys.readouterr().out) is not is_there


def test_a_venv_that_is_a_link_is_replaced_and_what_it_points_to_kept(offline: Sandbox) -> None:
    elsewhere = offline.folder / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "precious").touch()
    (offline.machine.root / ".venv").symlink_to(elsewhere)
    assert set_up(offline)
    assert os.listdir(elsewhere) == ["precious"]


def test_a_package_that_cannot_be_imported_is_no_success(offline: Sandbox) -> None:
    offline.fake("apt-get", offline.provide(body="1 / 0"))
    with pytest.raises(SetupError):
        set_up(offline)
    assert not environment.ready(offline.machine)


def test_a_command_that_hangs_is_ended(offline: Sandbox) -> None:
    hanging = offline.fake("hanging", "echo so far; exec /bin/sleep 60")
    with pytest.raises(CommandFailed, match="took longer than 0 s:\nso far"):
        offline.machine.run([str(hanging)], seconds=0.05)


def test_what_was_exported_for_another_project_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PIP_INDEX_URL", "PIP_TARGET", "PIP_USER", "PYTHONPATH", "UV_PYTHON", "PATHS"):
        monkeypatch.setenv(name, "theirs")
    ours = own_environment()
    assert {name for name, value in ours.items() if value == "theirs"} == {"PIP_INDEX_URL", "PATHS"}
    assert ours["PIP_USER"] == "0"


@pytest.mark.parametrize(
    ("pretend", "sentence"),
    [
        ("sys.platform = 'win32'", "needs Linux, or WSL 2"),
        ("sys.platform = 'darwin'", "needs Linux, or WSL 2"),
        ("sys.version_info = (3, 10, 1)", "needs 3.11 or newer"),
    ],
)
def test_another_system_or_python_is_one_sentence(pretend: str, sentence: str) -> None:
    program = f"import sys; {pretend}; import scripts.setup"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=300
    )
    assert (done.returncode, done.stderr.count("\n")) == (3, 1)
    assert sentence in done.stderr


def test_the_environment_knows_the_project_from_wherever_it_is_started(online: Sandbox) -> None:
    set_up(online)
    (online.machine.root / "ourproject.py").touch()
    python = online.machine.root / environment.PYTHON
    done = subprocess.run(
        [python, "-c", "import ourproject"], cwd="/", env={"PYTHONSAFEPATH": "1"}, timeout=300
    )
    assert done.returncode == 0


def test_what_somebody_else_made_is_imported_before_it_is_believed(online: Sandbox) -> None:
    set_up(online)
    (mark,) = (online.machine.root / ".venv").rglob(environment.MARK)
    mark.unlink()
    assert environment.ready(online.machine)
    next((online.machine.root / ".venv").rglob("tinydep.py")).write_text("1 / 0", "utf-8")
    assert not environment.ready(online.machine)


@pytest.mark.parametrize("question", ["unmet", "broken"])
def test_packages_of_the_user_are_not_seen(
    offline: Sandbox, question: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither do they meet what is missing, nor break what is there."""
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    home = offline.folder / "home"
    site = home / f".local/lib/python{version}/site-packages"
    (site / "tinydep-9.dist-info").mkdir(parents=True)
    (site / "tinydep-9.dist-info/METADATA").write_text("Name: tinydep\nVersion: 9\n")
    (site / "tinydep.py").write_text("raise ImportError('of the user')")
    monkeypatch.setenv("HOME", str(home))
    machine = replace(
        offline.machine,
        environ={**own_environment(), "PATH": offline.machine.environ["PATH"]},
    )
    set_up(Sandbox(folder=offline.folder, machine=machine))
    assert installing(offline)[-1] == "apt-get"
    assert environment.ask(machine, question) == []


def test_a_folder_that_cannot_be_written_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(machine: object) -> bool:
        raise PermissionError(errno.EACCES, "Permission denied", str(tmp_path / ".venv.unfinished"))

    monkeypatch.setattr(environment, "ready", lambda machine: False)
    monkeypatch.setattr(environment, "make", refuse)
    assert main([]) == 3
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert ".venv.unfinished: Permission denied; nothing can be made here" in told


def test_chromium_is_installed_with_its_driver_where_it_is_missing(offline: Sandbox) -> None:
    debian.provide_browser(offline.machine)
    assert offline.calls()[0].endswith("chromium chromium-driver")


@pytest.mark.parametrize("is_debian", [True, False])
def test_no_chromium_and_no_right_to_install_it_is_no_failure(
    tmp_path: Path, is_debian: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    sandbox = make_sandbox(tmp_path, is_debian=is_debian).as_user()
    debian.provide_browser(sandbox.machine)
    assert sandbox.calls() == []
    assert "the browser tests will be skipped" in capsys.readouterr().out


def test_a_browser_that_is_here_is_left_alone(offline: Sandbox) -> None:
    offline.fake("chromium")
    offline.fake("chromedriver")
    debian.provide_browser(offline.machine)
    assert offline.calls() == []


def test_what_tests_need_of_npm_is_fetched_once_and_runs_no_script(offline: Sandbox) -> None:
    files = [f"$6/node_modules/{each.file}" for each in (npm.AXE, *npm.RUNTIMES)]
    offline.fake(
        "npm", f"for file in {' '.join(files)}; do /bin/mkdir -p ${{file%/*}}; : > $file; done"
    )
    npm.provide(offline.machine)
    npm.provide(offline.machine)
    flags = "ci --ignore-scripts --no-audit --no-fund --prefix"
    assert offline.calls() == [f"npm {flags} {folder}" for folder in ("tests/axe", "bun", "deno")]


@pytest.mark.parametrize("program", [None, "exit 1"])
def test_no_npm_and_no_registry_is_no_failure(
    offline: Sandbox, program: str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    if program is not None:
        offline.fake("npm", program)
    npm.provide(offline.machine)
    said = capsys.readouterr().out
    assert "accessibility will not be tested" in said
    assert "bun will not be tested" in said and "deno will not be tested" in said
