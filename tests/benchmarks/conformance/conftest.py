"""`check`, run once on every fake that the chosen tests ask for."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.benchmarks.conformance.checks import AT_ONCE, Checks
from tests.fakes.command_line import CommandLine


@pytest.fixture
def command_line(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path)


@pytest.fixture(scope="session")
def checks(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Checks]:
    root = tmp_path_factory.mktemp("fakes")
    calls = [getattr(item, "callspec", None) for item in request.session.items]
    fakes = {str(call.params["fake"]) for call in calls if call and "fake" in call.params}
    with ThreadPoolExecutor(AT_ONCE) as pool:
        yield Checks(root, fakes, pool)
        pool.shutdown(cancel_futures=True)
