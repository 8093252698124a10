"""The claims of the two texts, executed: what the page's section on them looks up."""

import json
from collections.abc import Sequence

from markupsafe import Markup

from reports.page.listings import highlighted
from reports.words.claims import SYMBOLS, WITHDRAWN, executed, in_one_line, is_finding
from results.claims import ClaimRow, ObservationRow, SemanticsFile, StatementRow, otherwise, same

_LONGEST_VALUE = 600
_LONGEST_SOURCE = 64 * 2**10


class Claims:
    """semantics.json, laid out.

    `lists` are the claims that were executed, by text; `probes` what each saw, a row per runner.
    """

    symbols, withdrawn = SYMBOLS, WITHDRAWN

    def __init__(self, semantics: SemanticsFile) -> None:
        self.semantics = semantics
        self.line = in_one_line(semantics)
        self.carried = any("rests_on" in claim for claim in semantics["claims"])
        self.lists: dict[str, list[ClaimRow]] = {}
        for claim in executed(semantics):
            self.lists.setdefault(claim["seed"], []).append(claim)
        seen = {name: self._seen(name) for name in semantics["probes"]}
        self.probes = {name: rows for name, rows in seen.items() if rows}

    def key(self, probe: str) -> str:
        """The id of the probe's part of the page: a name may hold anything, an id may not."""
        return f"probe-{list(self.semantics['probes']).index(probe) + 1}"

    def _seen(self, probe: str, language: str | None = None) -> list[ObservationRow]:
        return [
            row
            for row in self.semantics["observations"]
            if row["probe"] == probe and language in (None, row["language"])
        ]

    def was_run(self, probe: str, language: str | None = None) -> bool:
        """Whether a probe was run in `language`, or anywhere."""
        return bool(self._seen(probe, language))

    def differs(self, probe: str, language: str | None = None) -> bool:
        """Whether what it saw there was not as expected."""
        return any(map(is_finding, self._seen(probe, language)))

    def otherwise(self, said: ClaimRow | StatementRow) -> str:
        """What of the facts that carry a verdict was seen otherwise, so that it is withdrawn; or ""."""
        return ", ".join(otherwise(said, self.semantics["observations"]))

    def facts(self, rows: Sequence[ObservationRow]) -> list[str]:
        """The facts that any of the rows has, or should have."""
        names = (fact for row in rows for fact in (*row["facts"], *(row["expected"] or {})))
        return list(dict.fromkeys(names))

    def state(self, row: ObservationRow) -> str:
        """What became of an observation, in words."""
        if is_finding(row):
            return "✕ not as expected"
        return "nothing expected" if row["as_expected"] is None else "✓ as expected"

    def value(self, row: ObservationRow, fact: str) -> tuple[str, str] | None:
        """A fact as one runner saw it, and what it should have been where it differs.

        None where the runner neither saw it nor should have seen it.
        """
        seen, due = row["facts"], row["expected"] or {}
        if fact not in seen and fact not in due:
            return None
        text = _text(seen[fact]) if fact in seen else "not seen"
        unjudged = row["expected"] is None or (row["as_expected"] is True and fact not in due)
        if unjudged or (fact in seen and fact in due and same(seen[fact], due[fact])):
            return text, ""
        return text, _text(due[fact]) if fact in due else "nothing"

    def code(self, file: str, text: str) -> Markup:
        """The text of a source, coloured; cut off where it is very long."""
        return highlighted(file, text[:_LONGEST_SOURCE])


def _text(value: object) -> str:
    """A fact as text: lists joined, true and false as words."""
    if isinstance(value, list):
        text = " · ".join(map(_text, value)) or "(none)"
    elif isinstance(value, bool):
        text = "yes" if value else "no"
    else:
        text = value if isinstance(value, str) else json.dumps(value)
    return text if len(text) <= _LONGEST_VALUE else f"{text[:_LONGEST_VALUE]}…"
