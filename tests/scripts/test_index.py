"""Set-up finds packages where pip is told to find them, and never waits long for an answer."""

import http.server
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from scripts.setup.index import (
    DEFAULT_INDEX,
    Source,
    answers,
    configured_source,
    find_supply,
    pip_environment,
    uv_environment,
)


@contextmanager
def index_answering(status: int, seen: list[tuple[str, str | None]]) -> Iterator[str]:
    """An index on loopback that gives every page the same status and notes who asked for what."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seen.append((self.path, self.headers.get("Authorization")))
            self.send_response(status)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Keep the tests' output clean."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def configure(tmp_path: Path, text: str) -> dict[str, str]:
    """A home whose pip is configured by `text`."""
    (tmp_path / ".config/pip").mkdir(parents=True)
    (tmp_path / ".config/pip/pip.conf").write_text(text, encoding="utf-8")
    return {"HOME": str(tmp_path)}


def test_pip_without_any_configuration_uses_its_default_index(tmp_path: Path) -> None:
    assert configured_source({"HOME": str(tmp_path)}, tmp_path) == Source(index=DEFAULT_INDEX)


def test_the_users_file_wins_over_the_systems_and_the_environment_over_both(tmp_path: Path) -> None:
    (tmp_path / "pip.conf").write_text("[global]\nindex-url = http://system/\ncert = /c\n")
    environ = configure(tmp_path, "[global]\nindex_url = http://user/\nproxy = user:1\n")
    assert configured_source(environ, tmp_path) == Source(
        index="http://user", cert="/c", proxy="user:1"
    )
    environ["PIP_INDEX_URL"] = "http://environment/simple/"
    assert configured_source(environ, tmp_path).index == "http://environment/simple"


def test_the_section_of_the_command_wins_over_the_global_one(tmp_path: Path) -> None:
    text = "[install]\nfind-links =\n    /a\n    /b\n[global]\nfind-links = /c\nno-index = true\n"
    source = configured_source(configure(tmp_path, text), tmp_path)
    assert source == Source(find_links=("/a", "/b"), no_index=True)


def test_a_file_named_by_the_environment_replaces_the_users(tmp_path: Path) -> None:
    environ = configure(tmp_path, "[global]\nproxy = user:1\n")
    named = tmp_path / "named.conf"
    named.write_text("[global]\nindex-url = http://named\n")
    source = configured_source({**environ, "PIP_CONFIG_FILE": str(named)}, tmp_path)
    assert source == Source(index="http://named")


def test_the_null_device_as_file_switches_all_files_off(tmp_path: Path) -> None:
    environ = configure(tmp_path, "[global]\nindex-url = http://user\n")
    assert configured_source({**environ, "PIP_CONFIG_FILE": "/dev/null"}, tmp_path) == Source()


def test_a_file_that_cannot_be_parsed_is_left_to_pip_to_complain_about(tmp_path: Path) -> None:
    environ = configure(tmp_path, "no section\n")
    assert configured_source(environ, tmp_path) == Source()


@pytest.mark.parametrize(("status", "good"), [(200, True), (401, True), (403, False), (404, False)])
def test_an_index_is_of_use_when_it_has_the_page_or_asks_for_a_password(
    status: int, good: bool
) -> None:
    seen: list[tuple[str, str | None]] = []
    with index_answering(status, seen) as address:
        assert answers(Source(index=f"http://{address}/simple")) is good
    assert seen == [("/simple/numpy/", None)]


def test_the_password_in_an_address_is_sent_and_not_shown() -> None:
    seen: list[tuple[str, str | None]] = []
    with index_answering(200, seen) as address:
        source = Source(index=f"http://me:s%40fe@{address}")
        assert answers(source)
    assert seen == [("/numpy/", "Basic bWU6c0BmZQ==")]
    assert source.shown == f"http://{address}"


def test_the_probe_goes_through_pips_proxy() -> None:
    seen: list[tuple[str, str | None]] = []
    with index_answering(200, seen) as address:
        assert answers(Source(index="http://index.invalid/simple", proxy=address))
    assert seen == [("http://index.invalid/simple/numpy/", None)]


def test_an_index_that_accepts_and_stays_silent_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/simple"
        assert not answers(Source(index=url), seconds=0.05)


def test_an_index_in_a_folder_is_looked_at(tmp_path: Path) -> None:
    (tmp_path / "numpy").mkdir()
    assert answers(Source(index=tmp_path.as_uri()))
    assert not answers(Source(index=(tmp_path / "absent").as_uri()))


@pytest.mark.parametrize("index", ["ftp://127.0.0.1:1", "no address", "http://127.0.0.1:1/simple"])
def test_an_index_that_cannot_be_asked_does_not_answer(index: str) -> None:
    assert not answers(Source(index=index))


def test_an_empty_folder_of_wheels_is_of_no_use_and_a_filled_one_needs_no_index(
    tmp_path: Path,
) -> None:
    environ = {"PIP_FIND_LINKS": str(tmp_path), "PIP_NO_INDEX": "1"}
    assert not find_supply(environ).is_of_use
    (tmp_path / "numpy-1-py3-none-any.whl").touch()
    supply = find_supply(environ)
    assert (supply.is_of_use, supply.flags) == (True, ["--no-index"])


def test_pip_is_told_where_packages_are_but_not_to_install_elsewhere() -> None:
    environ = {"PIP_INDEX_URL": "u", "PIP_TARGET": "/t", "PIP_USER": "1", "PATH": "p"}
    assert pip_environment(environ) == {
        "PIP_INDEX_URL": "u",
        "PATH": "p",
        "PIP_USER": "0",
        "PIP_NO_INPUT": "1",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    }


def test_uv_is_told_what_pip_is_configured_to_and_its_own_settings_win() -> None:
    source = Source(index="http://i", find_links=("/a", "/b"), cert="/c", proxy="http://p")
    told = {
        "UV_INDEX_URL": "http://i",
        "UV_FIND_LINKS": "/a,/b",
        "SSL_CERT_FILE": "/c",
        "ALL_PROXY": "http://p",
    }
    assert uv_environment({}, source) == told
    own = {"UV_DEFAULT_INDEX": "http://own", "SSL_CERT_FILE": "/own"}
    assert uv_environment(own, Source(index="http://i", cert="/c")) == own
