"""From names to workloads and contenders; what cannot take part is skipped, with the reason."""

import sys
from pathlib import Path

import pytest

from benchmarks.run.selection import (
    Selection,
    choose_contenders,
    choose_substitutions,
    choose_workloads,
    parse_executables,
    select,
)
from results.errors import UsageError
from runners.discovery import Discovery, discover
from runners.manifest import MANIFEST
from tests.fakes.folder import Table
from tests.fixtures import Folders


@pytest.fixture
def found(folders: Folders) -> Discovery:
    folders.make("one", contender={"name": "first"})
    text = (folders.make("two") / MANIFEST).read_text()
    second = text[text.index("[[contender]]") :].replace(
        '"ping"\n', '"other"\noptional = true\n', 1
    )
    (folders.parent / "two" / MANIFEST).write_text(text + second)
    folders.make("bad", runner={"schema": 2})
    return discover((), folders.parent)


def ids(found: Discovery, *wanted: str, optional: bool = False) -> list[str]:
    return [c.id for c in choose_contenders(found, wanted, optional=optional)]


def test_without_a_name_all_take_part_that_are_not_optional(found: Discovery) -> None:
    assert ids(found) == ["one/first", "two/ping"]


def test_contenders_are_named_by_id_or_runner(found: Discovery) -> None:
    assert ids(found, "two/other") == ["two/other"]
    assert ids(found, "two", "two/ping", "one") == ["one/first", "two/ping"]
    assert ids(found, "two", "two/other") == ["two/ping", "two/other"]


def test_optional_contenders_of_the_runners_named_are_added_where_asked_for(
    found: Discovery,
) -> None:
    assert ids(found, "two") == ["two/ping"]
    assert ids(found, "two", optional=True) == ["two/ping", "two/other"]
    assert ids(found, "one", optional=True) == ["one/first"]
    assert ids(found, optional=True) == ["one/first", "two/ping", "two/other"]


def test_a_runner_with_nothing_but_optional_contenders_is_told_how_to_have_them(
    folders: Folders,
) -> None:
    folders.make(contender={"optional": True})
    found = discover((), folders.parent)
    with pytest.raises(UsageError, match="All contenders of ‘fake’ are optional"):
        ids(found, "fake")
    assert ids(found, "fake", optional=True) == ["fake/ping"]


def test_an_optional_runner_takes_part_by_its_name_or_where_all_that_is_optional_does(
    folders: Folders,
) -> None:
    folders.make("usual")
    text = (folders.make("guest", runner={"optional": True}) / MANIFEST).read_text()
    own = text[text.index("[[contender]]") :].replace('"ping"\n', '"own"\noptional = true\n', 1)
    (folders.parent / "guest" / MANIFEST).write_text(text + own)
    found = discover((), folders.parent)
    assert ids(found) == ["usual/ping"]
    assert ids(found, "guest") == ["guest/ping"]
    assert ids(found, "guest/own") == ["guest/own"]
    assert ids(found, "guest", optional=True) == ["guest/ping", "guest/own"]
    assert ids(found, optional=True) == ["guest/ping", "guest/own", "usual/ping"]


@pytest.mark.parametrize(
    ("name", "nearest"), [("one/frist", "one/first"), ("twoo", "two"), ("two/pong", "two/ping")]
)
def test_an_unknown_contender_is_answered_with_the_nearest(
    found: Discovery, name: str, nearest: str
) -> None:
    with pytest.raises(UsageError, match=f"‘{name}’; did you mean ‘{nearest}’"):
        ids(found, name)


def test_a_contender_of_a_broken_manifest_is_answered_with_its_problem(found: Discovery) -> None:
    with pytest.raises(UsageError, match="bad/runner.toml: schema"):
        ids(found, "bad/ping")


@pytest.mark.parametrize(
    ("name", "nearest"), [("surve", "survey"), ("paralel", "parallel"), ("pong", "ping")]
)
def test_an_unknown_workload_is_answered_with_the_nearest(name: str, nearest: str) -> None:
    with pytest.raises(UsageError, match=f"‘{name}’; did you mean ‘{nearest}’"):
        choose_workloads([name], "default")


