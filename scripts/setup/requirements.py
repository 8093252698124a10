"""What pyproject.toml asks for, seen from the Python that runs this file: that of .venv.

    .venv/bin/python scripts/setup/requirements.py all|unmet|broken

Prints a JSON list: `all` that is to be had where there is a choice of versions, the requirements
`unmet` by what is installed, or what is `broken`, that is the modules whose import fails, each with
the reason. Needs Python 3.11 for tomllib.
"""

import importlib
import importlib.metadata
import importlib.util
import json
import re
import sys
import tomllib
from pathlib import Path

REQUIREMENT = re.compile(r"(?P<name>[A-Za-z0-9._-]+)\s*(?P<bounds>[<>=!~,.\d\s]*)")
BOUND = re.compile(r"(?P<operator>>=|<)(?P<version>\d+(?:\.\d+)*)")


def required(pyproject: str, extras: tuple[str, ...] = ("test",)) -> list[str]:
    """The requirements of the project and of some extras, as pyproject.toml words them."""
    project = tomllib.loads(pyproject)["project"]
    optional = (each for extra in extras for each in project["optional-dependencies"][extra])
    return [*project["dependencies"], *optional]


def name_of(requirement: str) -> str:
    """The distribution that a requirement names."""
    found = REQUIREMENT.match(requirement)
    if found is None:
        raise ValueError(f"pyproject.toml: {requirement!r} names no package")
    return found["name"]


def module_of(requirement: str) -> str:
    """The module that the distribution of a requirement provides."""
    return name_of(requirement).lower().replace("-", "_")


def accepts(requirement: str, version: str) -> bool:
    """Whether `version` lies within the bounds of `requirement`; only >= and < occur."""
    have = _numbers(version)
    for bound in BOUND.finditer(requirement[len(name_of(requirement)) :]):
        limit = _numbers(bound["version"])
        if (have >= limit) != (bound["operator"] == ">="):
            return False
    return True


def _numbers(version: str) -> tuple[int, ...]:
    """The release as integers, without trailing zeros: 1.10.0rc1 is (1, 10)."""
    found = re.match(r"(?:\d+!)?(\d+(?:\.\d+)*)", version)
    numbers = [int(part) for part in found[1].split(".")] if found else []
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)


def is_met(requirement: str) -> bool:
    """Whether a fitting version is installed and its module can be found (it is not imported)."""
    try:
        version = importlib.metadata.version(name_of(requirement))
    except importlib.metadata.PackageNotFoundError:
        return False
    found = importlib.util.find_spec(module_of(requirement)) is not None
    return found and accepts(requirement, version)


def broken(requirements: list[str]) -> list[str]:
    """The modules that cannot be imported, with the reason."""
    reasons = []
    for requirement in requirements:
        module = module_of(requirement)
        try:
            importlib.import_module(module)
        except Exception as error:  # an extension built for another release can raise anything
            reasons.append(f"{module}: {type(error).__name__}: {error}")
    return reasons


def main(question: str) -> None:
    """Print the answer to `question`."""
    path = Path(__file__).resolve().parents[2] / "pyproject.toml"
    pyproject = path.read_text(encoding="utf-8")
    if question == "all":
        answer = required(pyproject, ("test", "format"))
    elif question == "unmet":
        answer = [each for each in required(pyproject) if not is_met(each)]
    else:
        answer = broken(required(pyproject))
    print(json.dumps(answer))


if __name__ == "__main__":
    main(sys.argv[1])
