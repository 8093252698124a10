"""Which contenders have no number in a workload, and which rules say so."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypedDict

from results.plan import FEWEST_BLOCKS, invalid_since

# The rule named where no rule was broken and yet too few blocks were measured.
TOO_FEW_BLOCKS = "blocks"


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedInvocation:
    """What the referee found of one invocation that is not superseded: (rule, seen) pairs."""

    workload: str
    contender: str
    block: int
    attempt: int
    broken: tuple[tuple[str, str], ...]


class InvalidRow(TypedDict):
    """One rule that an invalid contender broke, and what was seen the first time."""

    workload: str
    contender: str
    rule: str
    seen: str


def invalid_contenders(
    judged: Iterable[JudgedInvocation],
    planned: Mapping[str, Sequence[str]],
    blocks: int,
    complete: bool,
) -> list[InvalidRow]:
    """The rules broken by each invalid contender, in the order of `planned`.

    A contender is invalid in a workload when a repeat broke a rule, when rules were broken in two
    or more blocks, or when, of the `blocks` of a complete run, fewer than six valid ones remain. A
    single invocation that broke a rule and whose repeat did not leaves it valid.
    `planned` names the contenders of each workload. One result per rule, in the order met.
    """
    found: dict[tuple[str, str], list[JudgedInvocation]] = {
        (workload, contender): [] for workload, names in planned.items() for contender in names
    }
    for invocation in judged:
        if (own := found.get((invocation.workload, invocation.contender))) is not None:
            own.append(invocation)
    result: list[InvalidRow] = []
    for (workload, contender), own in found.items():
        valid = len({each.block for each in own if not each.broken})
        if _is_invalid(own) or (complete and valid < FEWEST_BLOCKS):
            rules = _first_seen(own)
            if not rules:
                rules = {
                    TOO_FEW_BLOCKS: f"{valid} valid blocks of {blocks}, {FEWEST_BLOCKS} are due"
                }
            result += [
                InvalidRow(workload=workload, contender=contender, rule=rule, seen=seen)
                for rule, seen in rules.items()
            ]
    return result


def _is_invalid(own: Sequence[JudgedInvocation]) -> bool:
    return invalid_since((each.block, each.attempt) for each in own if each.broken) is not None


def _first_seen(own: Sequence[JudgedInvocation]) -> dict[str, str]:
    rules: dict[str, str] = {}
    for invocation in own:
        for rule, seen in invocation.broken:
            rules.setdefault(rule, seen)
    return rules
