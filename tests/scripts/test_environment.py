"""Set-up makes .venv by whatever way is open, repairs what was cut off, and else does nothing."""

import os
from pathlib import Path

import pytest

from scripts.setup import browser, environment
from scripts.setup.errors import CommandFailed, NotPermitted, SetupError
from tests.scripts.sandbox import Sandbox, make_sandbox

INDEX_IN_A_FOLDER = "index"


@pytest.fixture
def offline(tmp_path: Path) -> Sandbox:
    """Root on a Debian without the Python index, with an apt-get that works."""
    sandbox = make_sandbox(tmp_path, {})
    sandbox.fake("apt-get", sandbox.provide())
    sandbox.fake("dpkg", "")
    return sandbox


@pytest.fixture
def online(tmp_path: Path) -> Sandbox:
    """A machine that is no Debian, with the Python index."""
    (tmp_path / INDEX_IN_A_FOLDER / "numpy").mkdir(parents=True)
    index = (tmp_path / INDEX_IN_A_FOLDER).as_uri()
    sandbox = make_sandbox(tmp_path, {"PIP_INDEX_URL": index, "PIP_NO_INDEX": ""})
    return sandbox.with_machine(os_release="ID=other\n")


def set_up(sandbox: Sandbox) -> bool:
    """Do what `make setup` does about .venv; tell whether there was work."""
    if environment.ready(sandbox.machine):
        return False
    environment.make(sandbox.machine)
    return True


def test_the_second_call_finds_nothing_to_do(offline: Sandbox) -> None:
    assert (set_up(offline), set_up(offline)) == (True, False)


def test_without_the_index_a_debian_gives_its_packages(offline: Sandbox) -> None:
    assert set_up(offline)
    (call,) = offline.calls()
    assert call.startswith("apt-get") and call.endswith(
        "install --yes --no-install-recommends python3-tinydep"
    )
    config = (offline.machine.root / ".venv/pyvenv.cfg").read_text(encoding="utf-8")
    assert "include-system-site-packages = true" in config


def test_missing_package_lists_are_fetched_and_a_torn_dpkg_is_repaired(offline: Sandbox) -> None:
    tried = offline.folder / "tried"
    offline.fake(
        "apt-get", f"[ -e {tried} ] || {{ echo > {tried}; exit 100; }}; {offline.provide()}"
    )
    assert set_up(offline)
    steps = ("install", "--configure", "update")
    assert [step for call in offline.calls() for step in steps if f" {step} " in f"{call} "] == [
        "install",
        "--configure",
        "update",
        "install",
    ]


def test_a_user_who_may_not_install_is_told_what_to_type(offline: Sandbox) -> None:
    command = "-c 'apt-get update && apt-get install --no-install-recommends python3-tinydep'"
    with pytest.raises(NotPermitted, match=f"\\n    su {command}\\n"):
        set_up(offline.with_machine(user_id=1000))
    assert offline.calls() == []
    offline.fake("sudo", "echo a password is required; exit 1")
    with pytest.raises(NotPermitted, match=f"\\n    sudo sh {command}\\n"):
        set_up(offline.with_machine(user_id=1000))
    assert offline.calls() == ["sudo -n true"]


def test_a_user_with_sudo_that_asks_for_no_password_installs_through_it(offline: Sandbox) -> None:
    offline.fake("sudo", 'shift; exec "$@"')
    offline.fake("true", "")
    assert set_up(offline.with_machine(user_id=1000))
    assert offline.calls()[0] == "sudo -n true"
    assert offline.calls()[2].startswith("sudo -n env DEBIAN_FRONTEND=noninteractive timeout ")


def test_uv_is_used_where_it_is_found(online: Sandbox) -> None:
    online.fake_uv()
    assert set_up(online)
    assert [call.split()[:2] for call in online.calls()] == [["uv", "venv"], ["uv", "pip"]]
    assert online.calls()[1].endswith("tinydep>=1.2")


def test_without_uv_venv_and_pip_are_used(online: Sandbox) -> None:
    sandbox = online.with_machine(python=online.fake_python())
    assert set_up(sandbox)
    assert online.calls()[-1] == (
        "pip install --quiet --progress-bar=off --only-binary=:all: tinydep>=1.2"
    )


def test_a_python_without_ensurepip_lends_its_own_pip(online: Sandbox) -> None:
    sandbox = online.with_machine(python=online.fake_python(ensurepip=False))
    assert set_up(sandbox)
    assert " --without-pip " in next(call for call in online.calls() if "-m venv" in call)
    assert online.calls()[-1].startswith("python3 -m pip --python .venv/bin/python install")


