"""`python -m benchmarks`: the command line."""

import sys
from contextlib import suppress
from pathlib import Path
from traceback import walk_tb
from typing import NoReturn

CHECKOUT = Path(__file__).resolve().parents[1]
OURS = {"benchmarks", "reports", "results", "runners"}


def main() -> None:
    """Run the command line and exit with its status."""
    if not (CHECKOUT / "pyproject.toml").exists():
        stop(
            "awaitbench needs its checkout, where the programs that it measures lie: start it there."
        )
    with suppress(ModuleNotFoundError):  # a torn checkout is told below
        from runners.environment import restart_in_own_environment

        # Before anything is imported that a user's own packages could take the place of.
        restart_in_own_environment()
    try:
        from benchmarks.cli.main import run

        status = run(sys.argv[1:])
    except Exception as error:
        if (sentence := package_at_fault(error)) is None:
            raise
        stop(sentence)
    except KeyboardInterrupt:
        stop("Interrupted.", 130)
    sys.exit(status)


def package_at_fault(error: Exception) -> str | None:
    """Say which package is missing or cannot be imported; None where none is at fault."""
    importing = [
        str(frame.f_globals["__name__"])
        for frame, _ in walk_tb(error.__traceback__)
        if frame.f_code.co_name == "<module>"
    ]
    if isinstance(error, SyntaxError) and error.filename:  # its module has no frame yet
        importing.append(Path(error.filename).parent.name)
    for name in importing:
        if (package := name.partition(".")[0]) not in {*OURS, CHECKOUT.name, "__main__"}:
            return (
                f"The Python package {package} cannot be imported ({type(error).__name__}: {error}); "
                "`make clean setup` makes a .venv in which all can."
            )
    missing = (isinstance(error, ImportError) and error.name or "").partition(".")[0]
    if missing and missing not in OURS:
        return f"The Python package {missing} is missing; `make setup` makes a .venv that has it."
    return None


def stop(message: str, status: int = 3) -> NoReturn:
    """Say what is missing, or why we end, and exit."""
    print(f"Error: {message}", file=sys.stderr)
    sys.exit(status)


if __name__ == "__main__":
    main()
