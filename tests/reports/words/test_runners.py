"""How runners are called."""

from typing import cast

from reports.words.runners import runner_names
from results.format import RunFile


def test_runtimes_of_one_language_are_told_apart() -> None:
    languages = {"python": "Python", "node": "JavaScript", "bun": "JavaScript"}
    plans = [{"runner": runner, "language": name} for runner, name in languages.items()]
    assert runner_names(cast(RunFile, {"contenders": [*plans, *plans]})) == {
        "python": "Python",
        "node": "JavaScript, node",
        "bun": "JavaScript, bun",
    }
