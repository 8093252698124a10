"""A program as a child process: lines, limits, deadlines, and nothing left of it."""

import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import IO

import psutil
import pytest

from runners import process
from runners.environment import program_environment
from runners.process import LINE_LIMIT, STDERR_KEPT, Ended, Late, Line, Output, Program, TooLong
from runners.spawning import CannotStart, Start

Starter = Callable[[str], Program]


def soon() -> int:
    """A deadline that an honest program cannot miss."""
    return time.monotonic_ns() + 20_000_000_000


@pytest.fixture
def start(tmp_path: Path, subreaper: None) -> Iterator[Starter]:
    """Start Python code as a program, which is ended with the test."""
    with ExitStack() as stack:

        def start(code: str) -> Program:
            argv = (sys.executable, "-S", "-E", "-c", f"import os, sys, time\n{code}")
            program = Program(Start(argv=argv, folder=tmp_path, environment={"A": "b"}))
            return stack.enter_context(program)

        yield start


def data(output: Output) -> bytes:
    assert isinstance(output, Line), output
    return output.data


def said(program: Program) -> list[bytes]:
    """Every line up to the end of standard output, and what came after the last."""
    lines = []
    while isinstance(output := program.next_line(soon()), Line):
        lines.append(output.data)
    assert isinstance(output, Ended), output
    return [*lines, output.rest]


def test_lines_come_without_their_ends(start: Starter) -> None:
    assert said(start(r"os.write(1, b'one\n\n two\r\nrest')")) == [b"one", b"", b" two\r", b"rest"]


def test_a_line_may_come_in_pieces(start: Starter) -> None:
    program = start(r"for c in b'one\ntwo\n': os.write(1, bytes([c])); time.sleep(0.001)")
    assert said(program) == [b"one", b"two", b""]


@pytest.mark.parametrize("size", [process._CHUNK - 1, process._CHUNK, 3 * process._CHUNK + 7])
def test_a_line_may_cross_the_borders_of_what_is_read_at_once(start: Starter, size: int) -> None:
    program = start(f"sys.stdout.write('a' * {size} + '\\n' + 'b' * {size} + '\\nc')")
    assert said(program) == [b"a" * size, b"b" * size, b"c"]


def test_a_line_knows_when_it_was_read(start: Starter) -> None:
    before = time.monotonic_ns()
    line = start("print(time.monotonic_ns(), flush=True)").next_line(soon())
    written = int(data(line))
    assert isinstance(line, Line)
    assert before <= written <= line.read_ns <= time.monotonic_ns()


def test_a_line_of_16_mib_is_taken_and_one_byte_more_is_not(start: Starter) -> None:
    program = start(f"for n in 0, 1: sys.stdout.write('a' * ({LINE_LIMIT} + n) + '\\n')")
    assert len(data(program.next_line(soon()))) == LINE_LIMIT
    assert program.next_line(soon()) == TooLong()
    assert program.next_line(soon()) == TooLong()


def test_an_endless_line_takes_bounded_memory(start: Starter) -> None:
    program = start("while True: os.write(1, b'a' * 65536)")
    assert program.next_line(soon()) == TooLong()
    program.wait_exit(time.monotonic_ns() + 50_000_000)
    assert sum(map(len, program._partial)) <= LINE_LIMIT


@pytest.mark.deadline(20)
def test_an_endless_run_of_lines_is_cut_off(start: Starter) -> None:
    program = start("while True: os.write(1, b'a\\n' * 32768)")
    while program._stdout_open:
        assert program.wait_exit(time.monotonic_ns() + 10_000_000) is None
    assert len(program._lines) <= process._LINES_QUEUED + process._CHUNK


def test_the_last_64_kib_of_standard_error_are_kept(start: Starter) -> None:
    program = start(f"os.write(2, b'a' * {STDERR_KEPT} + b'b' * 1000)")
    assert program.wait_exit(soon()) == 0
    assert program.stderr == b"a" * (STDERR_KEPT - 1000) + b"b" * 1000


