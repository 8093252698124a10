"""The entry of the command line says in one sentence what it lacks."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import benchmarks
from benchmarks import __main__ as entry


def start(folder: Path) -> tuple[int, str]:
    """Start a copy of the command line in `folder`, which has nothing but it and Python itself."""
    package = Path(benchmarks.__file__).parent
    shutil.copytree(package, folder / "benchmarks", ignore=shutil.ignore_patterns("__pycache__"))
    done = subprocess.run(
        [sys.executable, "-S", "-m", "benchmarks", "list"],
        cwd=folder,
        capture_output=True,
        timeout=300,
        text=True,
    )
    return done.returncode, done.stderr


def test_without_its_checkout_it_says_that_it_needs_one(tmp_path: Path) -> None:
    status, told = start(tmp_path)
    assert (status, told.count("\n")) == (3, 1)
    assert "needs its checkout" in told


def test_without_its_requirements_it_says_how_to_get_them(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").touch()
    status, told = start(tmp_path)
    assert (status, told.count("\n")) == (3, 1)
    assert "`make setup`" in told


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("raise ImportError('libx.so.1: no such file')", "ImportError: libx.so.1: no such file"),
        ("import awaitbench_no_such_module", "No module named 'awaitbench_no_such_module'"),
        ("def torn(:", "SyntaxError: invalid syntax"),
        ("gone", "NameError"),
    ],
)
def test_a_package_that_broke_after_set_up_is_named(tmp_path: Path, source: str, why: str) -> None:
    (tmp_path / "pyproject.toml").touch()
    (tmp_path / "click").mkdir()
    (tmp_path / "click" / "__init__.py").write_text(source)
    status, told = start(tmp_path)
    assert (status, told.count("\n")) == (3, 1), told
    assert "package click cannot be imported" in told and why in told


def test_an_error_of_our_own_is_none_of_a_package() -> None:
    def broken() -> None:
        raise ImportError("cannot import name", name="results.format")

    with pytest.raises(ImportError) as raised:
        broken()
    assert entry.package_at_fault(raised.value) is None
    assert entry.package_at_fault(SyntaxError("x", ("/a/results/x.py", 1, 1, "x"))) is None


@pytest.mark.parametrize("ignored", [(), ("HUP",), ("INT", "TERM"), ("HUP", "INT", "TERM")])
def test_a_signal_that_was_ignored_before_stays_ignored(ignored: tuple[str, ...]) -> None:
    """So says nohup of a terminal that closes, and a shell of Ctrl-C for its background jobs."""
    script = (
        "import signal\nfrom benchmarks.cli.main import run\nrun(['--help'])\n"
        "for name in ('HUP', 'INT', 'TERM'):\n"
        "    if signal.getsignal(getattr(signal, f'SIG{name}')) is signal.SIG_IGN:\n"
        "        print('ignores', name)\n"
    )
    shell = f"trap '' {' '.join(ignored)}; exec \"$@\"" if ignored else 'exec "$@"'
    done = subprocess.run(
        ["sh", "-c", shell, "sh", sys.executable, "-c", script],
        cwd=Path(benchmarks.__file__).parents[1],
        capture_output=True,
        timeout=300,
        text=True,
    )
    told = [line.split()[1] for line in done.stdout.splitlines() if line.startswith("ignores ")]
    assert tuple(told) == ignored, done


def told_in_a_shell(command: str) -> tuple[int, str]:
    """Run `benchmarks list` as "$@" of a shell's command; return status and standard error."""
    done = subprocess.run(
        ["sh", "-c", command, "sh", sys.executable, "-m", "benchmarks", "list"],
        cwd=Path(benchmarks.__file__).parents[1],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        timeout=300,
        text=True,
    )
    return done.returncode, done.stderr


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams_do_no_harm(closed: str) -> None:
    assert told_in_a_shell(f'"$@" {closed}') == (0, "")


def test_a_reader_who_has_gone_is_no_finding() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks", "list"],
            cwd=Path(benchmarks.__file__).parents[1],
            stdout=writing,
            stderr=subprocess.PIPE,
            timeout=300,
            check=False,
        )
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (2, b"")


def test_output_that_cannot_be_written_is_told_in_one_sentence() -> None:
    status, said = told_in_a_shell('"$@" >/dev/full')
    assert (status, said.count("\n")) == (3, 1)
    assert "No space left on device" in said
