"""Foreign text: harmless on a terminal, and silent about where somebody's files lie."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from results.text import LONGEST, gist, many_lines, one_line, plain, quote


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("C# HttpClient", "C# HttpClient"),
        ("a\nb\t c\r\n", "a b c"),
        ("\x1b[31;1mred\x1b[0m", "red"),
        ("\x1b]0;title\x07after", "after"),
        ("\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x9b2Jgone", "gone"),
        ("abc\u202edcba\u2066\u200b", "abcdcba"),
        ("a\u2028b\x00c\x7f", "a bc"),
        ("lone \ud800 half", "lone half"),
        ("Größe µs ×", "Größe µs ×"),
    ],
)
def test_control_characters_go_and_the_rest_stays(text: str, expected: str) -> None:
    assert one_line(text) == expected


@given(st.text())
def test_nothing_invisible_is_left(text: str) -> None:
    for cleaned in (one_line(text), many_lines(text).replace("\n", "")):
        assert {unicodedata.category(c)[0] for c in cleaned} <= set("LMNPSZ")
    assert "\n" not in one_line(text)


def test_sources_keep_their_lines_and_indentation() -> None:
    source = "if x:\r\n\tpass  \n\x1b[2J\u202e# end\n"
    assert many_lines(source) == "if x:\n    pass  \n# end\n"


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
    assert plain("x" * 10_000) == "x" * (LONGEST - 1) + "…"
    assert plain("x" * LONGEST) == "x" * LONGEST


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


def test_the_gist_of_an_error_is_what_it_says_first_and_last() -> None:
    assert gist(b"one\n\n two \nthree\n  \nfour\xff\n") == (
        "one / two / three / four\N{REPLACEMENT CHARACTER}"
    )
    assert gist(b"cause\n at a\n at b\n at c\n at d\n") == "cause / … / at b / at c / at d"
    assert gist(b"Traceback (most recent call last):\n a\n b\n c\nError: d\n") == "b / c / Error: d"
    assert gist(b"\n \n") == ""
