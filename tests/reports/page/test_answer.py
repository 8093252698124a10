"""The first screen: who leads, and how many share that where a title has no room for all."""

from dataclasses import replace
from pathlib import Path

import pytest

from reports.page import answer
from reports.page.answer import answers
from tests.reports.page.runs import SURVEY, analysed


def test_of_many_that_share_the_lead_the_first_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    twins = replace(SURVEY, contenders=("node/http", "node/promise-chain"))
    found = analysed(tmp_path / "run", twins)
    whole = [reply for each in answers(found) for reply in each.replies]
    assert any(len(reply.who) > 1 for reply in whole)
    monkeypatch.setattr(answer, "_MOST_LEADERS", 1)
    for before, now in zip(
        whole, (reply for each in answers(found) for reply in each.replies), strict=True
    ):
        more = len(before.who) - 1
        assert now.who == before.who[:1] and now.rest == before.rest
        assert now.lead == (f"and {more} more, {before.lead}" if more else before.lead)
