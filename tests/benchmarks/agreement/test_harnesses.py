"""The table of harnesses is read strictly, what it ships is sound, and a harness is fetched once."""

from pathlib import Path

import pytest

from benchmarks.agreement.harnesses import FILE, Harness, make_ready, read_harnesses
from benchmarks.families import discover_runners, family_of, matching
from results.errors import BuildError, TableError
from runners.manifest import Commands
from runners.roster import Ready, all_contenders

SOUND = """
schema = 1
[[harness]]
runner = "python"
name = "timer"
command = ["{python}", "main.py"]
known = "Nothing."
[[pair]]
workload = "sequential"
contenders = ["python/streams"]
"""


def test_every_pair_shipped_is_one_steady_job_in_all_languages() -> None:
    table, contenders = read_harnesses(), all_contenders(discover_runners())
    for name, ids in table.pairs.items():
        (workload,) = matching([name])
        assert "default" in workload.steady and family_of(workload).proof.part is None
        assert sorted(contenders[each].runner for each in ids) == sorted(table.by_runner)
        assert all(family_of(workload).name in contenders[each].families for each in ids)
    assert all((harness.folder).is_dir() for harness in table.by_runner.values())


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("schema = 1", "schema = 2", "schema"),
        ('known = "Nothing."', "", "known"),
        ('name = "timer"', 'name = "timer"\ncolour = "red"', "colour"),
        ('contenders = ["python/streams"]', "contenders = []", "contenders"),
        ("[[pair]]", "[[pairs]]", "pairs"),
    ],
)
def test_a_wrong_table_is_refused_with_file_and_key(
    tmp_path: Path, old: str, new: str, key: str
) -> None:
    (tmp_path / FILE).write_text(SOUND)
    assert read_harnesses(tmp_path).pairs == {"sequential": ("python/streams",)}
    (tmp_path / FILE).write_text(SOUND.replace(old, new))
    with pytest.raises(TableError, match=f"{FILE}: .*{key}"):
        read_harnesses(tmp_path)


def harness(folder: Path, *fetch: str) -> Harness:
    """A harness that is fetched by a shell command, if by any."""
    commands: Commands = (("/bin/sh", "-c", *fetch),) if fetch else ()
    return Harness(
        runner="python", name="timer", folder=folder, fetch=commands, command=("x",), known="-"
    )


@pytest.fixture
def ready() -> Ready:
    """The runner of Python, as it would be after its build."""
    (manifest,) = (m for m in discover_runners().manifests if m.name == "python")
    return Ready(manifest=manifest, version="1", hash="a")


def test_a_harness_is_fetched_once_and_again_when_something_changed(
    tmp_path: Path, ready: Ready
) -> None:
    fetching = harness(tmp_path, "echo x >> .fetched")
    for _ in range(2):
        make_ready(fetching, ready)
    assert (tmp_path / ".fetched").read_text() == "x\n"
    (tmp_path / "main.py").write_text("changed")
    make_ready(fetching, ready)
    make_ready(fetching, Ready(manifest=ready.manifest, version="1", hash="b"))
    assert (tmp_path / ".fetched").read_text() == "x\nx\nx\n"


def test_what_cannot_be_fetched_is_told_and_tried_again(tmp_path: Path, ready: Ready) -> None:
    failing = harness(tmp_path, "echo error: no registry; exit 1")
    for _ in range(2):
        with pytest.raises(BuildError, match="no registry"):
            make_ready(failing, ready)
    absent = Harness(
        runner="python", name="t", folder=tmp_path, fetch=(("absent",),), command=("x",), known="-"
    )
    with pytest.raises(BuildError, match="could not be run"):
        make_ready(absent, ready)
    make_ready(harness(tmp_path), ready)  # what needs nothing is ready
