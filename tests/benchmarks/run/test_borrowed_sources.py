"""A program that one runner has from another is measured, stored and shown as the other's."""

from collections.abc import Sequence
from pathlib import Path

from tests.fakes.command_line import CommandLine
from tests.fakes.folder import make_fake


def make_both(parent: Path) -> Sequence[Path]:
    """A runner that lends its program, and one that has nothing else, and is the floor."""
    lender = make_fake(parent, name="lender")
    borrower = make_fake(
        parent,
        name="borrower",
        runner={"language": "Faux", "instead_of_await": "make-believe"},
        contender={"sources_from": "lender", "floor": True},
    )
    for file in borrower.glob("*.py"):
        file.unlink()
    return lender, borrower


def test_it_is_measured_stored_and_shown_as_the_other_s(tmp_path: Path) -> None:
    command_line = CommandLine(tmp_path)
    done = command_line.do(*command_line.run_arguments(*make_both(tmp_path / "runners")))
    assert done.status == 0, done
    run = command_line.the_run()
    plans = {plan["id"]: plan for plan in run.file["contenders"]}
    own, lent = plans["lender/ping"], plans["borrower/ping"]
    assert (own.get("sources_from"), lent["sources_from"]) == (None, "lender")
    assert (own.get("floor"), lent["floor"]) == (None, True)
    assert (own.get("instead_of_await"), lent["instead_of_await"]) == (None, "make-believe")
    assert own["hash"] != lent["hash"]
    files = {
        str(path.relative_to(run.folder / "sources")) for path in run.folder.rglob("sources/*/*")
    }
    assert files == {"lender/honest.py", "lender/runner.toml", "borrower/runner.toml"}
    page = (run.folder / "report.html").read_text()
    assert "lender/honest.py" in page and "borrower/honest.py" not in page
    for text in (page, done.out, (run.folder / "summary.md").read_text()):
        assert "Faux has no await; instead: make-believe" in " ".join(text.split())
