"""The families without a network: what the page, the tables and the charts say of them."""

import json
from pathlib import Path

import pytest

from reports import Analysis
from reports.analysis.derived import DerivedFigure, figures_of
from reports.charts.by_size import lines_of
from reports.charts.dots import dots_of
from reports.page.answer import family_answers
from reports.png import write_pngs
from reports.publish import analyse
from results.format import INVOCATIONS_FILE, RUN_FILE
from tests.reports.page.document import Element, parse
from tests.reports.page.runs import rendered
from tests.synthetic_run import HOSTILE, SyntheticRun
from tests.synthetic_work import CONTENDERS, PENDING, WORKLOADS, WorkRun, write_work_run

# Drawing takes a second a workload; what is not looked at stays out.
FEW = tuple(
    name
    for name in WORKLOADS
    if not name.startswith(("timers", "value-task", "parallel", "blocking", "await-completed"))
)
# Invalid where it is measured, and so without a figure in either chart of its family.
BROKEN = (("timers-1", "python/asyncio"), ("await-completed", "node/promise"))


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Analysis:
    run = WorkRun(left_out=FEW, broken=BROKEN)
    return analyse(write_work_run(tmp_path_factory.mktemp("work") / "run", run))


@pytest.fixture(scope="module")
def page(work: Analysis) -> Element:
    return parse(rendered(work))


FOLDER = "work"  # where the synthetic run's programs lie


def figures(work: Analysis, family: str) -> dict[str, DerivedFigure]:
    return {figure.key: figure for figure in figures_of(work, family)}


def section(page: Element, family: str) -> Element:
    (found,) = [
        each
        for each in page.with_class("family")
        if any(heading.text == family for heading in each.all("h2"))
    ]
    return found


def listed(page: Element, family: str) -> set[str]:
    return {each.text for each in section(page, family).with_class("file")}


def test_a_family_has_one_section_with_all_its_workloads(page: Element) -> None:
    names = [each.all("h2")[0].text for each in page.with_class("family")]
    assert names == ["timers", "await-completed", "value-task", "blocking", "parallel-cpu"]
    marked = [e for e in section(page, "timers").walk() if "data-workload" in e.attributes]
    workloads = [e.all("h3")[0].text for e in marked if e.tag == "div"]
    assert workloads == ["timers-1", "timers-1k", "timers-10k"]


def test_the_answer_to_the_claim_comes_before_any_table_of_a_workload(page: Element) -> None:
    own = section(page, "timers")
    order = [e for e in own.walk() if e.tag == "figure" or "data-workload" in e.attributes]
    assert [e.tag for e in order[:3]] == ["figure", "figure", "div"]
    assert "What it does not show" in own.text


def test_memory_of_an_await_is_a_first_difference_within_blocks(work: Analysis) -> None:
    shown = figures(work, "timers")["memory"]
    lines = lines_of(work, shown, 1.0)
    assert set(lines) == {"csharp/task", "node/promise"}  # Python is invalid with one delay
    for contender, line in lines.items():
        assert list(line) == [1_000, 10_000]
        assert line[10_000].value == pytest.approx(PENDING[contender], rel=0.05)


def test_overshoot_leaves_the_delay_out(work: Analysis) -> None:
    shown = figures(work, "timers")["overshoot"]
    part = shown.parts[2]
    assert part.workload == "timers-10k"
    figure = part.amounts["csharp/task"]
    assert figure.value == pytest.approx(2_000_000, rel=0.2)
    assert figure.low is not None and figure.low < figure.value


def test_bytes_that_a_runtime_cannot_say_are_blank_and_none_are_nought(work: Analysis) -> None:
    shown = figures(work, "value-task")["bytes"]
    groups = dots_of(shown, 1.0)
    assert [group.heading for group in groups] == ["value-task-completed", "value-task-suspended"]
    said = {dot.contender: (dot.amount and dot.amount.value, dot.text) for dot in groups[0].rows}
    assert said["csharp/task"][0] == 72
    assert said["csharp/value-task"][0] == 0
    assert said["csharp/pooled-value-task"] == (None, "–")