def test_a_program_that_fills_both_pipes_is_not_blocked(start: Starter) -> None:
    program = start("os.write(2, b'e' * 300_000); os.write(1, b'o' * 300_000 + b'\\n')")
    assert len(data(program.next_line(soon()))) == 300_000


def test_the_deadline_ends_the_wait_for_a_line(start: Starter) -> None:
    program = start("time.sleep(1000)")
    assert program.next_line(time.monotonic_ns() + 1_000_000) == Late()
    assert program.wait_exit(time.monotonic_ns() + 1_000_000) is None


@pytest.mark.deadline(10)
@pytest.mark.parametrize(
    "wait", [lambda p, by: p.next_line(by) == Late(), lambda p, by: p.wait_exit(by) is None]
)
def test_a_flood_on_standard_error_does_not_move_the_deadline(
    start: Starter, monkeypatch: pytest.MonkeyPatch, wait: Callable[[Program, int], bool]
) -> None:
    # As fast as can be: however often it is read, there is more.
    read = Program._read

    def read_output_only(
        program: Program, stream: IO[bytes], take: Callable[[bytes], bool]
    ) -> None:
        if take != program._take_stderr:
            read(program, stream, take)

    monkeypatch.setattr(Program, "_read", read_output_only)
    program = start("os.write(2, b'e'); print('x', flush=True); time.sleep(1000)")
    assert data(program.next_line(soon())) == b"x"
    assert wait(program, time.monotonic_ns() + 20_000_000)


def test_what_has_come_is_read_even_after_the_deadline(start: Starter) -> None:
    program = start("print('x', flush=True); os.kill(os.getpid(), 9)")
    psutil.Process(program.pid).wait(20)
    assert data(program.next_line(0)) == b"x"


def test_input_larger_than_a_pipe_is_passed_on(start: Starter) -> None:
    program = start(
        "line = sys.stdin.readline(); print(len(line), flush=True); print(sys.stdin.read())"
    )
    program.send(b"x" * 2**20)
    program.send(b"y\n")
    assert data(program.next_line(soon())) == b"%d" % (2**20 + 2)
    program.close_stdin()
    assert said(program) == [b"", b""]


def test_input_that_nobody_reads_is_no_error(start: Starter) -> None:
    program = start("os.close(0); print('x', flush=True); time.sleep(1000)")
    program.next_line(soon())
    program.send(b"x" * 2**20)
    program.close_stdin()
    assert program.wait_exit(0) is None


@pytest.mark.parametrize(("code", "status"), [("", 0), ("sys.exit(3)", 3), ("os.abort()", -6)])
def test_the_status_is_the_program_s(start: Starter, code: str, status: int) -> None:
    assert start(code).wait_exit(soon()) == status


def test_output_before_the_exit_is_not_lost(start: Starter) -> None:
    program = start("print('x'); sys.exit(3)")
    assert program.wait_exit(soon()) == 3
    assert said(program) == [b"x", b""]


def test_a_program_that_cannot_be_executed_is_told_from_a_machine_that_refuses(
    tmp_path: Path,
) -> None:
    with pytest.raises(CannotStart, match="No such file"):
        Program(Start(argv=(str(tmp_path / "absent"),), folder=tmp_path, environment={}))
    (tmp_path / "text").write_text("no program")
    with pytest.raises(CannotStart, match="Permission denied"):
        Program(Start(argv=(str(tmp_path / "text"),), folder=tmp_path, environment={}))


def test_a_program_has_its_environment_its_folder_and_no_descriptor_of_ours(
    start: Starter, tmp_path: Path
) -> None:
    here, there = os.pipe()
    os.set_inheritable(there, False)
    program = start(
        "print(open('/proc/self/environ').read(), os.getcwd(), sep='\\n')\n"
        "print(sorted(os.listdir('/proc/self/fd')))\n"
        "print(os.getsid(0) == os.getpid() == os.getpgid(0))"
    )
    assert said(program) == [
        b"A=b\0",
        os.fsencode(tmp_path),
        b"['0', '1', '2', '3']",  # the last one is the listing itself
        b"True",
        b"",
    ]
    os.close(here)
    os.close(there)


