"""Foreign text: harmless on a terminal, and silent about where somebody's files lie."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from runners.findings import SEEN_LIMIT, Finding, first_per_rule, plain, quote, tail


@pytest.mark.parametrize(
    "sign", ["\x00", "\x1b", "\r", "\x7f", "\x9b", "\u202e", "\u2066", "\ud800"]
)
def test_what_steers_a_terminal_is_replaced(sign: str) -> None:
    assert plain(f"a{sign}b") == "a\N{REPLACEMENT CHARACTER}b"


@pytest.mark.parametrize("text", ["C# über 速い", "two\nlines\tand a tab", "1/2 and a/b", "x"])
def test_ordinary_text_stays(text: str) -> None:
    assert plain(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("no /usr/lib/x/y.py here", "no …/y.py here"),
        ('File "/usr/lib/x.py", line 3', 'File "…/x.py", line 3'),
        ("at file:///usr/lib/ping.mjs:12:3", "at …/ping.mjs:12:3"),
        ("at main (/usr/lib/ping.mjs:12:3)", "at main (…/ping.mjs:12:3)"),
        ("--out=/usr/lib/x", "--out=…/x"),
        ("cc -I/usr/lib/x -L/usr/y/z", "cc -I…/x -L…/z"),
        ("/usr/lib/a:/usr/lib/b", "…/a:…/b"),
        ("HEAD /token HTTP/1.1", "HEAD /token HTTP/1.1"),
    ],
)
def test_of_an_absolute_path_only_the_name_is_left(text: str, shown: str) -> None:
    assert plain(text) == shown


@pytest.mark.parametrize("home", ["/home/", "/Users/"])
@pytest.mark.parametrize("after", ["", "/", "/x.py", ": denied", "'"])
@pytest.mark.parametrize("before", ["", "in ", "'", "file://", "cc -I"])
def test_a_user_is_not_named(home: str, before: str, after: str) -> None:
    assert "alice" not in plain(f"{before}{home}alice{after}")


def test_long_text_is_cut() -> None:
    assert plain("x" * 10_000) == "x" * (SEEN_LIMIT - 1) + "…"
    assert plain("x" * SEEN_LIMIT) == "x" * SEEN_LIMIT


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80))
def test_whatever_comes_the_result_can_be_stored_and_shown(text: str) -> None:
    shown = plain(text, 40)
    shown.encode()
    assert len(shown) <= 40
    assert not {c for c in shown if unicodedata.category(c) == "Cc"} - {"\t", "\n"}


def test_bytes_are_quoted_as_far_as_they_go() -> None:
    assert quote(b' {"a":1}\xff\n') == '‘{"a":1}\N{REPLACEMENT CHARACTER}’'
    assert quote(b"x" * 1000, 10) == "‘" + "x" * 9 + "…’"


def test_the_tail_is_the_last_lines_that_say_something() -> None:
    assert (
        tail(b"one\n\n two \nthree\n  \nfour\xff\n")
        == "two / three / four\N{REPLACEMENT CHARACTER}"
    )
    assert tail(b"\n \n") == ""


SEEN = (("W3", "a"), ("P2", "b"), ("W3", "c"))


def test_each_rule_keeps_its_first_evidence() -> None:
    findings = [Finding(rule=rule, seen=seen) for rule, seen in SEEN]
    assert [(f.rule, f.seen) for f in first_per_rule(findings)] == [("P2", "b"), ("W3", "a")]
