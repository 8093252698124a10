"""The outcome of `check`: one row per contender and rule."""

from dataclasses import dataclass
from typing import TypedDict

# What each rule demands, in the words of the table that `check` prints.
EXPECTED: dict[str, str] = {
    "M1": "a valid runner.toml",
    "M2": "required executables found, build succeeds, version answers",
    "P1": "`ready`, well formed, within 10 s of the spawn",
    "P2": "the protocol's lines on standard output and nothing else",
    "P3": "exactly the iterations asked for, in order, within the limit",
    "P4": "exit with 0 within 5 s of the end of its input, nothing left running",
    "P5": "status 2 and one line on standard error for each of five bad jobs",
    "P6": "consistent times, all between our job and our first record",
    "W1": "every request head exactly the contract's bytes",
    "W2": "as many connections as due, none idle, none reused against the job",
    "W3": "exactly the requests due at every site",
    "W4": "each ping reaches the origin after the answer before it",
    "W5": "all chains in flight at once",
    "W6": "the answer ends at its blank line, not at the close",
    "W7": "a 302 recorded as 302 and not followed",
    "W8": "each failure named as the contract names it, once, and the chain goes on",
    "W9": "each ping's times enclose the origin's, with the status that was sent",
    "C1": "each iteration's checksum the value that follows from the job, and its time no shorter",
}
NOT_EXAMINED = "not examined"
MANIFEST_RULES = ("M1", "M2")
PROTOCOL_RULES = tuple(rule for rule in EXPECTED if rule[0] == "P")


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
    rows: dict[str, CheckRow]

    @classmethod
    def of(cls, contender: str, rules: tuple[str, ...]) -> "Verdicts":
        """Start with every rule not examined."""
        rows = {
            rule: CheckRow(
                contender=contender,
                rule=rule,
                ok=None,
                expected=EXPECTED[rule],
                seen=NOT_EXAMINED,
            )
            for rule in rules
        }
        return cls(contender=contender, rows=rows)

    def passed(self, rule: str, seen: str) -> None:
        """Note that a rule held, unless it was already broken."""
        if self.rows[rule]["ok"] is None:
            self._set(rule, ok=True, seen=seen)

    def broke(self, rule: str, seen: str) -> None:
        """Note the first evidence against a rule."""
        if self.rows[rule]["ok"] is not False:
            self._set(rule, ok=False, seen=seen)

    def broken(self) -> set[str]:
        """Return the rules that are known to be broken."""
        return {rule for rule, row in self.rows.items() if row["ok"] is False}

    def skipped(self, rule: str, why: str) -> None:
        """Say why a rule was not examined, if nothing has been seen or said of it."""
        if self.rows[rule]["ok"] is None and self.rows[rule]["seen"] == NOT_EXAMINED:
            self.rows[rule]["seen"] = f"not examined: {why}"

    def _set(self, rule: str, *, ok: bool, seen: str) -> None:
        row = self.rows[rule]
        row["ok"], row["seen"] = ok, seen
