"""One origin for the tests of a module."""

from collections.abc import Iterator

import pytest

from benchmarks.ping.origin.handle import Origin


@pytest.fixture(scope="module")
def origin() -> Iterator[Origin]:
    with Origin() as running:
        yield running
