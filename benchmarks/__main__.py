"""`python -m benchmarks`: the command line."""

import sys


def main() -> None:
    """Run the command line and exit with its status."""
    try:
        from benchmarks.cli.main import run
    except ModuleNotFoundError as error:
        name = (error.name or "").partition(".")[0]
        if name in {"benchmarks", "runners", "reports"}:
            raise
        message = f"The Python package {name} is missing; `make setup` makes a .venv that has it."
        print(f"Error: {message}", file=sys.stderr)
        sys.exit(3)
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
