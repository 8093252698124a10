"""Puts the commands together, and turns outcomes into words and exit statuses."""

import io
import signal
import sys
import traceback
from collections.abc import Sequence
from types import FrameType

import click

from benchmarks.cli.check import check
from benchmarks.cli.doctor import doctor
from benchmarks.cli.listing import listing
from benchmarks.cli.new_runner import new_runner
from benchmarks.cli.report import report
from benchmarks.cli.run import run as run_command
from benchmarks.cli.semantics import semantics
from runners.errors import AwaitbenchError

INTERRUPTED = 130


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option("--debug", is_flag=True, help="Show a stack trace with an error.")
def commands(debug: bool) -> None:
    """Side-by-side benchmarks of await, each number backed by proof on the wire.

    Exit status: 0 done; 1 findings, such as a broken rule; 2 bad usage or input; 3 something is
    missing or in the way on this machine; 130 interrupted.
    """


for command in (run_command, listing, check, report, semantics, new_runner, doctor):
    commands.add_command(command)


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit status."""
    debug = "--debug" in arguments
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a narrow encoding must not end a run
            stream.reconfigure(errors="replace")
    # A terminal that closes, or a service that stops us, ends a run as gently as Ctrl-C.
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    try:
        status = commands.main(
            args=[a for a in arguments if a != "--debug"],
            prog_name="awaitbench",
            standalone_mode=False,
        )
    except click.ClickException as error:
        return _fail(error.format_message(), 2, debug)
    except AwaitbenchError as error:
        return _fail(str(error), error.exit_status, debug)
    except (KeyboardInterrupt, click.Abort):
        return _fail("Interrupted.", INTERRUPTED, debug)
    except BrokenPipeError:
        sys.stderr.close()  # who read our output has gone, and would not read this either
        return 2
    return status if isinstance(status, int) else 0


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _fail(message: str, status: int, debug: bool) -> int:
    if debug:
        traceback.print_exc()
    print(f"Error: {message}", file=sys.stderr)
    return status