def test_the_environment_is_the_contract_s_and_the_manifest_s(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in list(os.environ):
        monkeypatch.delenv(name)
    kept = {"PATH": "p", "HOME": "h", "TMPDIR": "t", "DOTNET_ROOT": "d", "JAVA_HOME": "j"}
    for name, value in {**kept, "SECRET": "s", "LANG": "de_DE", "http_proxy": "x"}.items():
        monkeypatch.setenv(name, value)
    assert program_environment({}) == {**kept, "LANG": "C.UTF-8"}
    assert program_environment({"LANG": "C", "X": "1"}) == {**kept, "LANG": "C", "X": "1"}
    monkeypatch.delenv("JAVA_HOME")
    assert "JAVA_HOME" not in program_environment({})


def test_a_program_runs_on_its_cpus_and_we_keep_ours(tmp_path: Path) -> None:
    own = os.sched_getaffinity(0)
    code = "import os; print(sorted(os.sched_getaffinity(0)))"
    for cpu in own:
        argv, cpus = (sys.executable, "-c", code), frozenset({cpu})
        with Program(Start(argv=argv, folder=tmp_path, environment={}, cpus=cpus)) as program:
            assert said(program) == [f"[{cpu}]".encode(), b""]
    assert os.sched_getaffinity(0) == own


FORK = "pid = os.fork()\nif pid: print(pid, flush=True)\n"
SESSION = f"{FORK}else:\n    os.setsid()\n    time.sleep(1000)\n"
DAEMON = (
    "if os.fork() == 0:\n    os.setsid()\n    if os.fork() == 0:\n"
    "        print(os.getpid(), flush=True)\n        time.sleep(1000)\n    os._exit(0)\n"
)
GROUP = f"{FORK}else:\n    time.sleep(1000)\n"


@pytest.mark.parametrize("after", ["time.sleep(1000)", "sys.exit(0)"])
@pytest.mark.parametrize("child", [GROUP, SESSION, DAEMON], ids=["group", "session", "daemon"])
def test_no_descendant_outlives_its_program(start: Starter, child: str, after: str) -> None:
    program = start(child + after)
    pid = int(data(program.next_line(soon())))
    assert psutil.pid_exists(pid)
    program.kill()
    assert [psutil.pid_exists(pid), psutil.pid_exists(program.pid)] == [False, False]


def test_a_child_left_behind_is_named_and_what_was_there_before_is_not(start: Starter) -> None:
    earlier = start("time.sleep(1000)")
    program = start(SESSION + "sys.exit(0)")
    pid = int(data(program.next_line(soon())))
    name = psutil.Process(pid).name()
    assert program.wait_exit(soon()) == 0
    assert program.left_behind(time.monotonic_ns()) == [name]
    program.kill()
    assert program.left_behind(time.monotonic_ns()) == []
    assert earlier.wait_exit(0) is None


def test_a_child_that_leaves_in_time_is_not_left_behind(start: Starter) -> None:
    program = start("if os.fork() == 0: time.sleep(0.02)")
    assert program.wait_exit(soon()) == 0
    assert program.left_behind(soon()) == []


def children_of_this_process() -> Sequence[psutil.Process]:
    found: Sequence[psutil.Process] = psutil.Process().children(recursive=True)
    return found


def test_nothing_remains_not_even_a_zombie(start: Starter) -> None:
    before = {process.pid for process in children_of_this_process()}
    for code in (DAEMON + "sys.exit(0)", "os.abort()"):
        program = start(code)
        program.next_line(soon())
        program.kill()
    assert {process.pid for process in children_of_this_process()} <= before
