"""The matrix of a run with many runners: one column, each row from its best to its slowest."""

import json
from pathlib import Path

from reports.page.matrix import matrix_of
from reports.publish import analyse
from results.format import RUN_FILE
from tests.reports.page.document import parse
from tests.reports.page.runs import SURVEY, rendered
from tests.synthetic_run import write_run


def test_many_runners_share_a_column_in_the_order_of_their_times(tmp_path: Path) -> None:
    folder = write_run(tmp_path / "run", SURVEY)
    plan = json.loads((folder / RUN_FILE).read_text())
    for number, contender in enumerate(plan["contenders"]):
        contender["runner"] = f"runner-{number}"
    (folder / RUN_FILE).write_text(json.dumps(plan))
    analysis = analyse(folder)
    matrix = matrix_of(analysis)
    assert matrix.wrapped and len(matrix.columns) == 1
    for tier, standing in zip(matrix.tiers, analysis.standings["survey"], strict=True):
        ((cell,),) = (line.cells for line in tier.lines)
        assert [told.contender for told in cell] == [p.contender for p in standing.places]
    (table,) = parse(rendered(analysis)).with_class("matrix")
    assert "wrapped" in table.attributes["class"].split()


def test_runners_of_one_language_are_named(tmp_path: Path) -> None:
    folder = write_run(tmp_path / "run", SURVEY)
    plan = json.loads((folder / RUN_FILE).read_text())
    for contender in plan["contenders"]:
        if contender["id"] == "node/net":
            contender["runner"] = "node-24"
    (folder / RUN_FILE).write_text(json.dumps(plan))
    assert set(matrix_of(analyse(folder)).columns) == {
        "Python",
        "C#",
        "JavaScript, node",
        "JavaScript, node-24",
    }