def test_time_per_cancellation_leaves_the_start_of_the_tasks_out(tmp_path: Path) -> None:
    left_out = tuple(name for name in WORKLOADS if name != "cancel")
    found = analyse(write_work_run(tmp_path / "run", WorkRun(left_out=left_out)))
    (shown,) = figures(found, "cancel").values()
    (part,) = shown.parts
    assert set(part.amounts) == {c for c, families in CONTENDERS.items() if "cancel" in families}
    for contender, amount in part.amounts.items():  # as made up, half of each iteration
        real = found.estimate("cancel", contender, "real")
        assert real is not None
        assert amount.value == pytest.approx(real.value / 10_000, rel=0.02)
        rows = found.frames.iterations
        own = rows[(rows["contender"] == contender) & rows["measured"]]
        assert (own["end_ns"] - own["start_ns"]).mean() == pytest.approx(2 * real.value, rel=0.2)


def test_blocking_stands_between_its_two_bounds(work: Analysis) -> None:
    (shown,) = figures(work, "blocking").values()
    assert shown.marks == (20_000_000, 64 * 20_000_000)


def test_speed_up_is_taken_within_blocks_over_one_job(work: Analysis) -> None:
    (shown,) = figures(work, "parallel-cpu").values()
    (part,) = shown.parts
    assert part.workload == "parallel-cpu"
    # As made up, four jobs take four times as long as one, to within 2 % noise an iteration.
    assert [figure.value for figure in part.amounts.values()] == pytest.approx([1] * 4, rel=0.1)


def test_jobs_of_different_length_have_no_speed_up(tmp_path: Path) -> None:
    left_out = tuple(name for name in WORKLOADS if not name.startswith("parallel-cpu"))
    folder = write_work_run(tmp_path / "run", WorkRun(left_out=left_out))
    plan = json.loads((folder / RUN_FILE).read_text())
    plan["workloads"][0]["params"]["rounds"] *= 6
    (folder / RUN_FILE).write_text(json.dumps(plan))
    unequal = analyse(folder)
    assert figures(unequal, "parallel-cpu") == {}


def test_the_first_screen_answers_claims_that_are_not_about_time(work: Analysis) -> None:
    beside = {answer.name: dict(answer.beside) for answer in family_answers(work)}
    assert {name for name, figures in beside.items() if figures} == {
        "timers",
        "value-task",
        "parallel-cpu",
    }
    assert list(beside["timers"]) == ["memory per pending await, timers-10k"]
    allocated = beside["value-task"]["allocated per call, value-task-completed"]
    assert [text for _, text in allocated] == ["72.0 B (72.0–72.0 B)", "0 B (0–0 B)"]
    ((counted, figures),) = beside["parallel-cpu"].items()
    assert counted.startswith("speed-up over one job, ")
    assert len(figures) == 4
    assert all("×" in text for _, text in figures)


def test_time_per_item_is_real_over_size_and_leaves_out_who_is_invalid(work: Analysis) -> None:
    (shown,) = figures(work, "await-completed").values()
    (part,) = shown.parts
    assert list(part.amounts) == ["csharp/task", "python/asyncio"]
    real = work.estimate("await-completed", "csharp/task", "real")
    assert real is not None
    assert part.amounts["csharp/task"].value == pytest.approx(real.value / 100_000)


def test_a_section_shows_the_sources_of_its_family_alone(page: Element) -> None:
    files = {
        f"csharp/{FOLDER}/Timers.cs",
        f"node/{FOLDER}/timers.mjs",
        f"python/{FOLDER}/timers.py",
    }
    assert listed(page, "timers") == files
    assert f"csharp/{FOLDER}/ValueTask.cs" in listed(page, "value-task")
    assert page.all(id="sources") == []


def test_a_table_holds_only_who_takes_part(page: Element) -> None:
    (matrix,) = page.with_class("matrix")
    rows = {
        row.attributes["data-workload"]: {
            told.attributes["data-contender"] for told in row.with_class("told")
        }
        for row in matrix.all("tr")
        if "data-workload" in row.attributes
    }
    assert [len(rows[name]) for name in ("timers-1", "await-completed", "blocking")] == [3, 3, 6]
    assert rows["value-task-completed"] < set(CONTENDERS)


def test_no_figure_needs_a_network_and_every_link_leads_somewhere(page: Element) -> None:
    assert page.all("img", "iframe") == []
    ids = [each.attributes["id"] for each in page.walk() if "id" in each.attributes]
    assert len(ids) == len(set(ids))
    links = {each.attributes["href"] for each in page.all("a")}
    assert {link[1:] for link in links if link.startswith("#")} <= set(ids)
    assert {link for link in links if not link.startswith("#")} == {
        "summary.json",
        "run.json",
        "invocations.jsonl",
    }


