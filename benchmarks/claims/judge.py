"""Compares what a probe saw with what was expected."""

from benchmarks.claims.expectations import Facts, same


def as_expected(seen: Facts, expected: Facts | None) -> bool | None:
    """Tell whether all facts are those expected and no others; None where nothing is expected."""
    return None if expected is None else not differences(seen, expected)


def differences(seen: Facts, expected: Facts) -> list[str]:
    """Return a sentence for each fact that differs, in the order of their names."""
    told = []
    for name in sorted({*seen, *expected}):
        if name not in seen:
            told.append(f"{name} was expected to be {expected[name]!r} and was not seen")
        elif name not in expected:
            told.append(f"{name} is {seen[name]!r}, of which nothing is expected")
        elif not same(seen[name], expected[name]):
            told.append(f"{name} is {seen[name]!r}, expected was {expected[name]!r}")
    return told
