"""Builds, types, warnings and formatting of all languages here.

    .venv/bin/python -m scripts.lint [--write]

Runs every check and prints a line for each; one whose tool is missing or out of reach is skipped
with a sentence. Exit status 1 where a check found something. Writes to no tracked file, save with
`--write`, which formats the sources instead.
"""

import argparse
import functools
import importlib.metadata
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.families import discover_runners
from runners.build import BuildError, ensure_built
from runners.toolchain import missing_executables

ROOT = Path(__file__).resolve().parents[1]
CHECK_S = 300.0
# Folders of scripts that import their neighbours by bare name, hence checked from within.
SCRIPT_FOLDERS = ("python", "tests/fakes/programs")
# Black's output is stable within a year of releases only; pyproject.toml says more.
BLACK_YEAR = "23"
# Two projects lie in the folder, so that the solution must be named.
FORMAT_CSHARP = ("dotnet", "format", "csharp.slnx")
# What npm says when it is the network, and not our files, that fails it.
OUT_OF_REACH = (
    "EAI_AGAIN",
    "ECONNREFUSED",
    "ECONNRESET",
    "ENETUNREACH",
    "ENOTFOUND",
    "ETIMEDOUT",
)
# Servers that a compiler leaves behind would take time from a later measurement.
QUIET_TOOLS = {
    "DOTNET_CLI_TELEMETRY_OPTOUT": "1",
    "DOTNET_CLI_USE_MSBUILD_SERVER": "0",
    "DOTNET_NOLOGO": "1",
    "MSBUILDDISABLENODEREUSE": "1",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a check ended: `skipped` and `found` are texts to show, None where there is none."""

    skipped: str | None = None
    found: str | None = None


Check = Callable[[], Outcome]
GOOD = Outcome()


def checks() -> Mapping[str, Check]:
    """Everything that reads the sources, by its title."""
    mypy = [sys.executable, "-m", "mypy", "--config-file", str(ROOT / "pyproject.toml")]
    scripts = {
        f"types in {folder}": functools.partial(run, folder, [*mypy, "."])
        for folder in SCRIPT_FOLDERS
    }
    return {
        "builds, warnings as errors": builds,
        "types": functools.partial(run, ".", mypy),
        **scripts,
        "formatting": functools.partial(black, "--check"),
        "formatting in csharp": functools.partial(
            run, "csharp", [*FORMAT_CSHARP, "--no-restore", "--verify-no-changes"]
        ),
        "types and formatting in node": functools.partial(npm, "check"),
    }


def formatters() -> Mapping[str, Check]:
    """Everything that writes the sources, by its title."""
    return {
        "format": black,
        "format csharp": functools.partial(run, "csharp", FORMAT_CSHARP),
        "format node": functools.partial(npm, "format"),
    }


def run(folder: str, command: Sequence[str]) -> Outcome:
    """Run one command; it is skipped where the program is missing."""
    if shutil.which(command[0]) is None:
        return Outcome(skipped=f"{command[0]} not found")
    try:
        done = subprocess.run(
            command,
            cwd=ROOT / folder,
            env={**os.environ, **QUIET_TOOLS},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=CHECK_S,
            text=True,
            errors="replace",
        )
    except subprocess.TimeoutExpired:
        return Outcome(found=f"{' '.join(command)} took longer than {CHECK_S:.0f} s")
    return GOOD if done.returncode == 0 else Outcome(found=done.stdout.strip())


def builds() -> Outcome:
    """Build every runner, which set-up only reports when it fails; most often a look at a stamp."""
    found = discover_runners()
    problems = [broken.problem for broken in found.broken]
    skipped = []
    for manifest in found.manifests:
        if missing := missing_executables(manifest, {}):
            skipped.append(f"{manifest.name} ({', '.join(missing)} not found)")
            continue
        try:
            ensure_built(manifest, {})
        except BuildError as error:
            problems.append(f"{manifest.name}: {error}")
    return Outcome(
        skipped=" and ".join(skipped) or None,
        found="\n".join(problems) or None,
    )


def black(*options: str) -> Outcome:
    """Run Black where it is one of the year that is used here: others find their own changes."""
    try:
        version = importlib.metadata.version("black")
    except importlib.metadata.PackageNotFoundError:
        return Outcome(skipped="Black is not installed")
    if version.partition(".")[0] != BLACK_YEAR:
        return Outcome(skipped=f"Black {version} formats in another way than Black {BLACK_YEAR}")
    return run(".", [sys.executable, "-m", "black", *options, "."])


def npm(script: str) -> Outcome:
    """Run a script of node/package.json, after bringing node_modules up to the lock file."""
    if shutil.which("node") is None:
        return Outcome(skipped="node not found")
    wanted = ROOT / "node/package-lock.json"
    installed = ROOT / "node/node_modules/.package-lock.json"
    if not installed.exists() or installed.stat().st_mtime < wanted.stat().st_mtime:
        fetched = run("node", ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"])
        if fetched.found is not None and any(word in fetched.found for word in OUT_OF_REACH):
            return Outcome(skipped="its checkers could not be fetched from the npm registry")
        if fetched != GOOD:
            return fetched
    return run("node", ["npm", "run", "--silent", script])


def main() -> int:
    """Run all checks, or all formatters, and return the exit status."""
    parser = argparse.ArgumentParser(prog="lint", description="Check all sources.")
    parser.add_argument("--write", action="store_true", help="format the sources instead")
    chosen = formatters() if parser.parse_args().write else checks()
    failed = False
    for title, check in chosen.items():
        start = time.monotonic()
        outcome = check()
        if outcome.skipped is not None:
            print(f"lint: {title}: skipped, {outcome.skipped}", flush=True)
        elif outcome.found is None:
            print(f"lint: {title}: good ({time.monotonic() - start:.1f} s)", flush=True)
        if outcome.found is not None:
            failed = True
            print(f"lint: {title}: FAILED\n{outcome.found}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
