"""Which contenders have no number in a workload, and which rules say so."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypedDict

from results.line_format import Invocation
from results.plan import FEWEST_BLOCKS, invalid_since

# The rule named where no rule was broken and yet too few blocks were measured.
TOO_FEW_BLOCKS = "blocks"


class InvalidRow(TypedDict):
    """One rule that an invalid contender broke, and what was seen the first time."""

    workload: str
    contender: str
    rule: str
    seen: str


def invalid_contenders(
    lines: Iterable[Invocation],
    planned: Mapping[str, Sequence[str]],
    blocks: int,
    complete: bool,
) -> list[InvalidRow]:
    """The rules broken by each invalid contender, in the order of `planned`.

    A contender is invalid in a workload when a repeat broke a rule, when rules were broken in two
    or more blocks, or when, of the `blocks` of a complete run, fewer than six valid ones remain, or fewer than all
    where it had no six, as in studies. A
    single invocation that broke a rule and whose repeat did not leaves it valid.
    `lines` that are superseded do not count; `planned` names the contenders of each workload. One
    result per rule, in the order met.
    """
    found: dict[tuple[str, str], list[Invocation]] = {
        (workload, contender): [] for workload, names in planned.items() for contender in names
    }
    for line in lines:
        own = found.get((line["workload"], line["contender"]))
        if own is not None and not line["superseded"]:
            own.append(line)
    due = min(blocks, FEWEST_BLOCKS)
    result = []
    for (workload, contender), own in found.items():
        valid = len({line["block"] for line in own if not line["broken"]})
        since = invalid_since((line["block"], line["attempt"]) for line in own if line["broken"])
        if since is not None or (complete and valid < due):
            rules: dict[str, str] = {}
            for broken in (rule for line in own for rule in line["broken"]):
                rules.setdefault(broken["rule"], broken["seen"])
            if not rules:
                rules = {TOO_FEW_BLOCKS: f"{valid} valid blocks of {blocks}, {due} are due"}
            result += [
                InvalidRow(workload=workload, contender=contender, rule=rule, seen=seen)
                for rule, seen in rules.items()
            ]
    return result
