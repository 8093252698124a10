"""The command `semantics`, with a runner that offers two probes and hangs in one of them."""

import functools
import json
import shutil
from pathlib import Path

import pytest

from benchmarks.claims import execution, probing
from benchmarks.cli import semantics as command
from benchmarks.cli.main import run
from benchmarks.families import discover_runners
from results.claims import SEMANTICS_FILE, read_semantics
from tests.benchmarks.claims.fakes import AS_SEEN, make_runner
from tests.synthetic_run import SyntheticRun, write_run

HANGS = AS_SEEN + '[[probe]]\nid = "cancel-point"\nfacts = { raised = true }\n'


@pytest.fixture(autouse=True)
def only_the_fake(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Find runners below the test's folder alone, with a lock of its own."""
    monkeypatch.setattr(
        command, "discover_runners", functools.partial(discover_runners, root=tmp_path / "root")
    )
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give a probe that hangs less time than a person would."""
    monkeypatch.setattr(execution, "run_probes", functools.partial(probing.run_probes, limit_s=2.0))


def test_all_as_expected_is_status_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make_runner(tmp_path / "root")
    assert run(["semantics", "hello-order", "call-runs-body"]) == 0
    out = capsys.readouterr().out
    assert "probe hello-order: Fake as expected" in out
    assert "probe call-runs-body: offered by nobody here" in out
    assert "1 observations, all as expected; 1 not offered." in out


def test_json_is_one_object_of_exactly_the_keys_due(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_runner(tmp_path / "root", expectations=HANGS)
    assert run(["semantics", "hello-order", "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert list(printed) == ["claims", "observations"]
    assert printed["claims"]
    assert {tuple(row) for row in printed["claims"]} == {
        ("claim", "seed", "probe", "verdict", "why", "rests_on", "otherwise")
    }
    facts = {"lines": ["Start", "End"], "count": 1}
    assert printed["observations"] == [
        {
            "probe": "hello-order",
            "language": "Fake",
            "runtime": "Fake 2.5",
            "facts": facts,
            "expected": facts,
            "as_expected": True,
        }
    ]


def test_a_fact_that_differs_is_a_finding_told_first(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_runner(tmp_path / "root", expectations=AS_SEEN.replace("count = 1", "count = 2"))
    assert run(["semantics", "hello-order"]) == 1
    out = capsys.readouterr().out
    assert out.startswith("Not as expected\n  hello-order, Fake (Fake 2.5)\n")
    assert "count is 1, expected was 2" in out


@pytest.mark.usefixtures("hurried")
def test_a_probe_that_hangs_is_an_outcome_and_the_rest_runs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_runner(tmp_path / "root", expectations=HANGS)
    assert run(["semantics", "hello-order", "cancel-point", "--json"]) == 1
    hello, hung = json.loads(capsys.readouterr().out)["observations"]
    assert hello["as_expected"] is True
    assert (hung["facts"], hung["as_expected"]) == ({"outcome": "hang"}, False)


def test_a_runtime_older_than_any_expectation_is_named_and_shown_unjudged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_runner(tmp_path / "root", runtime="Fake 1.9")
    assert run(["semantics", "hello-order", "--json"]) == 0
    said = capsys.readouterr()
    assert "fake/probes: Fake 1.9 is older than any expectation" in said.err
    (seen,) = json.loads(said.out)["observations"]
    assert (seen["expected"], seen["as_expected"]) == (None, None)


def test_what_is_not_judged_is_not_counted_as_expected(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_runner(tmp_path / "root")
    make_runner(tmp_path / "root", name="old", runtime="Fake 1.9")
    assert run(["semantics", "hello-order"]) == 0
    out = capsys.readouterr().out
    assert "probe hello-order: Fake as expected, Fake not judged" in out
    assert "2 observations: 1 as expected, 1 not judged; 0 not offered." in out


@pytest.mark.usefixtures("hurried")
def test_a_hang_is_status_1_even_where_nothing_is_expected(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_runner(tmp_path / "root", expectations=None)
    assert run(["semantics", "hello-order", "cancel-point"]) == 1
    assert "2 observations: 1 not as expected, 1 not judged; 0" in capsys.readouterr().out


@pytest.mark.usefixtures("hurried")
def test_into_replaces_what_was_executed_again_and_keeps_the_rest(tmp_path: Path) -> None:
    folder = write_run(tmp_path / "run", SyntheticRun(blocks=6, workloads=("survey",)))
    fake = make_runner(tmp_path / "root", expectations=HANGS)
    other = make_runner(tmp_path / "root", name="other")
    program = other / "probes.py"
    program.write_text(program.read_text().replace('"count": 1', '"count": "a\\n  b"'))
    (other / "expectations.toml").write_text(AS_SEEN.replace("count = 1", 'count = "a\\n  b"'))
    assert run(["semantics", "hello-order", "cancel-point", "--into", str(folder)]) == 1
    shutil.rmtree(other)
    (fake / "expectations.toml").write_text(AS_SEEN.replace("count = 1", "count = 2"))
    assert run(["semantics", "hello-order", "--into", str(folder)]) == 1
    found = json.loads((folder / SEMANTICS_FILE).read_text())
    assert [(r["probe"], r["runner"], r["as_expected"]) for r in found["observations"]] == [
        ("hello-order", "other", True),
        ("hello-order", "fake", False),
        ("cancel-point", "other", None),
        ("cancel-point", "fake", False),
    ]
    assert found["observations"][0]["facts"]["count"] == "a\n  b"
    assert list(found["probes"]) == ["hello-order", "cancel-point"]
    assert {claim["probe"] for claim in found["claims"]} == set(found["probes"])
    assert read_semantics(folder) is not None


def test_into_drops_what_a_runner_no_longer_offers(tmp_path: Path) -> None:
    folder = write_run(tmp_path / "run", SyntheticRun(blocks=6, workloads=("survey",)))
    fake = make_runner(tmp_path / "root")
    make_runner(tmp_path / "root", name="other")
    run(["semantics", "hello-order", "--into", str(folder)])
    program = fake / "probes.py"
    program.write_text(program.read_text().replace('probe != "hello-order"', "True"))
    assert run(["semantics", "hello-order", "--into", str(folder)]) == 0
    found = json.loads((folder / SEMANTICS_FILE).read_text())
    assert [row["runner"] for row in found["observations"]] == ["other"]


def test_into_replaces_what_cannot_be_read_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_run(tmp_path / "run", SyntheticRun(blocks=6, workloads=("survey",)))
    (folder / SEMANTICS_FILE).write_text("{}")
    make_runner(tmp_path / "root")
    assert run(["semantics", "hello-order", "--into", str(folder)]) == 0
    assert "What the run had from earlier executions is replaced." in capsys.readouterr().err
    assert read_semantics(folder) is not None


def test_an_unknown_probe_is_named_and_the_rest_runs_to_status_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_runner(tmp_path / "root")
    assert run(["semantics", "nosuch", "hello-order", "--json"]) == 2
    said = capsys.readouterr()
    assert said.err == "There is no probe ‘nosuch’. The rest runs.\n"
    assert [row["probe"] for row in json.loads(said.out)["observations"]] == ["hello-order"]


def test_of_unknown_probes_alone_nothing_runs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_runner(tmp_path / "root")
    assert run(["semantics", "hello-orde", "nosuch"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "did you mean ‘hello-order’? There is no probe ‘nosuch’. " in said.err


def test_nobody_who_offers_the_family_is_status_3(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["semantics"]) == 3
    assert "offers the family semantics" in capsys.readouterr().err


def test_a_language_that_cannot_be_started_is_named_and_its_cells_stay_blank(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_runner(tmp_path / "root")
    broken = make_runner(tmp_path / "root", name="broken")
    (broken / "probes.py").write_text("raise SystemExit('You must install the runtime.')")
    assert run(["semantics", "hello-order"]) == 3
    told = capsys.readouterr()
    assert told.err.count("Fake could not be started: ended with status 1") == 1
    assert "You must install the runtime." in told.err
    assert "1 observations, all as expected" in told.out and "NOT" not in told.out


def test_what_a_run_has_of_a_language_that_cannot_be_started_now_is_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_run(tmp_path / "run", SyntheticRun(blocks=6, workloads=("survey",)))
    make_runner(tmp_path / "root")
    other = make_runner(tmp_path / "root", name="other")
    assert run(["semantics", "hello-order", "--into", str(folder)]) == 0
    (other / "probes.py").write_text("raise SystemExit(1)")
    assert run(["semantics", "hello-order", "--into", str(folder)]) == 3
    stored = read_semantics(folder)
    assert stored is not None
    assert {row["runner"] for row in stored["observations"]} == {"fake", "other"}


def test_a_single_probe_whose_program_did_not_start_is_no_observation(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = make_runner(tmp_path / "root")
    program = (folder / "probes.py").read_text()
    (folder / "probes.py").write_text(
        "import os, sys\nif os.path.exists('.started'): sys.exit('gone')\n"
        "open('.started', 'w')\n" + program
    )
    assert run(["semantics", "hello-order"]) == 3
    told = capsys.readouterr()
    assert "Fake could not be started for one probe: ended with status 1" in told.err
    assert "NOT as expected" not in told.out
