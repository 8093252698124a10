"""A finding: a rule that was broken, and what was seen."""

from collections.abc import Iterable
from dataclasses import dataclass

from runners.rules import Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One broken rule, and the evidence in a sentence."""

    rule: Rule
    seen: str


def first_per_rule(findings: Iterable[Finding]) -> list[Finding]:
    """Keep the first finding of each rule, ordered by rule id."""
    kept: dict[str, Finding] = {}
    for finding in findings:
        kept.setdefault(finding.rule, finding)
    return [kept[rule] for rule in sorted(kept)]
