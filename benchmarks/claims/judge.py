"""Compares what a probe observed with what was expected."""

from benchmarks.claims.record import Facts
from results.claims import same


def differences(facts: Facts, expected: Facts) -> list[str]:
    """Return a sentence for each fact that differs, in the order of their names."""
    sentences = []
    for name in sorted({*facts, *expected}):
        if name not in facts:
            sentences.append(f"{name} was expected to be {expected[name]!r} and was not seen")
        elif name not in expected:
            sentences.append(f"{name} is {facts[name]!r}, of which nothing is expected")
        elif not same(facts[name], expected[name]):
            sentences.append(f"{name} is {facts[name]!r}, expected was {expected[name]!r}")
    return sentences