def test_a_family_without_any_contender_is_named_and_stays_empty(tmp_path: Path) -> None:
    run = WorkRun(left_out=FEW, languages=("python",), blocks=6)
    analysis = analyse(write_work_run(tmp_path / "run", run))
    shown = parse(rendered(analysis))
    assert "No contender of this run takes part in value-task-completed" in shown.text
    assert "No contender of this run takes part." in section(shown, "value-task").text
    assert section(shown, "value-task").all("figure") == []


def test_every_chart_of_a_family_is_a_picture_of_its_own(work: Analysis, tmp_path: Path) -> None:
    files = {file.name for file in write_pngs(work, tmp_path)}
    assert {f"timers-{key}.png" for key in ("overshoot", "memory")} <= files
    assert {"value-task-bytes.png", "blocking-bounds.png", "parallel-cpu-speed-up.png"} <= files
    assert "value-task-per-item.png" in files
    assert "timers-1k-forest.png" in files


def test_a_page_is_drawn_of_a_family_that_nobody_here_knows(tmp_path: Path) -> None:
    left_out = tuple(name for name in WORKLOADS if name != "cancel")
    folder = write_work_run(tmp_path / "run", WorkRun(left_out=left_out, blocks=6))
    plan = json.loads((folder / RUN_FILE).read_text())
    (family,) = plan["families"]
    family |= {
        "name": "knitting",
        "item": "stitch",
        "claim": "Wool is warm.",
        "size": ["rows", "n"],
    }
    (figure,) = family["figures"]
    figure |= {"heading": "Time per stitch", "caption": "{size} times {item}{0.x}"}
    yarn = {"kind": "field-per-item", "unit": "1", "drawn": "bars", "told": "yarn"}
    family["fields"] = ["yarn_mm"]
    family["figures"] += [figure | yarn | {"key": key, "of": key} for key in ("yarn_mm", "absent")]
    lines = [json.loads(line) for line in (folder / INVOCATIONS_FILE).read_text().splitlines()]
    for record in (record for line in lines for record in line["iterations"]):
        record["yarn_mm"] = 600
    (folder / INVOCATIONS_FILE).write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    (workload,) = plan["workloads"]
    workload |= {"family": "knitting", "params": {"rows": 10, "n": 20}}
    (folder / RUN_FILE).write_text(json.dumps(plan))
    shown = parse(rendered(analyse(folder)))
    own = section(shown, "knitting")
    assert "Wool is warm." in own.text and "Time per stitch" in own.text
    assert own.all("figure")[0].all("h3")[0].text == "Time per stitch"
    assert "200 times stitch{0.x}" in own.text
    assert shown.by_id("answer-family-knitting") is not None
    assert "3.00× (3.00–3.00)" in shown.text


def test_hostile_text_is_shown_and_never_obeyed(tmp_path: Path) -> None:
    run = WorkRun(
        left_out=tuple(name for name in WORKLOADS if not name.startswith("value-task")),
        broken=(("value-task-completed", "csharp/task"),),
        hostile=True,
        blocks=6,
    )
    shown = parse(rendered(analyse(write_work_run(tmp_path / "run", run))))
    assert [e.tag for e in shown.all("script", "red")] == ["script", "script"]  # our own
    assert not {"\x1b", "\u202e"} & set(shown.text)
    assert HOSTILE.splitlines()[1] in shown.text


@pytest.mark.deadline(120)
def test_pings_and_families_share_a_page(tmp_path: Path) -> None:
    ping = SyntheticRun(workloads=("survey",), iterations=3, warmup=1)
    left_out = tuple(name for name in WORKLOADS if name != "cancel")
    folder = write_work_run(tmp_path / "run", WorkRun(ping=ping, left_out=left_out))
    shown = parse(rendered(analyse(folder)))
    assert [each.all("h2")[0].text for each in shown.with_class("workload")] == ["survey", "cancel"]
    (matrix,) = shown.with_class("matrix")
    headings = [each.text for each in matrix.all("th", scope="rowgroup")]
    assert headings[-1] == "The parts of await, without a network" and len(headings) == 3
    assert len(matrix.with_class("told")) == 7 + 5
    assert f"python/{FOLDER}/cancel.py" not in shown.by_id("sources").text
    assert "checksum" in shown.by_id("proof").text