def test_hostile_names_are_not_echoed() -> None:
    with pytest.raises(UsageError) as caught:
        choose_workloads(["\x1b[31m"], "default")
    assert "\x1b" not in str(caught.value)


def test_workloads_are_named_by_name_family_or_set() -> None:
    everything = choose_workloads([], "default")
    assert choose_workloads(["ping"], "default") == everything
    assert [w.name for w in choose_workloads(["parallel", "survey"], "default")] == [
        "survey",
        "parallel",
    ]


def test_a_workload_that_a_profile_leaves_out_is_refused_by_name_and_left_out_of_its_set() -> None:
    with pytest.raises(UsageError, match="for --profile publication only"):
        choose_workloads(["timers-1m"], "default")
    assert "timers-1m" not in [w.name for w in choose_workloads(["await"], "default")]
    assert "timers-1m" in [w.name for w in choose_workloads(["await"], "publication")]


def chosen(found: Discovery, *contenders: str) -> Selection:
    return select(
        found,
        profile="default",
        workload_names=(),
        contender_names=contenders,
        substitutions={},
    )


def test_what_cannot_take_part_is_skipped_and_the_others_are_not(folders: Folders) -> None:
    folders.make("good")
    folders.make("lacks", runner={"requires": ["no-such-program"], "install": "Get it"})
    folders.make("fails", runner={"build": ["false"]})
    folders.make("bad", runner={"schema": 2})
    picked = chosen(discover((), folders.parent))
    assert [entry.contender.id for entry in picked.entries] == ["good/ping"]
    reasons = {s["id"]: (s["reason"], s["install"]) for s in picked.skipped}
    assert sorted(reasons) == ["bad", "fails", "lacks"]
    assert reasons["lacks"] == ("no-such-program not found on PATH", "Get it")
    assert "status 1" in reasons["fails"][0]
    assert "schema" in reasons["bad"][0]


BAD_TOOLCHAINS: dict[str, tuple[Table, str, str | None]] = {
    "old": (
        {"version": ["echo", "tool 1.21"], "version_min": "1.22", "install": "Get 1.22"},
        "‘tool 1.21’ is older than 1.22, the oldest that it works with",
        "Get 1.22, or name a newer one with --with echo=PATH",
    ),
    "half": (
        {"requires": ["sh", "no-such-compiler"], "install": "Get the whole"},
        "no-such-compiler not found on PATH",
        "Get the whole",
    ),
    "renamed": (
        {"requires": ["no-such-name"], "look_in": ["/none", "$UNSET/bin"], "install": "Get it"},
        "no-such-name not found on PATH",
        "Get it",
    ),
    "mute": (
        {"version": ["false"]},
        "`false` ended with status 1 and printed nothing",
        None,
    ),
    "headless": (
        {"build": ["sh", "-c", "echo 'fatal error: stdio.h: No such file'; exit 1"]},
        "`sh -c echo 'fatal error: stdio.h: No such file'; exit 1` ended with status 1:\n"
        "fatal error: stdio.h: No such file",
        None,
    ),
}


def test_a_bad_toolchain_leaves_out_its_optional_language_alone_and_says_why(
    folders: Folders,
) -> None:
    folders.make("good")
    for name, (keys, *_) in BAD_TOOLCHAINS.items():
        folders.make(name, runner={"optional": True, **keys})
    found = discover((), folders.parent)
    assert chosen(found).skipped == ()  # nobody asked for them
    picked = chosen(found, "good", *BAD_TOOLCHAINS)
    assert [entry.contender.id for entry in picked.entries] == ["good/ping"]
    assert {s["id"]: (s["reason"], s["install"]) for s in picked.skipped} == {
        name: (*said,) for name, (_, *said) in BAD_TOOLCHAINS.items()
    }


def test_a_runner_that_is_not_needed_is_not_built(folders: Folders) -> None:
    folders.make("good")
    folders.make("other", runner={"build": ["touch", "built"]})
    folders.make("timers", runner={"build": ["touch", "built"]}, contender={"families": ["timers"]})
    chosen(discover((), folders.parent), "good", "timers")
    assert list(folders.parent.glob("*/built")) == []


