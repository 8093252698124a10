"""A probe's source lies between marker comments, in whatever language."""

from pathlib import Path

import pytest

from benchmarks.claims.catalogue import read_catalogue
from benchmarks.claims.expectations import EXPECTATIONS, read_expectations
from benchmarks.claims.record import FAMILY
from benchmarks.claims.sources import read_sources
from runners.discovery import ROOT, discover
from runners.manifest import Contender

PYTHON = """LIMIT = 1

# probe: hello-order
def greet():
    return 1


@probe("hello-order")
def hello_order():
    return greet()


# probe: await-twice
def await_twice():
    pass
"""
CSHARP = """class A
{
    // probe: hello-order
    static void HelloOrder()
    {
#pragma warning disable X
        B();
    }

    // end of probes
}
"""


@pytest.mark.parametrize(
    ("file", "text", "line", "part"),
    [
        ("a.py", PYTHON, 4, PYTHON.split("\n", 3)[3].partition("\n\n\n# probe: await")[0]),
        (
            "A.cs",
            CSHARP,
            4,
            "static void HelloOrder()\n{\n#pragma warning disable X\n    B();\n}",
        ),
        ("a.lisp", ";; probe: hello-order\n(b)\n", 2, "(b)"),
        ("a.c", "/* probe: hello-order */\nb();\n/* end of probes */\nc();\n", 2, "b();"),
        ("a.lua", "-- probe: hello-order\nb()\n-- the probe: of another kind\n", 2, None),
    ],
)
def test_a_probe_is_what_lies_between_two_markers(
    tmp_path: Path, file: str, text: str, line: int, part: str | None
) -> None:
    (tmp_path / file).write_text(text)
    sources = read_sources(tmp_path, [file])
    found = sources.probes["hello-order"]
    assert (found.file, found.line) == (file, line)
    assert found.text == (text.split("\n", 1)[1].rstrip() if part is None else part)
    assert sources.others == ()


def test_each_marker_begins_a_probe(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(PYTHON)
    probes = read_sources(tmp_path, ["a.py"]).probes
    assert list(probes) == ["hello-order", "await-twice"]
    assert probes["await-twice"].text == "def await_twice():\n    pass"


def test_a_file_without_markers_is_shown_whole(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(PYTHON)
    (tmp_path / "old.py").write_text("print('probe: hello-order')\n")
    sources = read_sources(tmp_path, ["old.py", "a.py"])
    assert [(other.file, other.text) for other in sources.others] == [
        ("old.py", "print('probe: hello-order')\n")
    ]
    assert sources.probes["hello-order"].file == "a.py"


def test_of_a_probe_marked_twice_the_first_place_counts(tmp_path: Path) -> None:
    for file in ("a.py", "b.py"):
        (tmp_path / file).write_text(PYTHON)
    assert read_sources(tmp_path, ["a.py", "b.py"]).probes["hello-order"].file == "a.py"


OFFERS = [
    contender
    for manifest in discover().manifests
    if manifest.folder.parent == ROOT
    for contender in manifest.contenders
    if FAMILY in contender.families
]


@pytest.mark.parametrize("contender", OFFERS, ids=[contender.id for contender in OFFERS])
def test_every_probe_of_a_shipped_runner_has_a_source(contender: Contender) -> None:
    ids = tuple(read_catalogue().probes)
    due = read_expectations(EXPECTATIONS / f"{contender.runner}.toml", ids).probes
    sources = read_sources(ROOT / contender.runner, contender.sources)
    assert due
    assert sources.probes.keys() == due.keys()


@pytest.mark.parametrize("contender", OFFERS, ids=[contender.id for contender in OFFERS])
def test_every_shipped_runner_shows_its_restored_programs_and_their_ledger(
    contender: Contender,
) -> None:
    others = read_sources(ROOT / contender.runner, contender.sources).others
    seeds = [other.file for other in others if other.file.startswith("seed/")]
    assert "seed/README.md" in seeds and len(seeds) > 1
