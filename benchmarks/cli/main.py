"""Puts the commands together, and turns outcomes into words and exit statuses."""

import io
import os
import signal
import sys
import traceback
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from types import FrameType

import click

from results.errors import AwaitbenchError, StoppedError

_PROCESSES = "/proc/self/stat"
# Modules of benchmarks.cli, each with a function of its own name, in the order of the help.
_COMMANDS = {
    "run": "run",
    "warm-up": "warm_up",
    "calibrate": "calibrate",
    "list": "listing",
    "check": "check",
    "report": "report",
    "compare": "compare",
    "gate": "gate",
    "export": "export",
    "prune": "prune",
    "agree": "agree",
    "semantics": "semantics",
    "new-runner": "new_runner",
    "doctor": "doctor",
}


class _Commands(click.Group):
    """Loads a command when it is asked for: what measures must not carry what draws."""

    def list_commands(self, context: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in _COMMANDS:
            return None
        module = import_module(f"benchmarks.cli.{_COMMANDS[name]}")
        command: click.Command = getattr(module, _COMMANDS[name])
        return command


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option("--debug", is_flag=True, help="Show a stack trace with an error.")
def commands(debug: bool) -> None:
    """Side-by-side benchmarks of await, each number backed by proof on the wire.

    Exit status: 0 done; 1 findings, such as a broken rule; 2 bad usage or input; 3 something is
    missing or in the way on this machine; 130 interrupted.
    """


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit status."""
    debug = "--debug" in arguments
    _open_closed_streams()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a narrow encoding must not end a run
            stream.reconfigure(errors="replace")
    if sys.platform == "linux" and not os.path.exists(_PROCESSES):
        return _fail(f"{_PROCESSES} cannot be read; mount /proc, or leave the sandbox.", 3, debug)
    # A terminal that closes, or a service that stops us, ends a run as gently as Ctrl-C.
    # What was ignored before us, as nohup does it, stays so.
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _interrupt)
    try:
        status = commands.main(
            args=[a for a in arguments if a != "--debug"],
            prog_name="awaitbench",
            standalone_mode=False,
        )
    except click.ClickException as error:
        return _fail(error.format_message(), 2, debug)
    except StoppedError as stop:  # it was asked for, and is no error
        print(f"\n{stop}", file=sys.stderr)
        return stop.exit_status
    except AwaitbenchError as error:
        return _fail(str(error), error.exit_status, debug)
    except (KeyboardInterrupt, click.Abort):
        return _fail("Interrupted.", StoppedError.exit_status, debug)
    except SystemExit as ended:
        if not isinstance(ended.__context__, BrokenPipeError):
            raise
        return 2  # click's own status for it, 1, would mean findings
    except BrokenPipeError:
        sys.stderr.close()  # who read our output has gone, and would not read this either
        return 2
    except (OSError, MemoryError) as error:
        reason = "out of memory" if isinstance(error, MemoryError) else error.strerror or error
        failed = _fail(f"The system refused a step: {reason}; --debug shows which.", 3, debug)
        with suppress(OSError):  # what is still to be written there would be refused as well
            sys.stdout.close()
        return failed
    return status if isinstance(status, int) else 0


def _open_closed_streams() -> None:
    """Let output that nobody wants go nowhere; else the next file opened would take its place."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode))


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _fail(message: str, status: int, debug: bool) -> int:
    if debug:
        traceback.print_exc()
    print(f"Error: {message}", file=sys.stderr)
    return status
