"""The second process of a null arm breaks a rule, drops out or meets a busy origin: a run is read."""

import json
from pathlib import Path

from reports.publish import analyse, write
from results.format import AGAIN, REPORT_FILE, RUN_FILE
from tests.synthetic_run import Break, SyntheticRun, write_run

SECOND = f"node/net{AGAIN}"


def test_what_befalls_a_null_arm_is_its_contenders_or_nobodys(tmp_path: Path) -> None:
    broken = Break(contender=SECOND, workload="sequential")
    folder = write_run(
        tmp_path / "run",
        SyntheticRun(
            measures="steady", flat=True, workloads=("sequential",), null_arm="node/net",
            breaks=(broken,), origin_busy=0.95,
        ),
    )  # fmt: skip
    plan = json.loads((folder / RUN_FILE).read_text())
    plan["given_up"] = [
        {"workload": "sequential", "contender": SECOND, "block": 14, "reason": "W3, x"}
    ]
    (folder / RUN_FILE).write_text(json.dumps(plan))
    analysis = analyse(folder)
    write(analysis)
    page = (folder / REPORT_FILE).read_text()
    assert SECOND not in {contender for _, contender in analysis.notes.origin_limited}
    assert "was not started again" not in page
    assert ("sequential", "node/net") in analysis.notes.origin_limited
