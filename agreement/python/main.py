"""One workload of the programs in python/, timed by pytest-benchmark: main.py JOB RESULT."""

import json
import os
import sys
from pathlib import Path

import pytest
import pytest_benchmark

from iteration import Counted, asked_in

HERE = Path(__file__).parent


class Given:
    """What the test is given, as a plugin of pytest."""

    def __init__(self, counted: Counted) -> None:
        self.counted = counted

    @pytest.fixture
    def one(self) -> Counted:
        """One iteration, to be called."""
        return self.counted


def main(job_file: str, result_file: str) -> int:
    """Time the job; write what pytest-benchmark found, in ns of one iteration."""
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"  # no other plugin around an iteration
    found = Path(f"{result_file}.pytest-benchmark")
    with Counted(asked_in(Path(job_file))) as counted:
        status = pytest.main(
            [
                *("-q", "-c", str(HERE / "pytest.ini"), "-p", "no:cacheprovider"),
                *("-p", "pytest_benchmark.plugin", f"--benchmark-json={found}"),
                str(HERE / "timed_iteration.py"),
            ],
            plugins=[Given(counted)],
        )
    if status:
        return int(status)
    stats = json.loads(found.read_text(encoding="utf-8"))["benchmarks"][0]["stats"]
    result = {
        "harness": f"pytest-benchmark {pytest_benchmark.__version__}",
        "mean_ns": 1e9 * stats["mean"],
        "samples_ns": [1e9 * seconds for seconds in stats["data"]],
        "calls": counted.calls,
        "checksum": counted.checksum,
    }
    Path(result_file).write_text(json.dumps(result), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
