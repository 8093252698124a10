"""Builds, types, warnings and formatting of all languages here.

    .venv/bin/python -m scripts.lint [--write]

Runs every check and prints a line for each; one whose tool is missing or out of reach is skipped
with a sentence. Exit status 1 where a check found something. Writes to no tracked file, save with
`--write`, which formats the sources instead.
"""

import argparse
import importlib.metadata
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.families import discover_runners
from results.errors import BuildError, TooOldError
from runners.build import ensure_built
from runners.environment import build_environment
from runners.toolchain import find_toolchain, missing_executables, resolve

ROOT = Path(__file__).resolve().parents[1]
CHECK_S = 300.0
# Folders of scripts that import their neighbours by bare name, and so are checked from within.
SCRIPT_FOLDERS = ("python", "agreement/python", "tests/fakes/programs")
# Formatters of other releases format in another way; see pyproject.toml.
RELEASES = {"black": "23", "isort": "5"}
# Not the programs of the texts, which stay as they were printed.
PYTHON = ("agreement", "benchmarks", "python", "reports", "results", "runners", "scripts", "tests")
AS_PRINTED = "python/seed"
# Other runtimes of JavaScript; what they have of their own is checked like node's.
RUNTIMES = ("bun", "deno")
# Two projects lie in the folder, so that the solution must be named.
FORMAT_CSHARP = ("dotnet", "format", "csharp.slnx")
# What these name they bring along, modules included.
FORMAT_RUST = (
    *("rustfmt", "--edition", "2021"),
    *("build.rs", "src/lib.rs", "programs/ping.rs", "programs/work.rs"),
)
CLIPPY = (
    *("cargo-clippy", "clippy", "--quiet", "--config", "out/crates.toml"),
    *("--manifest-path", "out/Cargo.toml", "--target-dir", "out/target", "--", "-D", "warnings"),
)
# Whose builds only warn, since a compiler of tomorrow may warn of more.
COMPILED = ("c", "java")
PAGE_SCRIPT = "reports/templates/script"
PRETTIER = ("prettier", "--print-width", "100", "--single-quote")
# What npm and cargo say when it is the network, and not our files, that fails them.
OUT_OF_REACH = re.compile(
    "EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|ENOTFOUND|ETIMEDOUT|failed to download from"
)
# Servers that a compiler leaves behind would take time from a later measurement.
QUIET_TOOLS = {
    "DOTNET_CLI_TELEMETRY_OPTOUT": "1",
    "DOTNET_CLI_USE_MSBUILD_SERVER": "0",
    "DOTNET_NOLOGO": "1",
    "MSBUILDDISABLENODEREUSE": "1",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What a check has to say: why something was `skipped` and what was `found`, if anything."""

    skipped: str | None = None
    found: str | None = None


Check = Callable[[], Findings]
NONE = Findings()


def checks() -> Mapping[str, Check]:
    """Everything that reads the sources, by its title."""
    mypy = [sys.executable, "-m", "mypy", "--config-file", str(ROOT / "pyproject.toml")]
    csharp = [*FORMAT_CSHARP, "--no-restore", "--verify-no-changes"]
    csharp_alone = ["dotnet", "format", "agreement.csproj", "--no-restore", "--verify-no-changes"]
    scripts = {
        f"types in {folder}": partial(run, folder, [*mypy, "."]) for folder in SCRIPT_FOLDERS
    }
    return {
        "builds, warnings as errors": builds,
        "types": partial(run, ".", mypy),
        **scripts,
        "unused imports and names": unused,
        "order of imports": partial(formatter, "isort", "--check"),
        "formatting": partial(formatter, "black", "--check"),
        "formatting in csharp": partial(run, "csharp", csharp),
        "formatting in go": partial(run, "go", ["gofmt", "-l", "."], silent=True),
        "formatting in rust": partial(run, "rust", [*FORMAT_RUST, "--check"]),
        "errors in rust": clippy,
        **{f"warnings in {each}": partial(warnings, each) for each in COMPILED},
        "types, errors and formatting in node": partial(npm, "check"),
        **{
            f"types, errors and formatting in {each}": partial(runtime, each, "check")
            for each in RUNTIMES
        },
        "formatting in agreement/csharp": partial(harness, "csharp", "out/obj", csharp_alone),
        "types, errors and formatting in agreement/node": partial(
            harness, "node", "node_modules", ["npm", "run", "--no-workspaces", "--silent", "check"]
        ),
        "types, errors and formatting in the page's script": partial(
            page_script,
            (
                ["tsc", "--project", "jsconfig.json"],
                ["eslint", "--config", "../../../node/eslint.config.mjs", "."],
                [*PRETTIER, "--check", "."],
            ),
        ),
    }


def formatters() -> Mapping[str, Check]:
    """Everything that writes the sources, by its title."""
    return {
        "sort imports": partial(formatter, "isort"),
        "format": partial(formatter, "black"),
        "format csharp": partial(run, "csharp", FORMAT_CSHARP),
        "format go": partial(run, "go", ["gofmt", "-w", "."]),
        "format rust": partial(run, "rust", FORMAT_RUST),
        "format node": partial(npm, "format"),
        **{f"format {each}": partial(runtime, each, "format") for each in RUNTIMES},
        "format agreement/csharp": partial(
            harness, "csharp", "out/obj", ["dotnet", "format", "agreement.csproj", "--no-restore"]
        ),
        "format agreement/node": partial(
            harness, "node", "node_modules", ["npm", "run", "--no-workspaces", "--silent", "format"]
        ),
        "format the page's script": partial(page_script, ([*PRETTIER, "--write", "."],)),
    }


def run(folder: str, command: Sequence[str], silent: bool = False) -> Findings:
    """Run one command; it is skipped where the program is missing.

    One that is `silent` when all is good says what it found by no status.
    """
    if shutil.which(command[0]) is None:
        return Findings(skipped=f"{command[0]} not found")
    try:
        done = subprocess.run(
            command,
            cwd=ROOT / folder,
            env={**build_environment(), **QUIET_TOOLS},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=CHECK_S,
            text=True,
            errors="replace",
        )
    except subprocess.TimeoutExpired:
        return Findings(found=f"{' '.join(command)} took longer than {CHECK_S:.0f} s")
    said = done.stdout.strip()
    good = done.returncode == 0 and not (silent and said)
    return NONE if good else Findings(found=said)


def builds() -> Findings:
    """Build every runner, which set-up only reports when it fails; most often a look at a stamp."""
    found = discover_runners()
    problems = [broken.problem for broken in found.broken]
    skipped = []
    for manifest in found.manifests:
        if missing := missing_executables(manifest, {}):
            skipped.append(f"{manifest.name} ({', '.join(missing)} not found)")
            continue
        try:
            ensure_built(manifest, find_toolchain(manifest, {}))
        except TooOldError as error:
            skipped.append(f"{manifest.name} ({error})")
        except BuildError as error:
            if OUT_OF_REACH.search(str(error)):
                skipped.append(f"{manifest.name} (its packages could not be fetched)")
            else:
                problems.append(f"{manifest.name}: {error}")
    return Findings(
        skipped=" and ".join(skipped) or None,
        found="\n".join(problems) or None,
    )


def unused() -> Findings:
    """Find imports and names that nothing uses."""
    files = (path for folder in PYTHON for path in (ROOT / folder).rglob("*.py"))
    names = [str(path.relative_to(ROOT)) for path in files]
    ours = [name for name in names if not name.startswith((AS_PRINTED, "reports/out/"))]
    return run(".", [sys.executable, "-m", "pyflakes", *ours])


def formatter(name: str, *options: str) -> Findings:
    """Run Black or isort where it is of the releases whose output is used here."""
    try:
        version = importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return Findings(skipped=f"{name} is not installed")
    if version.partition(".")[0] != RELEASES[name]:
        return Findings(skipped=f"{name} {version} formats in another way than {RELEASES[name]}")
    return run(".", [sys.executable, "-m", name, "--quiet", *options, "."])


def npm(script: str) -> Findings:
    """Run a script of node/package.json, after bringing node_modules up to the lock file."""
    if shutil.which("node") is None:
        return Findings(skipped="node not found")
    wanted = ROOT / "node/package-lock.json"
    installed = ROOT / "node/node_modules/.package-lock.json"
    if not installed.exists() or installed.stat().st_mtime < wanted.stat().st_mtime:
        fetched = run(
            "node", ["npm", "ci", "--no-workspaces", "--ignore-scripts", "--no-audit", "--no-fund"]
        )
        if fetched.found is not None and OUT_OF_REACH.search(fetched.found):
            return Findings(skipped="its checkers could not be fetched from the npm registry")
        if fetched != NONE:
            return fetched
    return run("node", ["npm", "run", "--no-workspaces", "--silent", script])


def runtime(folder: str, script: str) -> Findings:
    """Run a script of a folder that has types of its own, and node's checkers."""
    if not (ROOT / folder / "node_modules").exists():
        return Findings(
            skipped=f"its packages are not here; `npm ci --prefix {folder}` fetches them"
        )
    if not (ROOT / "node/node_modules").exists():
        return Findings(skipped="its checkers are those of node, which are not here")
    return run(folder, ["npm", "run", "--no-workspaces", "--silent", script])


def harness(folder: str, fetched: str, command: Sequence[str]) -> Findings:
    """Run a check on what drives a harness, which needs the packages that only `agree` fetches."""
    if not (ROOT / "agreement" / folder / fetched).exists():
        return Findings(skipped="its packages are not here; `make agree` fetches them")
    if folder == "node" and not (ROOT / "node/node_modules").exists():
        return Findings(skipped="its checkers are those of node, which are not here")
    return run(f"agreement/{folder}", command)


def clippy() -> Findings:
    """Check the programs in Rust, as they are copied to where they are built."""
    if not (ROOT / "rust/out/crates.toml").exists():
        return Findings(skipped="rust is not built")
    findings = run("rust", CLIPPY)
    if findings.found is not None and OUT_OF_REACH.search(findings.found):
        return Findings(skipped="its crates could not be fetched")
    return findings


def warnings(runner: str) -> Findings:
    """Build a runner elsewhere, and take warnings of its compiler for errors."""
    (manifest,) = (each for each in discover_runners().manifests if each.name == runner)
    if missing := missing_executables(manifest, {}):
        return Findings(skipped=f"{', '.join(missing)} not found")
    try:
        named = find_toolchain(manifest, {}).substitutions
    except TooOldError as error:
        return Findings(skipped=str(error))
    with TemporaryDirectory() as folder:
        for compiler, *arguments in manifest.build:
            elsewhere = [re.sub("^out(?=/|$)", folder, argument) for argument in arguments]
            command = resolve((compiler, "-Werror", *elsewhere), named)
            if (findings := run(runner, command)) != NONE:
                return findings
    return NONE


def page_script(commands: Sequence[Sequence[str]]) -> Findings:
    """Run checkers of node on the page's script."""
    checkers = ROOT / "node/node_modules/.bin"
    for name, *options in commands:
        if not (checkers / name).exists():
            return Findings(skipped="its checkers are those of node, which are not here")
        if (findings := run(PAGE_SCRIPT, [str(checkers / name), *options])) != NONE:
            return findings
    return NONE


def report(chosen: Mapping[str, Check]) -> int:
    """Do the checks, print a line for each, and return the exit status."""
    failed = False
    for title, check in chosen.items():
        start = time.monotonic()
        findings = check()
        if findings.skipped is not None:
            print(f"lint: {title}: skipped, {findings.skipped}", flush=True)
        elif findings.found is None:
            print(f"lint: {title}: good ({time.monotonic() - start:.1f} s)", flush=True)
        if findings.found is not None:
            failed = True
            print(f"lint: {title}: FAILED\n{findings.found}", flush=True)
    return 1 if failed else 0


def main() -> int:
    """Run all checks, or all formatters, and return the exit status."""
    parser = argparse.ArgumentParser(prog="lint", description="Check all sources.")
    parser.add_argument("--write", action="store_true", help="format the sources instead")
    return report(formatters() if parser.parse_args().write else checks())


if __name__ == "__main__":
    sys.exit(main())
