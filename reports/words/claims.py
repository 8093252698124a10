"""What became of the claims that were executed, in words."""

from collections import Counter

from results.claims import ClaimRow, ObservationRow, SemanticsFile, Verdict, otherwise

SYMBOLS: dict[Verdict, str] = {"holds": "✓", "imprecise": "≈", "wrong": "✕", "dated": "◷"}


WITHDRAWN = "⊘"  # facts that carried a verdict are others here


def executed(semantics: SemanticsFile) -> list[ClaimRow]:
    """The claims whose probe was run somewhere."""
    seen = {row["probe"] for row in semantics["observations"]}
    return [claim for claim in semantics["claims"] if claim["probe"] in seen]


def is_finding(row: ObservationRow) -> bool:
    """Whether an observation must be told: facts that differ, or a probe that did not end well."""
    return row["as_expected"] is False or row["trouble"] is not None


def is_unjudged(row: ObservationRow) -> bool:
    """Whether nothing is expected of an observation that ended well."""
    return row["as_expected"] is None and not is_finding(row)


def in_one_line(semantics: SemanticsFile) -> str:
    """How many claims were executed and what became of them, and how much is not as expected."""
    claims = executed(semantics)
    kept = [claim for claim in claims if not otherwise(claim, semantics["observations"])]
    counts = Counter(claim["verdict"] for claim in kept)
    told = (
        f"{len(claims)} claims of the two texts executed; {counts['holds']} hold, "
        f"{counts['imprecise']} are imprecise, {counts['wrong']} wrong, {counts['dated']} dated"
    )
    if withdrawn := len(claims) - len(kept):
        told += f"; {withdrawn} {'verdict is' if withdrawn == 1 else 'verdicts are'} withdrawn"
    findings = [row for row in semantics["observations"] if is_finding(row)]
    unjudged = [row for row in semantics["observations"] if is_unjudged(row)]
    if unjudged:
        told += f"; {len(unjudged)} of {len(semantics['observations'])} observations not judged"
    if len(unjudged) == len(semantics["observations"]):
        return f"{told}."
    if not findings:
        return f"{told}. Every {'other ' if unjudged else ''}observation was as expected."
    where = ", ".join(f"{row['probe']} in {row['language']}" for row in findings[:3])
    more = f" and {len(findings) - 3} more" if len(findings) > 3 else ""
    return f"{told}. Not as expected: {where}{more}."
