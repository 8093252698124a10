"""The documentation says what the code does, and its examples work."""

import json
import math
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, is_typeddict

import numpy as np
import pytest
import tomllib

import reports
from benchmarks.conformance.bad_jobs import bad_jobs
from benchmarks.families import FAMILIES
from benchmarks.families._checksum import Checksum
from benchmarks.ping.live import parse_sites
from benchmarks.ping.record import PingFormat
from reports.analysis.block_values import COMPARED, UNITS
from reports.analysis.break_even_rows import BreakEvenRow
from reports.analysis.estimates import EstimateRow
from reports.analysis.intervals import centre
from reports.analysis.max_t import adjusted
from reports.analysis.null_arm import NullRow
from reports.analysis.paces import PaceRow
from reports.analysis.signed_rank import p_value
from reports.analysis.summary import Summary
from reports.analysis.tails import QUANTILES
from reports.analysis.validity import InvalidRow
from reports.analysis.verdict_rows import ComparisonRow
from reports.analysis.verdicts import Plan, Verdict, decide
from reports.words.sentences import sentence
from results import format as run_format
from results import line_format
from results.errors import TableError
from results.format import RunFile
from runners.consistency import check_consistency
from runners.content import GENERATED
from runners.manifest import read_manifest
from runners.protocol import Job, is_done, parse_object, parse_ready
from runners.rules import MANIFEST_RULES, PROTOCOL_RULES, Rule
from tests.docs.pages import DOCS, ROOT, read_page, rows
from tests.synthetic_run import SyntheticRun, write_run

PAGES = sorted(path.name for path in DOCS.glob("*.md"))
READMES = sorted(f"../{path.parent.name}/README.md" for path in ROOT.glob("*/runner.toml"))
METRICS = {**UNITS, **{name: "ns" for name, _, _ in QUANTILES}}


@pytest.mark.parametrize("name", [*PAGES, *READMES, "../README.md"])
def test_every_relative_link_leads_somewhere(name: str) -> None:
    page = read_page(name)
    broken = []
    for link in page.links:
        if link.startswith("https://"):
            continue
        file, _, anchor = link.partition("#")
        target = (page.path.parent / file).resolve() if file else page.path
        if not target.is_relative_to(ROOT) or not target.exists():
            broken.append(link)
        elif anchor and anchor not in read_page(str(target)).anchors:
            broken.append(link)
    assert broken == []


def test_the_index_names_every_page() -> None:
    assert sorted({*read_page("README.md").links, "README.md"}) == PAGES


@pytest.mark.parametrize("name", PAGES)
def test_examples_of_data_parse(name: str) -> None:
    page = read_page(name)
    for text in page.blocks("json"):
        json.loads(text)
    for text in page.blocks("jsonl"):
        assert [json.loads(line) for line in text.splitlines()]
    for text in page.blocks("toml"):
        tomllib.loads(text)


def test_the_picture_of_the_house_shows_every_room() -> None:
    picture = read_page("contributing.md").blocks("text")[0]
    for room in ("benchmarks", "reports"):
        parts = [file.parent.name for file in (ROOT / room).glob("*/__init__.py")]
        assert [part for part in parts if f"\n  {part}/" not in picture] == []


def test_the_contract_names_every_rule_with_what_it_demands_and_when_it_is_examined() -> None:
    page = read_page("runner-contract.md")
    table = re.findall(r"^\| ([MPWC]\d)( •)? \| (.*?) \| .* \|$", page.prose, re.MULTILINE)
    assert {id_: (demand, bool(every)) for id_, every, demand in table} == {
        rule: (rule.demand, rule.on_every_run) for rule in Rule
    }
    sections = {heading[:2] for heading in page.headings if heading[2:4] == ": "}
    assert sections < {*Rule}


def test_the_manifest_shown_is_valid_and_every_key_is_explained(tmp_path: Path) -> None:
    page = read_page("runner-contract.md")
    (manifest,) = page.blocks("toml")
    (tmp_path / "runner.toml").write_text(manifest, "utf-8")
    (tmp_path / "ping.my").touch()
    shown = read_manifest(tmp_path)
    assert shown.contenders[0].id == "mylang/sockets"

    explained = rows(page.section("The manifest: `runner.toml`")).keys()
    for table in ("", "[[contender]]\n"):
        (tmp_path / "runner.toml").write_text(
            f"schema = 1\nname = 'x'\nlanguage = 'X'\n{table}x = 1"
        )
        with pytest.raises(TableError) as error:
            read_manifest(tmp_path)
        known = error.value.reason.partition("known are ")[2]
        assert set(known.split(", ")) <= explained


def test_the_manifest_of_the_quick_way_is_that_of_go_as_far_as_pings_go() -> None:
    (shown,) = read_page("adding-a-language.md").blocks("toml")
    whole = (ROOT / "go/runner.toml").read_text("utf-8")
    assert whole.startswith(shown)
    assert len(tomllib.loads(shown)["contender"]) == 2


def test_the_transcript_keeps_the_protocol() -> None:
    ready, job_line, answer = read_page("runner-contract.md").blocks("jsonl")
    assert parse_ready(parse_object(ready.encode())).runtime == "MyLang 3.1"
    job = parse_object(job_line.encode())
    *records, done = [parse_object(line.encode()) for line in answer.splitlines()]
    assert is_done(done)
    assert [record["iteration"] for record in records] == list(range(job["iterations"]))
    form = PingFormat(chains=tuple(map(len, job["params"]["chains"])))
    parsed = [form.parse(record) for record in records]
    finding = check_consistency(parsed, form=form, job_ns=0, first_record_ns=records[-1]["end_ns"])
    assert finding is None


