"""Findings: which of them are told."""

from runners.findings import Finding, first_per_rule
from runners.rules import Rule

SEEN = ((Rule.W3, "a"), (Rule.P2, "b"), (Rule.W3, "c"))


def test_each_rule_keeps_its_first_evidence() -> None:
    findings = [Finding(rule=rule, seen=seen) for rule, seen in SEEN]
    assert [(f.rule, f.seen) for f in first_per_rule(findings)] == [("P2", "b"), ("W3", "a")]