def test_a_substitution_names_an_executable_and_a_file(tmp_path: Path) -> None:
    given = [f"node={sys.executable}", f"{{python}}={sys.executable}"]
    assert dict(parse_executables("--with", given)) == {
        "node": Path(sys.executable),
        "{python}": Path(sys.executable),
    }


@pytest.mark.parametrize(
    "text",
    ["node", "=x", "node=", "node=/none", "node=.", "node=~nobody-at-all/x", "n=" + "x" * 5000],
)
def test_a_substitution_that_leads_nowhere_is_bad_usage(text: str) -> None:
    with pytest.raises(UsageError, match="--with"):
        parse_executables("--with", [text])


def test_a_substitution_by_what_cannot_be_started_is_bad_usage(tmp_path: Path) -> None:
    (file := tmp_path / "plain").touch(mode=0o644)
    for path, said in ((file, "not executable; give another"), (tmp_path, "that is a folder")):
        with pytest.raises(UsageError, match=f"--with node=.*{said}"):
            parse_executables("--with", [f"node={path}"])


def test_a_substitution_is_for_an_executable_that_some_manifest_names(folders: Folders) -> None:
    folders.make(
        runner={"requires": ["needed"], "build": ["builder"], "version": ["teller"]},
        contender={"command": ["started", "argument"]},
    )
    found = discover((), folders.parent)
    for name in ("needed", "builder", "teller", "started", "{python}"):
        assert name in choose_substitutions(found, [f"{name}={sys.executable}"])
    with pytest.raises(UsageError, match="--with argument=…: no manifest names .* builder, needed"):
        choose_substitutions(found, [f"argument={sys.executable}"])
    folders.make("bad", runner={"schema": 2})
    broken = discover((), folders.parent)
    assert "argument" in choose_substitutions(broken, [f"argument={sys.executable}"])


@pytest.fixture
def families(folders: Folders) -> Discovery:
    folders.make("pings")
    folders.make("timers", contender={"families": ["timers", "cancel"]})
    folders.make("probes", contender={"families": ["semantics"]})
    return discover((), folders.parent)


def test_a_contender_that_does_none_of_the_workloads_is_bad_usage(families: Discovery) -> None:
    with pytest.raises(UsageError) as caught:
        chosen(families, "timers/ping")
    assert str(caught.value) == (
        "timers/ping does none of the workloads asked for (survey, sequential, parallel, "
        "keep-alive): it does timers, cancel; name one of these with --workload, or other "
        "contenders."
    )


def test_a_runner_none_of_whose_contenders_does_a_workload_is_bad_usage(
    families: Discovery,
) -> None:
    with pytest.raises(UsageError, match="timers, probes do none .* they do timers, cancel;"):
        chosen(families, "timers", "probes")
    with pytest.raises(UsageError, match="it does nothing that `run` measures"):
        chosen(families, "probes")


def test_of_many_workloads_asked_for_the_first_are_named(families: Discovery) -> None:
    with pytest.raises(UsageError, match=r"\((?:[a-z0-9-]+, ){4}…\): it does ping;"):
        select(
            families,
            profile="default",
            workload_names=("await",),
            contender_names=("pings",),
            substitutions={},
        )


def test_live_mode_names_no_workload_to_choose(families: Discovery) -> None:
    with pytest.raises(UsageError, match="does no ping, and live mode nothing else") as caught:
        select(
            families,
            profile="default",
            workload_names=(),
            contender_names=("timers",),
            substitutions={},
            live=True,
        )
    assert "--workload" not in str(caught.value)


def test_an_idle_contender_is_told_of_where_it_was_named_itself(families: Discovery) -> None:
    picked = chosen(families, "pings", "timers/ping", "probes")
    assert [entry.contender.id for entry in picked.entries] == ["pings/ping"]
    assert [contender.id for contender in picked.idle] == ["timers/ping"]
