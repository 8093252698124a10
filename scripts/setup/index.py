"""Where Python packages come from: pip's configuration, and one probe of the index.

The configuration is read here and not asked of pip, because a bare machine has none.
"""

from __future__ import annotations

import base64
import configparser
import os
import ssl
import threading
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Mapping, Sequence

# The index that pip itself uses unless told otherwise.
DEFAULT_INDEX = "https://pypi.org/simple"
# A package that set-up needs, so every index that is of use has its page.
PROBED_PACKAGE = "numpy"
PROBE_S = 5.0

# The settings of pip that say where packages come from. All others (user, target, prefix, require,
# …) could send an installation somewhere else than into .venv, so they are not handed on.
WHERE = frozenset(
    {
        "cache-dir",
        "cert",
        "client-cert",
        "config-file",
        "constraint",
        "default-timeout",
        "disable-pip-version-check",
        "extra-index-url",
        "find-links",
        "index-url",
        "keyring-provider",
        "no-cache-dir",
        "no-index",
        "proxy",
        "retries",
        "timeout",
        "trusted-host",
    }
)


@dataclass(frozen=True)
class Source:
    """Where packages come from, as pip is configured."""

    index: str = DEFAULT_INDEX
    no_index: bool = False
    find_links: tuple[str, ...] = ()
    proxy: str | None = None
    cert: str | None = None
    trusted_hosts: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """The index without the password that its address may hold."""
        parts = urllib.parse.urlsplit(self.index)
        return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()

    @property
    def has_wheels(self) -> bool:
        """Whether a folder of `find_links` holds wheels, which need no index."""
        return any(
            next(Path(urllib.parse.unquote(link.removeprefix("file://"))).glob("*.whl"), None)
            for link in self.find_links
            if "://" not in link or link.startswith("file://")
        )


@dataclass(frozen=True)
class Supply:
    """A source, and whether its index answered the one probe."""

    source: Source
    index_answers: bool

    @property
    def is_of_use(self) -> bool:
        """Whether packages can be had from the index or from a folder of wheels."""
        return self.index_answers or self.source.has_wheels

    @property
    def flags(self) -> list[str]:
        """What to tell pip or uv, which would otherwise wait for a silent index again and again."""
        return [] if self.index_answers else ["--no-index"]


def find_supply(environ: Mapping[str, str]) -> Supply:
    """Read the configuration and probe the index."""
    source = configured_source(environ)
    return Supply(source, index_answers=not source.no_index and answers(source))


def configured_source(environ: Mapping[str, str], system: Path = Path("/etc")) -> Source:
    """Read pip's configuration files, then its environment, which wins."""
    settings: dict[str, str] = {}
    for path in _configuration_files(environ, system):
        settings.update(_read_configuration(path))
    for key, value in environ.items():
        if key.startswith("PIP_") and value:
            settings[key[4:].lower().replace("_", "-")] = value
    return Source(
        index=settings.get("index-url", DEFAULT_INDEX).rstrip("/"),
        no_index=settings.get("no-index", "").lower() in ("1", "true", "yes", "on", "y", "t"),
        find_links=tuple(settings.get("find-links", "").split()),
        proxy=settings.get("proxy") or None,
        cert=settings.get("cert") or environ.get("REQUESTS_CA_BUNDLE") or None,
        trusted_hosts=tuple(settings.get("trusted-host", "").split()),
    )


def _configuration_files(environ: Mapping[str, str], system: Path) -> Sequence[Path]:
    """The files that pip reads, the later one winning."""
    named = environ.get("PIP_CONFIG_FILE")
    if named == os.devnull:
        return ()
    shared = environ.get("XDG_CONFIG_DIRS") or str(system / "xdg")
    files = [Path(folder) / "pip/pip.conf" for folder in shared.split(":") if folder]
    files.append(system / "pip.conf")
    if named and Path(named).exists():
        return [*files, Path(named)]
    home = environ.get("HOME")
    if home:
        files.append(Path(home) / ".pip/pip.conf")
        files.append(Path(environ.get("XDG_CONFIG_HOME") or f"{home}/.config") / "pip/pip.conf")
    return files


def _read_configuration(path: Path) -> dict[str, str]:
    parser = configparser.RawConfigParser()
    try:
        parser.read(path, encoding="utf-8")
    except (configparser.Error, OSError, UnicodeError):
        return {}  # pip names the mistake itself when it is called
    found: dict[str, str] = {}
    for section in ("global", "install"):
        if parser.has_section(section):
            found.update((key.replace("_", "-"), value) for key, value in parser.items(section))
    return found


def answers(source: Source, seconds: float = PROBE_S) -> bool:
    """Whether the index has the page of a package that set-up needs; decided within `seconds`."""
    url = f"{source.index}/{PROBED_PACKAGE}/"
    if url.startswith("file://"):
        return Path(urllib.parse.unquote(url[len("file://") :])).exists()
    answer: list[bool] = []
    # A thread, because no timeout of a socket covers the look-up of a name.
    probe = threading.Thread(target=lambda: answer.append(_get(url, source, seconds)), daemon=True)
    probe.start()
    probe.join(seconds)
    return answer == [True]


def _get(url: str, source: Source, seconds: float) -> bool:
    try:
        request, host = _request(url)
        handlers: list[urllib.request.BaseHandler] = [
            urllib.request.HTTPSHandler(context=_trust(source, host))
        ]
        if source.proxy:
            proxy = source.proxy if "://" in source.proxy else f"http://{source.proxy}"
            handlers.append(urllib.request.ProxyHandler({"http": proxy, "https": proxy}))
        with urllib.request.build_opener(*handlers).open(request, timeout=seconds) as response:
            return bool(response.status == 200)
    except urllib.error.HTTPError as error:
        # pip may know the password that we were asked for, from netrc or a keyring.
        return error.code == 401
    except (OSError, ValueError):
        return False


def _request(url: str) -> tuple[urllib.request.Request, str]:
    """A request for `url` with the user and password it may hold moved into a header."""
    parts = urllib.parse.urlsplit(url)
    host = parts.hostname or ""
    address = parts.netloc.rpartition("@")[2]
    request = urllib.request.Request(parts._replace(netloc=address).geturl())
    if parts.username is not None:
        name = urllib.parse.unquote(parts.username)
        password = urllib.parse.unquote(parts.password or "")
        token = base64.b64encode(f"{name}:{password}".encode()).decode("ascii")
        request.add_header("Authorization", f"Basic {token}")
    return request, host


def _trust(source: Source, host: str) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=source.cert)
    if host in {name.partition(":")[0] for name in source.trusted_hosts}:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def pip_environment(environ: Mapping[str, str]) -> dict[str, str]:
    """The environment for pip: of its own settings only those that say where packages are."""
    kept = {
        key: value
        for key, value in environ.items()
        if not key.startswith("PIP_") or key[4:].lower().replace("_", "-") in WHERE
    }
    # A configuration file can ask for an installation outside of .venv, too.
    return {**kept, "PIP_USER": "0", "PIP_NO_INPUT": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}


def uv_environment(environ: Mapping[str, str], source: Source) -> dict[str, str]:
    """The environment for uv, which does not read pip's configuration: said in uv's words."""
    told = dict(environ)
    if source.index != DEFAULT_INDEX and "UV_DEFAULT_INDEX" not in environ:
        told.setdefault("UV_INDEX_URL", source.index)
    if source.find_links:
        told.setdefault("UV_FIND_LINKS", ",".join(source.find_links))
    if source.cert:
        told.setdefault("SSL_CERT_FILE", source.cert)
    if source.proxy:
        told.setdefault("ALL_PROXY", source.proxy)
    return told
