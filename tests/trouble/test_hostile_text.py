"""Text from programs and manifests is shown, never obeyed."""

from html.parser import HTMLParser
from itertools import groupby
from pathlib import Path

import pytest

from tests.fakes.command_line import CommandLine, Finished
from tests.fakes.folder import make_fake

pytestmark = pytest.mark.deadline(120)

HOSTILE = "\x1b[31m<script>alert(1)</script> [bold]x[/bold] |`![y](z)`\u202e"
STEERING = ("\x1b", "\u202e", "\x07")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> tuple[CommandLine, Finished]:
    """A run of a contender whose every text is hostile, beside an honest one."""
    command_line = CommandLine(tmp_path_factory.mktemp("hostile"))
    bad = make_fake(
        command_line.home,
        "hostile_text",
        name="hostile",
        runner={"language": HOSTILE, "version": ["{python}", "-c", f"print({HOSTILE!r})"]},
        contender={"label": HOSTILE},
    )
    labelled = make_fake(command_line.home, name="labelled", contender={"label": HOSTILE})
    return command_line, command_line.do(*command_line.run_arguments(bad, labelled))


def test_a_run_of_hostile_programs_comes_to_its_end(hostile: tuple[CommandLine, Finished]) -> None:
    command_line, done = hostile
    assert done.status == 1, done
    assert command_line.the_run().file["status"] == "complete"


def test_no_control_character_reaches_the_terminal(hostile: tuple[CommandLine, Finished]) -> None:
    assert [character for character in STEERING if character in hostile[1].said] == []


def test_markup_of_the_terminal_is_shown(hostile: tuple[CommandLine, Finished]) -> None:
    assert "[bold]" in hostile[1].said


@pytest.mark.parametrize("name", ["report.html", "summary.md", "summary.json", "run.json"])
def test_no_control_character_reaches_a_file(
    hostile: tuple[CommandLine, Finished], name: str
) -> None:
    text = (hostile[0].the_run().folder / name).read_text()
    assert [character for character in STEERING if character in text] == []


class Scripts(HTMLParser):
    """Collects what a browser would run, the data that it would leave alone, and what it would show."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.scripts = self.data = self.shown = ""
        self.inside = "shown"
        self.feed(page.read_text())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "script":
            self.inside = "data" if ("type", "application/json") in attrs else "scripts"
        else:
            self.inside = "shown"

    def handle_endtag(self, tag: str) -> None:
        self.inside = "shown"

    def handle_data(self, data: str) -> None:
        setattr(self, self.inside, getattr(self, self.inside) + data)


def test_the_page_shows_a_script_and_does_not_run_it(hostile: tuple[CommandLine, Finished]) -> None:
    page = Scripts(hostile[0].the_run().folder / "report.html")
    assert page.scripts and "alert(1)" not in page.scripts
    assert "alert(1)" in page.data and "<" not in page.data
    assert "<script>alert(1)</script>" in page.shown


def test_markdown_holds_no_tag_of_theirs(hostile: tuple[CommandLine, Finished]) -> None:
    assert "<script" not in (hostile[0].the_run().folder / "summary.md").read_text()


def test_a_label_does_not_break_the_tables_of_markdown(
    hostile: tuple[CommandLine, Finished]
) -> None:
    text = (hostile[0].the_run().folder / "summary.md").read_text()
    for is_table, lines in groupby(text.splitlines(), lambda line: line.startswith("|")):
        columns = {line.replace("\\|", "").count("|") for line in lines}
        assert not is_table or len(columns) == 1, text


def test_list_shows_hostile_labels_without_control_characters(
    hostile: tuple[CommandLine, Finished]
) -> None:
    command_line, _ = hostile
    done = command_line.do("list", "--runner", command_line.home / "labelled")
    assert done.status == 0 and "[bold]" in done.said
    assert [character for character in STEERING if character in done.said] == []
