"""The terminal's table and summary.md: what stands there, and what hostile text cannot do."""

import io
import json
import re
from pathlib import Path

import pytest
from rich.console import Console

import reports
from reports import Analysis
from reports.markdown import markdown
from reports.page.matrix import matrix_of
from reports.terminal import render
from reports.words.escaping import escaped
from reports.words.headline import headline
from results.format import INVOCATIONS_FILE, RUN_FILE
from tests.synthetic_run import HOSTILE, Break, SyntheticRun, write_run

RAW = ("python/streams", "csharp/socket", "node/net")
SURVEY = ("survey",)


def analysis_of(folder: Path, run: SyntheticRun) -> Analysis:
    return reports.analyse(write_run(folder, run))


def on_terminal(analysis: Analysis, width: int = 80, colours: bool = False) -> str:
    stream = io.StringIO()
    console = Console(
        file=stream,
        width=width,
        force_terminal=colours,
        color_system="truecolor" if colours else None,
    )
    console.print(render(analysis))
    return stream.getvalue()


def as_markdown(analysis: Analysis) -> str:
    return markdown(analysis)


@pytest.fixture(scope="module")
def troubled(tmp_path_factory: pytest.TempPathFactory) -> Analysis:
    """A run with an invalid contender, a repeated invocation and a busy origin."""
    broken = (
        Break(contender="node/net", block=2, rule="W3", seen="3 requests of 4", repeat_too=True),
        Break(contender="csharp/socket", block=4),
    )
    run = SyntheticRun(workloads=SURVEY, contenders=RAW, breaks=broken, origin_busy=0.9)
    return analysis_of(tmp_path_factory.mktemp("run"), run)


def test_what_is_missing_is_said_before_any_figure(troubled: Analysis) -> None:
    first = [
        "ruby was skipped: ruby was not found (Install Ruby 3.3 or later)",
        "Node net is invalid in survey: W3, 3 requests of 4",
        "C# Socket broke a rule in one invocation of survey",
    ]
    assert on_terminal(troubled).splitlines()[:3] == first
    assert as_markdown(troubled).splitlines()[2:5] == [f"- {line}" for line in first]


def test_the_table_gives_the_fastest_its_time_and_the_others_their_ratio(
    troubled: Analysis,
) -> None:
    rows = [line for line in as_markdown(troubled).splitlines() if line.startswith("|")]
    found = {row[1].strip(): row[2].strip() for row in (line.split("|") for line in rows[2:])}
    assert list(found) == [
        "Python asyncio streams",
        "C# Socket",
        "Node net",
    ]
    assert re.fullmatch(r"\*\*↑ 1\.\d\d× †\*\* 1\.\d\d–1\.\d\d", found["Python asyncio streams"])
    assert re.fullmatch(r"\*\*✓ fastest †\*\* 10\.\d ms", found["C# Socket"])
    assert found["Node net"].startswith("**✕ invalid")


@pytest.mark.parametrize("width", [120, 80, 40])
def test_every_figure_is_whole_at_any_width(troubled: Analysis, width: int) -> None:
    shown = on_terminal(troubled, width)
    assert max(map(len, shown.splitlines())) <= width
    for figure in ("fastest †", "invalid", "W3"):
        assert figure in shown
    assert re.search(r"1\.\d\d–1\.\d\d", shown)
    assert "…" not in shown


def test_four_workloads_fit_eighty_columns_and_break_up_below(tmp_path: Path) -> None:
    analysis = analysis_of(tmp_path, SyntheticRun(blocks=6))
    assert on_terminal(analysis, 80).count("real time") == 1
    narrow = on_terminal(analysis, 50)
    assert narrow.count("real time") == 2
    assert "…" not in narrow


def test_a_busy_origin_is_marked_and_explained(troubled: Analysis) -> None:
    legend = "† the origin was busy over 80 % of the time"
    assert legend in on_terminal(troubled)
    assert legend in as_markdown(troubled)


def test_the_sentences_follow(troubled: Analysis) -> None:
    for shown in (" ".join(on_terminal(troubled).split()), as_markdown(troubled)):
        assert re.search(r"C# Socket is 1\.\d\d× as fast as Python asyncio streams", shown)


def test_a_cut_off_run_says_so(tmp_path: Path) -> None:
    run = SyntheticRun(blocks=15, measured=3, workloads=SURVEY, contenders=RAW, torn=True)
    shown = on_terminal(analysis_of(tmp_path, run))
    assert "Provisional, block 3 of 15: the run was still measuring" in shown
    assert "The last line of the results was cut off and is left out" in shown


