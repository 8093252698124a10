"""Which ports the sites get: none that an outgoing connection may take."""

import random
from pathlib import Path

import pytest

from benchmarks.ping.origin import ports


@pytest.mark.parametrize("text", [None, "", "no numbers", "1"])
def test_where_the_range_is_hidden_linux_own_is_kept_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str | None
) -> None:
    hidden = tmp_path / "ip_local_port_range"
    if text is not None:
        hidden.write_text(text)
    monkeypatch.setattr(ports, "_RANGE", hidden)
    assert set(ports.candidate_ports(random.Random(1))) == {
        *range(10_000, 32_768),
        *range(61_000, 65_536),
    }


def test_where_outgoing_connections_may_take_every_port_so_may_the_origin(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = tmp_path / "ip_local_port_range"
    every.write_text("1024\t65535\n")
    monkeypatch.setattr(ports, "_RANGE", every)
    assert set(ports.candidate_ports(random.Random(1))) == {*range(1024, 65_536)}
