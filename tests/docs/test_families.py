"""docs/families.md describes every family without a network, and its module to copy is one."""

import re

import pytest

from benchmarks.families import FAMILIES, Family
from results.conform import conform
from results.format import FamilyPlan
from tests.docs.pages import read_page

PAGE = read_page("families.md")
ALONE = [family for family in FAMILIES.values() if not family.proof.network]
SHARED = {"size", "seed"}


@pytest.mark.parametrize("family", ALONE, ids=[family.name for family in ALONE])
def test_a_family_s_own_parameters_are_those_of_its_section(family: Family) -> None:
    section = PAGE.section(f"`{family.name}`")
    (parameters,) = re.findall(r"^- \*\*Parameters:\*\* (.*)", section, re.MULTILINE)
    own = set(re.findall(r"`(\w+)`", parameters)) - SHARED
    assert own == family.example.keys() - SHARED
    assert bool(own) == (not parameters.startswith("none of its own"))


@pytest.mark.parametrize("family", ALONE, ids=[family.name for family in ALONE])
def test_a_family_s_own_fields_are_those_of_its_section(family: Family) -> None:
    found = re.findall(
        r"^- \*\*Fields:\*\* in addition `(\w+)`", PAGE.section(f"`{family.name}`"), re.M
    )
    assert tuple(found) == tuple(family.proof.fields)


def test_the_module_to_copy_declares_a_family() -> None:
    namespace: dict[str, object] = {}
    exec(PAGE.marked("a family"), namespace)
    family = namespace["FAMILY"]
    assert isinstance(family, Family)
    declared = family.declaration()
    assert conform(declared, FamilyPlan, "it") == declared
    assert [scenario.name for scenario in family.proof.scenarios(family)] == [
        "nested, 3 iterations",
        "nested, 20 iterations",
    ]


def test_every_key_of_a_family_is_explained() -> None:
    section = PAGE.section("Adding a family")
    assert {*Family.__dataclass_fields__} <= set(re.findall(r"`(\w+)`", section))