def test_no_line_to_a_program_needs_a_reader_that_knows_escapes() -> None:
    chains = {"chains": parse_sites(["a-b_c.example:8080"])}
    jobs = [Job(family="ping", iterations=1, params=chains).to_line()]
    jobs += [
        Job(family=family.name, iterations=1, params=workload.params).to_line()
        for family in FAMILIES.values()
        for workload in family.workloads
    ]
    for family in FAMILIES.values():
        jobs += [line for line in bad_jobs(family).values() if line.startswith(b"{")]
    for line in jobs:
        assert line.isascii() and b"\\" not in line
        assert all(re.fullmatch(r"[\w.:/-]+", text) for text in strings(json.loads(line)))
    assert "is ASCII, and no string in it holds an escape" in read_page("runner-contract.md").prose


def strings(value: object) -> Iterator[str]:
    """Every string in a JSON value, keys included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for pair in value.items():
            yield from strings(list(pair))
    elif isinstance(value, list):
        for one in value:
            yield from strings(one)


def test_every_rule_of_families_without_a_network_is_named() -> None:
    assert (*MANIFEST_RULES, *PROTOCOL_RULES, *Checksum.rules) == (
        "M1",
        "M2",
        *(f"P{n}" for n in range(1, 7)),
        "C1",
    )
    assert "M1, M2, P1 to P6 and C1 apply" in read_page("families.md").prose


def test_what_a_build_makes_is_ignored_by_git_as_the_contract_says() -> None:
    section = read_page("runner-contract.md").section("Build and environment")
    assert "git ignores them too, but for `target`" in " ".join(section.split())
    ignored = (ROOT / ".gitignore").read_text().split()
    assert {name for name in GENERATED if f"{name}/" not in ignored} == {"target"}


def test_every_metric_is_defined_with_its_unit() -> None:
    defined = rows(read_page("statistics.md").section("8. Metrics"))
    assert {metric: cells[1] for metric, cells in defined.items()} == METRICS


def test_the_worked_example_prints_what_the_page_shows() -> None:
    page = read_page("statistics.md")
    printed = subprocess.run(
        [sys.executable, "-c", page.marked("example: worked")],
        capture_output=True,
        check=True,
        text=True,
        timeout=300,
    )
    assert printed.stdout == page.marked("output: worked")


def test_the_worked_example_agrees_with_the_analysis(capsys: pytest.CaptureFixture[str]) -> None:
    page = read_page("statistics.md")
    example: dict[str, Any] = {}
    exec(page.marked("example: worked"), example)
    capsys.readouterr()
    found = centre(np.array(example["d"]))
    assert found.wide is not None and found.narrow is not None
    shown = [found.value, found.wide.low, found.wide.high, found.narrow.low, found.narrow.high]
    ours = [math.exp(example["median"](example["walsh"]))]
    ours += [*example["interval"](0.95)[1:3], *example["interval"](0.90)[1:3]]
    assert shown == pytest.approx(ours)
    p = p_value(np.array(example["d"]))
    assert p == pytest.approx(example["p"])
    differences = example["differences"]
    corrected = adjusted(np.array([*differences.values()]), seed=0)
    assert corrected == pytest.approx([example["max_t"](differences)[name] for name in differences])
    plan = Plan(m=3, delta=0.03, blocks=8, quantity="steady", measured=(100, 149))
    verdict = decide(found, corrected[0], plan)
    assert verdict is Verdict.A_FASTER
    assert f"*{sentence(verdict, 'A', 'B', found, plan)}*" in " ".join(page.prose.split())


def test_the_summary_shown_has_all_keys_and_all_are_explained() -> None:
    page = read_page("statistics.md")
    shown = json.loads(page.blocks("json")[0])
    section = page.section("11. `summary.json`")
    assert list(shown) == list(Summary.__annotations__)
    kinds = {
        "estimates": EstimateRow,
        "comparisons": ComparisonRow,
        "invalid": InvalidRow,
        "paces": PaceRow,
        "null_arm": NullRow,
        "break_even": BreakEvenRow,
    }
    for name, row in kinds.items():
        assert list(shown[name][0]) == list(row.__annotations__)
    explained = rows(section).keys() | {"seen", "rule"}
    for keys in (Summary, *kinds.values()):
        assert keys.__annotations__.keys() <= explained
    assert all(f"`{verdict.value}`" in section for verdict in Verdict)
    assert all(f"`{metric}`" in section for metric in COMPARED)


def test_every_key_of_a_run_is_explained() -> None:
    explained = rows(read_page("results.md").prose).keys()
    inside_others = {"workload", "order", "rule", "seen", "reason", "install", "mode", "harness"}
    inside_others |= {"programs", "head", "count", "measure", "smallest", "calibrated"}
    formats = {**vars(run_format), **vars(line_format)}
    shapes = [shape for shape in formats.values() if is_typeddict(shape)]
    keys = {key for shape in shapes for key in shape.__annotations__}
    assert keys - explained - inside_others == set()
    for key in inside_others:
        assert f"`{key}`" in read_page("results.md").prose


def test_the_run_file_shown_has_all_keys() -> None:
    shown = json.loads(read_page("results.md").blocks("json")[0])
    assert list(shown) == list(RunFile.__annotations__)


def test_every_column_is_explained(tmp_path: Path) -> None:
    folder = tmp_path / "run"
    write_run(folder, SyntheticRun(blocks=6))
    iterations, pings = (
        read_page("results.md").section("Loading a run").split("`reports.load_pings`")
    )
    assert list(reports.load(folder).columns.symmetric_difference(list(rows(iterations)))) == []
    assert list(reports.load_pings(folder).columns.symmetric_difference(list(rows(pings)))) == []
