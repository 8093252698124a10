"""`python -m benchmarks`: the command line."""

import sys
from contextlib import suppress
from pathlib import Path
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
    except ModuleNotFoundError as error:
        name = (error.name or "").partition(".")[0]
        if name in OURS:
            raise
        stop(f"The Python package {name} is missing; `make setup` makes a .venv that has it.")
    sys.exit(run(sys.argv[1:]))


def stop(message: str) -> NoReturn:
    """Say what is missing and exit with status 3."""
    print(f"Error: {message}", file=sys.stderr)
    sys.exit(3)


if __name__ == "__main__":
    main()
