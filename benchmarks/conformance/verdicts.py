"""The outcome of `check`: one row per contender and rule."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypedDict

from runners.rules import Rule

NOT_EXAMINED = "not examined"


class CheckRow(TypedDict):
    """One line of `check`. `ok` is null where the rule was not examined; `seen` says why."""

    contender: str
    rule: str
    ok: bool | None
    expected: str
    seen: str


@dataclass(slots=True, kw_only=True)
class Verdicts:
    """The rows of one contender while they are being found out."""

    contender: str
    rows: dict[Rule, CheckRow]

    @classmethod
    def of(cls, contender: str, rules: Iterable[Rule]) -> "Verdicts":
        """Start with every rule not examined."""
        rows = {
            rule: CheckRow(
                contender=contender,
                rule=rule,
                ok=None,
                expected=rule.demand,
                seen=NOT_EXAMINED,
            )
            for rule in rules
        }
        return cls(contender=contender, rows=rows)

    def passed(self, rule: Rule, seen: str) -> None:
        """Note that a rule held, unless it was already broken."""
        if self.rows[rule]["ok"] is None:
            self._set(rule, ok=True, seen=seen)

    def broke(self, rule: Rule, seen: str) -> None:
        """Note the first evidence against a rule."""
        if self.rows[rule]["ok"] is not False:
            self._set(rule, ok=False, seen=seen)

    def broken(self) -> set[Rule]:
        """Return the rules that are known to be broken."""
        return {rule for rule, row in self.rows.items() if row["ok"] is False}

    def skipped(self, rule: Rule, why: str) -> None:
        """Say why a rule was not examined, if nothing has been seen or said of it."""
        if self.rows[rule]["ok"] is None and self.rows[rule]["seen"] == NOT_EXAMINED:
            self.rows[rule]["seen"] = f"not examined: {why}"

    def _set(self, rule: Rule, *, ok: bool, seen: str) -> None:
        row = self.rows[rule]
        row["ok"], row["seen"] = ok, seen
