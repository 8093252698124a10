"""Ids, names of landmarks and levels of headings of a page that has everything."""

from collections import Counter

import pytest

from reports.publish import analyse
from tests.reports.page.document import Element, parse
from tests.reports.page.runs import rendered
from tests.synthetic_run import SyntheticRun
from tests.synthetic_work import WORKLOADS, WorkRun, write_work_run


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Element:
    """Pings that have their pace, and two families."""
    ping = SyntheticRun(
        workloads=("survey", "sequential"),
        iterations=12,
        warmup=4,
        young=3,
        measures="steady",
        flat=True,
        null_arm="node/http",
    )
    left_out = tuple(name for name in WORKLOADS if not name.startswith(("cancel", "timers-1")))
    folder = tmp_path_factory.mktemp("places") / "run"
    return parse(rendered(analyse(write_work_run(folder, WorkRun(ping=ping, left_out=left_out)))))


def test_ids_are_unique_and_links_lead_somewhere(page: Element) -> None:
    ids = Counter(e.attributes["id"] for e in page.walk() if "id" in e.attributes)
    assert [name for name, count in ids.items() if count > 1] == []
    links = {a.attributes["href"] for a in page.all("a") if a.attributes["href"].startswith("#")}
    assert {link[1:] for link in links} <= ids.keys()


def test_no_two_landmarks_have_one_name(page: Element) -> None:
    names = Counter(_name(page, e) for e in page.walk() if _is_landmark(e))
    assert [name for name, count in names.items() if count > 1] == []


def test_headings_jump_over_no_level(page: Element) -> None:
    levels = [int(e.tag[1]) for e in page.all("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(deeper <= level + 1 for level, deeper in zip(levels, levels[1:]))


def _is_landmark(element: Element) -> bool:
    named = {"aria-label", "aria-labelledby"} & element.attributes.keys()
    return element.attributes.get("role") == "region" or (
        element.tag in ("section", "nav", "form") and bool(named)
    )


def _name(page: Element, element: Element) -> str:
    if "aria-label" in element.attributes:
        return element.attributes["aria-label"]
    ids = element.attributes["aria-labelledby"].split()
    return " ".join(page.by_id(each).text for each in ids)
