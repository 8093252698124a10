"""How large a page is: it does not grow with the pings, and hardly with what nobody can see."""

from pathlib import Path

import pytest

from reports.publish import analyse
from tests.bench.large_run import write_large_run
from tests.reports.page.runs import rendered
from tests.synthetic_run import SyntheticRun

PAIR = SyntheticRun(
    workloads=("sequential",), contenders=("csharp/socket", "node/net"), blocks=6, warmup=1
)


@pytest.mark.slow
def test_a_million_pings_make_no_larger_page_than_ten_thousand(tmp_path: Path) -> None:
    sizes = []
    for pings in (10_000, 1_000_000):
        analysis = analyse(write_large_run(tmp_path / str(pings), pings, PAIR))
        assert analysis.frames.invocations["pings"].sum() == pytest.approx(pings, rel=0.1)
        sizes.append(len(rendered(analysis).encode()))
    assert sizes[1] < 1.1 * sizes[0]
