"""Text from elsewhere, made safe to show."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from results.text import many_lines, one_line


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
