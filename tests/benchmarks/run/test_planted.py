"""The runner of `calibrate`: one program under three names, which keeps the rules."""

from pathlib import Path

from benchmarks.run.planted import FIRST, NAME, SAME, SLOWER, planted_share, write_planted
from runners.manifest import read_manifest


def test_they_differ_by_the_share_alone(tmp_path: Path) -> None:
    home = write_planted(tmp_path / "runs", 0.1)
    own = {each.name: each for each in read_manifest(home).contenders}
    assert [*own] == [FIRST, SAME, SLOWER]
    assert own[FIRST].command == own[SAME].command
    shares = {name: planted_share(own[name].command) for name in own}
    assert shares == {FIRST: 0.0, SAME: 0.0, SLOWER: 0.1}
    assert {each.command[3:] for each in own.values()} == {own[FIRST].command[3:]}


def test_it_is_made_anew(tmp_path: Path) -> None:
    write_planted(tmp_path, 0.1)
    (tmp_path / NAME / "left-over").touch()
    assert not (write_planted(tmp_path, 0.2) / "left-over").exists()