def test_a_debian_python_without_ensurepip_and_pip_gets_python3_venv(online: Sandbox) -> None:
    python = online.fake_python(ensurepip=False, pip=False)
    sandbox = online.with_machine(
        python=python, system_python=python, os_release='ID=x\nID_LIKE="ubuntu debian"\n'
    )
    sandbox.fake("apt-get", "")
    with pytest.raises(SetupError):
        set_up(sandbox)  # the fake installs nothing, so that no way works in the end
    assert any(call.endswith("python3-venv") for call in sandbox.calls())


def test_another_way_is_tried_when_one_fails(online: Sandbox) -> None:
    online.fake("uv", "exit 2")
    sandbox = online.with_machine(python=online.fake_python())
    assert set_up(sandbox)
    assert [call.split()[0] for call in online.calls() if "install" in call] == ["pip"]


def test_a_python_that_is_too_old_is_named_with_what_to_do(online: Sandbox) -> None:
    old = online.fake("python3", "echo 3.9")
    sandbox = online.with_machine(python=old, system_python=old)
    with pytest.raises(SetupError, match=r"needs Python 3\.11 or newer.*uv"):
        set_up(sandbox)


def test_uv_fetches_a_python_where_none_is_new_enough(online: Sandbox) -> None:
    online.fake_uv()
    old = online.fake("python3", "echo 3.9")
    assert set_up(online.with_machine(python=old, system_python=old))
    assert "--python >=3.11 .venv" in next(call for call in online.calls() if "uv venv" in call)


def test_no_index_and_no_debian_is_said_with_the_index(online: Sandbox) -> None:
    nowhere = {**online.machine.environ, "PIP_INDEX_URL": "http://127.0.0.1:1/simple"}
    with pytest.raises(SetupError, match="http://127.0.0.1:1/simple does not answer"):
        set_up(online.with_machine(environ=nowhere))


def test_a_set_up_that_was_cut_off_is_made_anew(offline: Sandbox) -> None:
    set_up(offline)
    mark = offline.machine.root / ".venv" / environment.MARK
    mark.write_text('{"state": "unfinished"}', encoding="utf-8")
    (offline.machine.root / ".venv/leftover").touch()
    assert set_up(offline)
    assert not (offline.machine.root / ".venv/leftover").exists()


@pytest.mark.parametrize("torn", ["", '{"sta', "[]"])
def test_a_torn_mark_counts_as_unfinished(offline: Sandbox, torn: str) -> None:
    set_up(offline)
    (offline.machine.root / ".venv" / environment.MARK).write_text(torn, encoding="utf-8")
    assert set_up(offline)


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
    pyproject = offline.machine.root / "pyproject.toml"
    text = pyproject.read_text(encoding="utf-8")
    pyproject.write_text(text.replace(">=1.2", ">=1.1"), encoding="utf-8")
    assert not set_up(offline)


def test_a_new_requirement_is_installed(offline: Sandbox) -> None:
    set_up(offline)
    pyproject = offline.machine.root / "pyproject.toml"
    text = pyproject.read_text(encoding="utf-8")
    pyproject.write_text(text.replace(">=1.2", ">=1.3"), encoding="utf-8")
    offline.fake("apt-get", offline.provide("1.3"))
    assert set_up(offline)


def test_an_environment_that_somebody_made_is_used_when_it_has_everything(
    offline: Sandbox,
) -> None:
    set_up(offline)
    mark = offline.machine.root / ".venv" / environment.MARK
    mark.unlink()
    assert not set_up(offline)
    assert mark.exists()


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


def test_chromium_is_installed_with_its_driver_where_it_is_missing(offline: Sandbox) -> None:
    browser.provide(offline.machine)
    assert offline.calls()[0].endswith("chromium chromium-driver")


@pytest.mark.parametrize("os_release", ["ID=debian", "ID=other"])
def test_no_chromium_and_no_right_to_install_it_is_one_sentence(
    offline: Sandbox, os_release: str, capsys: pytest.CaptureFixture[str]
) -> None:
    browser.provide(offline.with_machine(user_id=1000, os_release=os_release).machine)
    assert offline.calls() == []
    assert "the browser tests will be skipped" in capsys.readouterr().out


def test_a_browser_that_is_here_is_left_alone(offline: Sandbox) -> None:
    offline.fake("chromium", "")
    offline.fake("chromedriver", "")
    browser.provide(offline.machine)
    assert offline.calls() == []
