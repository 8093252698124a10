"""Live mode's sites, as a person names them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.ping.live import live_plan, parse_sites
from results.errors import UsageError


def test_each_text_is_a_chain_of_names_with_or_without_a_port() -> None:
    assert parse_sites(["a.example, b-c_d:8080", "127.0.0.1:80"]) == [
        ["a.example", "b-c_d:8080"],
        ["127.0.0.1:80"],
    ]


@pytest.mark.parametrize(
    "site",
    [
        "", ":80", "a:", "a:0", "a:65536", "a:99999", "a:x", "a:-1", "a:+1", "a:8 0", "a:80:80",
        "::1", "[::1", "[]", "[1]:80", "[::1]a", "[::1]:0", "[fe80::1%eth0]", "http://a", "a/b", "a?b", "a#b", "u@a", "a b", "a\r\nHost: b", "a\0",
        "ä", "a:\u0661", "a:" + "9" * 5000,
    ],
)  # fmt: skip
def test_what_is_no_site_is_bad_usage(site: str) -> None:
    with pytest.raises(UsageError, match="is not NAME or NAME:PORT"):
        parse_sites([f"good,{site}"])


def test_an_ipv6_address_stands_in_brackets() -> None:
    assert parse_sites(["[::1]:8000,[::1]"]) == [["[::1]:8000", "[::1]"]]
    with pytest.raises(UsageError, match=r"write \[::1\]"):
        parse_sites(["::1"])
    with pytest.raises(UsageError, match="named twice"):
        parse_sites(["[::1]", "[0:0::1]:80"])


@pytest.mark.parametrize(
    "url", ["http://localhost:8000/x", "https://a", "HTTP://a", "a:80/", "a?b"]
)
def test_of_a_url_the_name_is_asked_for(url: str) -> None:
    with pytest.raises(UsageError, match="leave out http:// and the path"):
        parse_sites([url])


@pytest.mark.parametrize("texts", [["a,a"], ["a", "a"], ["a:80", "a"], ["A.example", "a.example"]])
def test_a_site_named_twice_is_bad_usage(texts: list[str]) -> None:
    with pytest.raises(UsageError, match="named twice"):
        parse_sites(texts)


def test_two_ports_of_one_name_are_two_sites() -> None:
    assert parse_sites(["a:80,a:81"]) == [["a:80", "a:81"]]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(max_size=12) | st.from_regex(r"[a-z]{1,3}(:\d{1,6})?", fullmatch=True)))
def test_no_text_raises_anything_but_bad_usage(texts: list[str]) -> None:
    try:
        chains = parse_sites(texts)
    except UsageError:
        return
    assert len(chains) == len(texts)


def test_a_live_run_asks_for_one_iteration() -> None:
    plan = live_plan([["a"], ["b", "c"]])
    assert (plan["iterations"], plan["warmup"]) == (1, 0)
    assert (plan["params"]["chains"], plan["params"]["sites_per_chain"]) == (2, 2)
