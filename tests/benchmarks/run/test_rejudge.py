"""A stored run judged again: what both sides saw is enough to find what the referee found."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from benchmarks.families import FAMILIES
from benchmarks.ping.measure import Measured, job_of, origin_record
from benchmarks.ping.origin.plan import ConnectionMode
from benchmarks.ping.params import PingParams
from benchmarks.ping.stored import task_of
from benchmarks.ping.task import PingTask
from benchmarks.run.rejudge import Rejudgement, rejudge, told
from benchmarks.run.store import OUT_VARIABLE, RunStore
from results.errors import UnreadableRun, UsageError
from results.format import AGAIN, GroupPlan, RunFile
from results.line_format import Broken, Invocation, JobRow
from results.older import declarations
from results.run_folder import RunFolder
from runners.observation import Observation
from tests.benchmarks.ping.exchange import Exchange, honest
from tests.benchmarks.run.lines import line_of, run_of
from tests.synthetic_run import SyntheticRun, write_run

TASK = PingParams(chains=2, sites_per_chain=2, pings_per_site=2).task(3)
WARM = PingParams(chains=2, pings_per_site=3, connection=ConnectionMode.KEEP_ALIVE).task(2)
Spoil = Callable[[Exchange], object]


@pytest.fixture(autouse=True)
def out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(OUT_VARIABLE, str(tmp_path))


def plan_of(task: PingTask) -> RunFile:
    run = run_of("one", [[GroupPlan(workload="survey", order=["a"])]])
    run["workloads"][0]["iterations"] = task.iterations
    run["workloads"][0]["params"] = {"connection": task.connection}
    return run


def measured_of(exchange: Exchange) -> Measured:
    records = exchange.records()
    last_ns = records[-1].end_ns + 1 if records else 2
    return Measured(
        task=exchange.task,
        plan=exchange.plan,
        observation=Observation(job_ns=1, first_record_ns=last_ns, records=records),
        pings=exchange.pings(),
        unrecorded=exchange.record.unrecorded,
        rows=None,
        joined=None,
        findings=(),
    )


def judged(
    exchange: Exchange, broken: tuple[str, ...] = (), extra_headers: Sequence[str] = ()
) -> Rejudgement:
    """Store an invocation with the rules that it broke then, and judge it again."""
    measured = measured_of(exchange)
    line = line_of(0, "survey", "a", broken=[Broken(rule=rule, seen="x") for rule in broken])
    line["job"], line["origin"] = job_of(measured), origin_record(measured)
    line["iterations"] = [record.as_object() for record in measured.observation.records]
    run = plan_of(exchange.task)
    run["contenders"][0]["extra_headers"] = [*extra_headers]
    store = RunStore.create(run, [])
    store.append(line, measured.pings)
    return rejudge(RunFolder.read(store.folder))


@pytest.mark.parametrize("task", [TASK, WARM])
def test_an_honest_invocation_stays_one(task: PingTask) -> None:
    rejudgement = judged(honest(task))
    assert (rejudgement.invocations, rejudgement.changes) == (1, ())
    assert told(rejudgement, 5) == ["Judged 1 invocation again by today's rules: nothing changed."]


@pytest.mark.parametrize(("stated", "rules"), [([], ["W1"]), (["User-Agent: fake"], [])])
def test_a_header_that_the_manifest_states_is_due_when_judged_again_too(
    stated: Sequence[str], rules: Sequence[str]
) -> None:
    exchange = honest(TASK)
    exchange.record.heads[:] = [
        head[:-2] + b"User-Agent: fake\r\n\r\n" for head in exchange.record.heads
    ]
    changes = judged(exchange, extra_headers=stated).changes
    assert [finding.rule for change in changes for finding in change.found] == rules


def test_the_task_comes_back_from_what_was_stored() -> None:
    stored = honest(WARM).pings()
    again = task_of(stored, WARM.iterations, WARM.connection)
    assert (again.chains, len(again.sites)) == (WARM.chains, len(WARM.sites))


SPOILT: dict[str, Spoil] = {
    "W1": lambda e: e.record.heads.__setitem__(0, b"GET / HTTP/1.1\r\n\r\n"),
    "W2": lambda e: e.connect(0, 5),
    "W3": lambda e: e.request(0, 10**12),
    "W4": lambda e: e.record.coalesced.__setitem__(3, True),
    "W9": lambda e: e.rows[1]["pings"][1][2].__setitem__(4, 302),
    "P6": lambda e: e.rows[0].__setitem__("end_ns", e.rows[0]["start_ns"] + 1),
}


@pytest.mark.parametrize("rule", SPOILT)
def test_what_breaks_a_rule_is_found_and_told(rule: str) -> None:
    exchange = honest(TASK)
    SPOILT[rule](exchange)
    (change,) = judged(exchange).changes
    assert rule in [finding.rule for finding in change.found]
    assert change.gone == ()


def test_what_was_found_already_is_no_change() -> None:
    exchange = honest(TASK)
    SPOILT["W4"](exchange)
    assert judged(exchange, broken=("P4", "W4")).changes == ()


def test_a_rule_that_is_no_longer_broken_is_told_and_others_are_left_alone() -> None:
    rejudgement = judged(honest(TASK), broken=("P4", "W1"))
    (change,) = rejudgement.changes
    assert (change.found, change.gone) == ((), ("W1",))
    assert told(rejudgement, 5)[1] == "  block 1, survey, a: W1 no longer found"


def test_of_many_changes_the_first_are_told() -> None:
    rejudgement = judged(honest(TASK), broken=("W1",))
    many = Rejudgement(invocations=9, changes=rejudgement.changes * 9)
    assert told(many, 2)[-1] == "  and 7 more"


def test_judging_again_changes_nothing_on_disk(tmp_path: Path) -> None:
    judged(honest(TASK), broken=("W1",))
    before = {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}
    rejudge(RunFolder.read(tmp_path / "one"))
    assert {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()} == before


def work(
    checksum: int, params: Mapping[str, object] | None = None, contender: str = "a"
) -> Rejudgement:
    """Store one iteration of a family without a network, and judge it again."""
    run = run_of("work", [[GroupPlan(workload="cancel", order=["a", f"a{AGAIN}"])]])
    run["contenders"] = [plan for plan in run["contenders"] if plan["id"] == "a"]
    run["null_arm"] = {"cancel": "a"}
    run["families"] = declarations(["cancel"])
    run["workloads"][0]["family"] = "cancel"
    run["workloads"][0]["params"] = {"size": 3, **(params or {})}
    line: Invocation = line_of(0, "cancel", contender)
    line["job"] = JobRow(
        seed=5, port=None, path=None, addresses=[], written_ns=1, first_record_ns=50
    )
    record = {"iteration": 0, "start_ns": 2, "end_ns": 40, "checksum": checksum, "cancel_ns": 9}
    line["iterations"] = [record]
    store = RunStore.create(run, [])
    store.append(line)
    return rejudge(RunFolder.read(store.folder))


def test_work_is_judged_again_by_its_checksum() -> None:
    due = (5 * 31 + 6) * 31 + 7
    assert work(due).changes == ()


def test_the_null_arm_is_judged_again_as_the_contender_that_it_repeats() -> None:
    due = (5 * 31 + 6) * 31 + 7
    (change,) = work(due + 1, contender=f"a{AGAIN}").changes
    assert [finding.rule for finding in change.found] == ["C1"]


def test_another_checksum_is_found() -> None:
    (change,) = work(1).changes
    assert [finding.rule for finding in change.found] == ["C1"]


@pytest.mark.parametrize("params", [{"size": 10**15}, {"size": "3"}])
def test_a_workload_that_cannot_be_judged_is_refused_at_once(params: dict[str, object]) -> None:
    with pytest.raises(UnreadableRun, match="block 1, cancel, a: its"):
        work(1, params)


def test_an_older_run_stored_too_little(tmp_path: Path) -> None:
    folder = write_run(tmp_path / "run", SyntheticRun(blocks=1, older=True))
    with pytest.raises(UsageError, match="is of format 1"):
        rejudge(RunFolder.read(folder))


def test_a_live_run_was_never_proven(tmp_path: Path) -> None:
    folder = write_run(tmp_path / "run", SyntheticRun(blocks=1, live=True))
    with pytest.raises(UsageError, match="is live"):
        rejudge(RunFolder.read(folder))


def test_a_family_that_this_copy_does_not_know_is_named(tmp_path: Path) -> None:
    run = run_of("other")
    run["families"] = declarations(["ping", "of-another-copy"])
    with pytest.raises(UsageError, match="of-another-copy"):
        rejudge(RunFolder.read(RunStore.create(run, []).folder))
    assert "of-another-copy" not in FAMILIES