def test_a_live_run_shows_times_and_says_that_nothing_is_proven(tmp_path: Path) -> None:
    run = SyntheticRun(workloads=SURVEY, contenders=RAW, live=True)
    shown = on_terminal(analysis_of(tmp_path, run))
    assert "nothing proves" in shown
    assert "lowest" not in shown
    assert re.search(r"10\.\d+ ms", shown)


@pytest.mark.parametrize("colours", [False, True])
def test_hostile_text_is_shown_and_not_obeyed_on_a_terminal(tmp_path: Path, colours: bool) -> None:
    run = SyntheticRun(workloads=SURVEY, contenders=RAW, hostile=True)
    shown = on_terminal(analysis_of(tmp_path, run), width=200, colours=colours)
    own = re.sub(r"\x1b\[[0-9;]*m", "", shown)
    assert not set(own) & set("\x1b\u202e\x07\x9b")
    assert "\x1b[31m<" not in shown
    assert "[red]*x*|`y` # z & [b](javascript:c)" in own


def test_hostile_text_is_no_markup_in_markdown(tmp_path: Path) -> None:
    run = SyntheticRun(workloads=SURVEY, contenders=RAW, hostile=True)
    text = as_markdown(analysis_of(tmp_path, run))
    assert "&lt;script&gt;" in text
    for markup in ("<", "](javascript", "[b]", "[red]", " *x*", "`y`"):
        assert markup not in text.replace("\\*x\\*", "").replace("\\[b\\]", "").replace(
            "\\[red\\]", ""
        ).replace("\\`y\\`", "")
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {3}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("C# Socket", "C# Socket"),
        ("# head", "\\# head"),
        ("see #12", "see \\#12"),
        ("- item", "\\- item"),
        ("1. item", "1\\. item"),
        ("1.80× as fast", "1.80× as fast"),
        ("a|b", "a\\|b"),
        ("<b>&", "&lt;b&gt;&amp;"),
        ("[x](y) ![z]", "\\[x\\](y) !\\[z\\]"),
        ("@someone", "@\u200bsomeone"),
        ("CPU @ 2 GHz", "CPU @ 2 GHz"),
        ("https://x.y", "https\\://x.y"),
        ("www.x.y", "www\\.x.y"),
        ("a\\b", "a\\\\b"),
    ],
)
def test_each_kind_of_markup_is_escaped(text: str, expected: str) -> None:
    assert escaped(text) == expected


def test_the_hostile_text_of_these_tests_is_hostile() -> None:
    assert {"\x1b", "\u202e", "<", "[", "`", "|", "\n"} <= set(HOSTILE)


def test_labels_of_24_characters_stay_on_one_line(tmp_path: Path) -> None:
    folder = write_run(tmp_path, SyntheticRun())
    file = folder / RUN_FILE
    run = json.loads(file.read_text())
    labels = []
    for number, contender in enumerate(run["contenders"]):
        contender["label"] = f"W{number} and quite a long name"[:24]
        labels.append(contender["label"])
    run["contenders"][0]["extra_headers"] = ["User-Agent: fake"]
    file.write_text(json.dumps(run))
    for path in (file, folder / INVOCATIONS_FILE):  # workloads with names too long for four beside
        named = re.sub(
            r'("(?:workload|name)": ?"(?:%s))"' % "|".join(SyntheticRun().workloads),
            r'\1-at-length"',
            path.read_text(),
        )
        path.write_text(named)
    assert {len(label) for label in labels} == {24}
    analysis = reports.analyse(folder)
    for width in range(80, 121, 4):
        lines = on_terminal(analysis, width).splitlines()
        rows = [line.split("│")[1].strip() for line in lines if line.count("│") > 2]
        assert {*labels} <= {*rows}, width
        assert rows[rows.index(labels[0]) + 1] == "+18 B"


def test_terminal_markdown_and_page_give_each_the_same_word(tmp_path: Path) -> None:
    """A symbol a contender, and the headline, are the same in all three."""
    run = SyntheticRun(workloads=SURVEY, blocks=9, iterations=4, warmup=1)
    analysis = analysis_of(tmp_path / "run", run)
    page = matrix_of(analysis)
    due = {
        analysis.labels[told.contender]: f"{told.symbol} {told.figure or told.word}"
        for tier in page.tiers
        for line in tier.lines
        for cell in line.cells
        for told in cell
    }
    assert len(due) == 7
    for shown in (on_terminal(analysis, width=100), as_markdown(analysis).replace("*", "")):
        rows = {
            label: line
            for line in shown.splitlines()
            for label in due
            if re.match(rf"[│|] ?{re.escape(label)} +[│|]", line)
        }
        assert all(due[label] in rows[label] for label in due), rows
        assert headline(analysis)[:60] in shown
