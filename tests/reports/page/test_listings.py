"""The programs on the page: what several contenders share is shown once, whoever's copy it is."""

import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from reports.page.listings import highlighted, shelves
from tests.reports.page.runs import SURVEY, analysed

RUN = replace(SURVEY, contenders=("csharp/socket", "node/net"))


@pytest.mark.parametrize(("other", "shared"), [("await it", True), ("await nothing", False)])
def test_a_file_is_shown_once_where_two_runners_have_the_same(
    tmp_path: Path, other: str, shared: bool
) -> None:
    found = analysed(tmp_path / "run", RUN)
    for plan, text in zip(found.run["contenders"], ("await it", other), strict=True):
        plan["sources"] = ["same.txt"]
        (tmp_path / "run" / "sources" / plan["runner"] / "same.txt").write_text(text)
    first, second = (
        program.listings[0] for program in shelves(found, {})["Bare sockets (raw tier)"]
    )
    assert first.key and "await it" in first.code
    assert (second.elsewhere, bool(second.code)) == (first.key if shared else "", not shared)
    assert (first.name, second.name) == ("csharp/same.txt", "node/same.txt")


def test_only_what_the_style_colours_is_marked_and_no_letter_is_lost() -> None:
    text = "import os  # why\nname = 'a < b'\n\n\nasync def ping(): return 1 + os.sep\n"
    code = str(highlighted("a.py", text))
    assert unescape(re.sub(r"<[^>]*>", "", code)) == text
    classes = set(re.findall(r'class="hl-(\w+)"', code))
    assert {"kn", "c1", "s1", "k", "nf", "mi"} <= classes
    assert not {"n", "o", "p", "nn", "w"} & classes
