"""What pyproject.toml asks for, seen from the Python that runs this file: that of .venv.

    .venv/bin/python scripts/setup/requirements.py all|unmet|optional|broken

Prints a JSON list: `all` requirements where there is a choice of versions, those `unmet` by what is
installed, those of `optional` contenders that are unmet, or the `broken` modules, whose import
fails. Needs Python 3.11 for tomllib.
"""

import importlib
import importlib.metadata
import importlib.util
import json
import re
import sys
from pathlib import Path

import tomllib

# Where the module is not called like its distribution.
MODULES = {"pytest-xdist": "xdist"}


def required(pyproject: str, extras: tuple[str, ...] = ("test",)) -> list[str]:
    """The requirements of the project and of some extras, as pyproject.toml words them."""
    project = tomllib.loads(pyproject)["project"]
    optional = (each for extra in extras for each in project["optional-dependencies"][extra])
    return [*project["dependencies"], *optional]


def optional(pyproject: str) -> list[str]:
    """The requirements of optional contenders."""
    extras = tomllib.loads(pyproject)["project"]["optional-dependencies"]
    return [str(each) for each in extras["contenders"]]


def name_of(requirement: str) -> str:
    """The distribution that a requirement names."""
    return re.split(r"[^A-Za-z0-9._-]", requirement, maxsplit=1)[0]


def module_of(requirement: str) -> str:
    """The module that the distribution of a requirement provides."""
    name = name_of(requirement).lower()
    return MODULES.get(name, name.replace("-", "_"))


def is_met(requirement: str) -> bool:
    """Whether a fitting version is installed and its module can be found (it is not imported)."""
    try:
        # It comes with pytest, so that where it is missing there is more to install.
        from packaging.requirements import Requirement

        version = importlib.metadata.version(name_of(requirement))
    except ImportError:
        return False
    fits = Requirement(requirement).specifier.contains(version, prereleases=True)
    return fits and importlib.util.find_spec(module_of(requirement)) is not None


def broken(requirements: list[str]) -> list[str]:
    """The modules that cannot be imported, with the reason."""
    reasons = []
    for module in map(module_of, requirements):
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
    elif question == "optional":
        answer = [each for each in optional(pyproject) if not is_met(each)]
    else:
        answer = broken(required(pyproject))
    print(json.dumps(answer))


if __name__ == "__main__":
    main(sys.argv[1])
