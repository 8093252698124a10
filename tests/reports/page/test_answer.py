"""The first screen: who leads, and how many share that where a title has no room for all."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from reports.page import answer
from reports.page.answer import answers
from reports.publish import analyse
from reports.words.headline import headline
from results.format import RUN_FILE
from tests.reports.page.runs import SURVEY, analysed
from tests.synthetic_run import write_run


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


def test_two_styles_of_the_same_calls_win_together(tmp_path: Path) -> None:
    run = replace(SURVEY, contenders=("node/http", "node/promise-chain", "python/httpx"))
    folder = write_run(tmp_path / "run", run)
    plan = json.loads((folder / RUN_FILE).read_text())
    (chain,) = (each for each in plan["contenders"] if each["id"] == "node/promise-chain")
    chain["twin"] = "node/http"
    (folder / RUN_FILE).write_text(json.dumps(plan))
    found = analyse(folder)
    (reply,) = answers(found)[0].replies
    assert set(reply.who) == {"node/http", "node/promise-chain"}
    assert (reply.state, reply.lead) == ("faster", "fastest, in two styles")
    assert "ahead of Python httpx" in reply.margin
    assert "Python httpx" in headline(found)
