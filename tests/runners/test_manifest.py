"""`runner.toml`: read strictly; every error names file, key and reason."""

import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from results.errors import TableError
from runners.manifest import MANIFEST, Contender, Manifest, read_manifest
from tests.fakes.folder import Value
from tests.fixtures import Folders

Change = dict[str, Value]

TIERED = ("ping",)


def problem(folder: Path) -> tuple[str, str, str]:
    """What is wrong with a folder's manifest: file, key, reason."""
    with pytest.raises(TableError) as caught:
        read_manifest(folder, TIERED)
    error = caught.value
    assert str(error).startswith(f"{error.file}: {error.key}: ")
    return error.file, error.key, error.reason


def test_a_full_manifest_is_read_as_it_stands(folders: Folders) -> None:
    folder = folders.make(
        runner={
            "language": "C#",
            "instead_of_await": "hope",
            "color": "#68217A",
            "optional": True,
            "requires": ["dotnet"],
            "look_in": ["$DOTNET_ROOT"],
            "install": "Install it",
            "version": ["dotnet", "--version"],
            "version_min": "10",
            "build": [["dotnet", "restore"], ["dotnet", "build"]],
            "pass_environment": ["NODE_VERSION"],
        },
        contender={
            "name": "socket",
            "label": "C# sockets",
            "families": ["ping", "timers"],
            "command": ["out/ping", "socket"],
            "environment": {"A": "b"},
            "optional": True,
            "build": [["npm", "ci"]],
            "install": "Get npm",
            "floor": True,
        },
    )
    contender = Contender(
        runner="fake",
        name="socket",
        label="C# sockets",
        families=("ping", "timers"),
        tier="raw",
        command=("out/ping", "socket"),
        sources=("ping.py",),
        environment={"A": "b"},
        optional=True,
        by_runner=False,
        build=(("npm", "ci"),),
        install="Get npm",
        floor=True,
    )
    assert read_manifest(folder) == Manifest(
        folder=folder.resolve(),
        name="fake",
        language="C#",
        instead_of_await="hope",
        color="#68217a",
        optional=True,
        requires=("dotnet",),
        look_in=("$DOTNET_ROOT",),
        install="Install it",
        version=("dotnet", "--version"),
        version_min="10",
        build=(("dotnet", "restore"), ("dotnet", "build")),
        pass_environment=("NODE_VERSION",),
        contenders=(contender,),
    )
    assert contender.id == "fake/socket"


def test_what_may_be_left_out_is_empty(folders: Folders) -> None:
    read = read_manifest(folders.make())
    assert (read.color, read.requires, read.install) == (None, (), None)
    assert (read.version, read.version_min, read.build) == ((), None, ())
    assert (read.contenders[0].environment, read.contenders[0].optional) == ({}, False)


@pytest.mark.parametrize("runner", [True, False])
@pytest.mark.parametrize("own", [True, False])
def test_of_an_optional_runner_all_contenders_are_and_its_name_asks_for_the_others(
    folders: Folders, runner: bool, own: bool
) -> None:
    read = read_manifest(folders.make(runner={"optional": runner}, contender={"optional": own}))
    (contender,) = read.contenders
    assert (contender.optional, contender.by_runner) == (runner or own, not own)


def test_a_library_s_own_headers_are_kept_in_order(folders: Folders) -> None:
    headers = ["User-Agent: Java-http-client/25 (fast)", "Accept: */*"]
    read = read_manifest(folders.make(contender={"tier": "client", "extra_headers": headers}))
    assert read.contenders[0].extra_headers == (*headers,)


def test_one_command_needs_no_list_around_it(folders: Folders) -> None:
    assert read_manifest(folders.make(runner={"build": ["make", "all"]})).build == (
        ("make", "all"),
    )


def test_a_family_without_tiers_needs_none(folders: Folders) -> None:
    read = read_manifest(folders.make(contender={"families": ["timers"], "tier": None}), TIERED)
    assert read.contenders[0].tier is None


@pytest.mark.parametrize(
    ("change", "key"),
    [
        *(({key: None}, key) for key in ("schema", "name", "language")),
        *(({"schema": wrong}, "schema") for wrong in (2, 0, "1", True, 1.0)),
        *(
            ({"name": wrong}, "name")
            for wrong in ("", "Fake", "1st", "a_b", "a/b", "a@b", "a~2", "a\n", "ä", "a" * 33, 7)
        ),
        *(({"language": wrong}, "language") for wrong in ("", "  ", 7, ["C#"], "a\0b")),
        *(({"color": wrong}, "color") for wrong in ("red", "#fff", "#1234567", "#12345g", 7)),
        *(({"requires": wrong}, "requires") for wrong in ("dotnet", 7)),
        ({"requires": ["dotnet", 7]}, "requires[1]"),
        *(({"optional": wrong}, "optional") for wrong in ("yes", 1)),
        *(({"look_in": wrong}, "look_in") for wrong in ("/usr/bin", 7)),
        ({"look_in": ["/usr/bin", ""]}, "look_in[1]"),
        *(({"install": wrong}, "install") for wrong in ("", 7)),
        *(({"instead_of_await": wrong}, "instead_of_await") for wrong in ("", True)),
        ({"version": "dotnet --version"}, "version"),
        ({"version": [""]}, "version[0]"),
        *(
            ({"version_min": wrong}, "version_min")
            for wrong in ("", "v3", "3.", "3.x", ">3", 3, 3.11)
        ),
        ({"version_min": "3"}, "version_min"),  # of what?
        ({"build": "make"}, "build"),
        ({"build": ["make", "a\0b"]}, "build[1]"),
        ({"sauce": 1}, "sauce"),
    ],
)
def test_a_wrong_key_of_the_runner_is_named(folders: Folders, change: Change, key: str) -> None:
    file, named, reason = problem(folders.make(runner=change))
    assert (file, named) == (f"fake/{MANIFEST}", key)
    assert reason


@pytest.mark.parametrize(
    ("change", "key"),
    [
        *(
            ({key: None}, key)
            for key in ("name", "label", "families", "tier", "command", "sources")
        ),
        *(({"name": wrong}, "name") for wrong in ("", "Ping", "a/b", 7)),
        *(({"label": wrong}, "label") for wrong in ("", " ", 7)),
        *(({"families": wrong}, "families") for wrong in ([], "ping", ["Ping"], ["a/b"])),
        ({"families": ["ping", 7]}, "families[1]"),
        *(({"tier": wrong}, "tier") for wrong in ("http", "Raw", "", 7)),
        *(({"command": wrong}, "command") for wrong in ([], "out/ping", 7)),
        ({"command": [7]}, "command[0]"),
        ({"command": ["{python}", ""]}, "command[1]"),
        ({"command": ["../ping"]}, "command[0]"),
        ({"command": ["/bin/true"]}, "command[0]"),
        *(({"sources": wrong}, "sources") for wrong in ([], "ping.py", 7)),
        *(
            ({"sources": ["ping.py", wrong]}, "sources[1]")
            for wrong in ("absent.py", ".", "../other", "/etc/hostname", "ping.py/x", 7)
        ),
        *(({"environment": wrong}, "environment") for wrong in ("A=b", ["A"], 7)),
        ({"environment": {"A": 7}}, "environment.A"),
        ({"environment": {"A": "b\0"}}, "environment.A"),
        *(({"optional": wrong}, "optional") for wrong in ("yes", 1)),
        *(({"floor": wrong}, "floor") for wrong in ("yes", 1)),
        *(({"sources_from": wrong}, "sources_from") for wrong in ("", 7)),
        ({"sources_from": "node", "sources": []}, "sources"),
        *(({"install": wrong}, "install") for wrong in ("", 7)),
        ({"extra_headers": ["User-Agent: raw"]}, "extra_headers"),
        *(
            ({"tier": "client", "extra_headers": [wrong]}, "extra_headers[0]")
            for wrong in (
                "User-Agent",
                "User-Agent:",
                "User-Agent:java",
                "User-Agent: a  b",
                "Agent: a ",
                "User-Agent: ä",
                "A: b\r\nC: d",
                "Host: elsewhere",
                "connection: close",
                7,
            )
        ),
        ({"build": "make"}, "build"),
        ({"build": [["make"], []]}, "build[1]"),
        ({"build": [["make"], ["make", 7]]}, "build[1][1]"),
        ({"build": [["make"], "make"]}, "build[0]"),
        *(({"twin": wrong}, "twin") for wrong in ("", "absent", "python/http", 7)),
        ({"sauce": 1}, "sauce"),
    ],
)
def test_a_wrong_key_of_a_contender_is_named(folders: Folders, change: Change, key: str) -> None:
    file, named, reason = problem(folders.make(contender=change))
    assert (file, named) == (f"fake/{MANIFEST}", f"contender[0].{key}")
    assert reason


def test_an_unknown_key_is_answered_with_the_known_ones(folders: Folders) -> None:
    _, _, reason = problem(folders.make(contender={"sauce": 1}))
    assert "sources" in reason


def test_one_name_for_two_contenders_is_refused(folders: Folders) -> None:
    folder = folders.make()
    text = (folder / MANIFEST).read_text()
    (folder / MANIFEST).write_text(text + text[text.index("[[contender]]") :])
    assert problem(folder)[1] == "contender[1].name"


def test_a_runner_needs_a_contender(folders: Folders) -> None:
    folder = folders.make()
    text = (folder / MANIFEST).read_text()
    (folder / MANIFEST).write_text(text[: text.index("[[contender]]")])
    assert problem(folder)[1] == "contender"


@pytest.mark.parametrize("target", ["../secret", "itself"])
def test_a_link_is_followed_before_a_path_is_judged(folders: Folders, target: str) -> None:
    (folders.parent / "secret").write_text("not the runner's")
    folder = folders.make(contender={"sources": ["itself"]})
    (folder / "itself").symlink_to(target)
    assert problem(folder)[1] == "contender[0].sources[0]"


def test_a_name_too_long_for_the_file_system_is_a_missing_file(folders: Folders) -> None:
    folder = folders.make(contender={"sources": ["a" * 5000]})
    assert problem(folder)[1] == "contender[0].sources[0]"


def test_a_link_inside_the_folder_is_fine(folders: Folders) -> None:
    folder = folders.make(contender={"sources": ["link.py"]})
    (folder / "link.py").symlink_to("ping.py")
    assert read_manifest(folder).contenders[0].sources == ("link.py",)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(b"schema = ", id="cut off"),
        pytest.param(b"\xff", id="not UTF-8"),
        pytest.param(b"a = " + b"[" * 5000, id="deep nesting"),
        pytest.param(b"schema = " + b"1" * 5000, id="endless integer"),
        pytest.param(b"a = 1\na = 2", id="repeated key"),
    ],
)
def test_what_is_not_toml_is_said(folders: Folders, text: bytes) -> None:
    folder = folders.make()
    (folder / MANIFEST).write_bytes(text)
    assert problem(folder)[1] == "file"


def test_a_manifest_that_cannot_be_read_is_said(folders: Folders) -> None:
    folder = folders.make()
    (folder / MANIFEST).unlink()
    (folder / MANIFEST).mkdir()
    assert problem(folder)[1] == "file"


def test_hostile_text_of_a_manifest_does_not_reach_the_message(folders: Folders) -> None:
    folder = folders.make(runner={"name": "\x1b[31m", "language": "\u202e"})
    with pytest.raises(TableError) as caught:
        read_manifest(folder)
    assert "\x1b" not in str(caught.value)


leaves = st.one_of(
    st.text(max_size=8).filter(lambda text: "\ud800" > max(text, default="")),
    st.integers(-(2**63), 2**63 - 1),
    st.booleans(),
    st.sampled_from(["ping", "raw", "ping.py", "out/x", "{python}", "../x", "a" * 300]),
)
values = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("ab"), inner),
    max_leaves=4,
)
runner_keys = [
    "schema",
    "name",
    "language",
    "color",
    "requires",
    "install",
    "version",
    "build",
    "x",
]
contender_keys = ["name", "label", "families", "tier", "command", "sources", "environment", "x"]


@settings(max_examples=60, deadline=None)
@given(
    runner=st.dictionaries(st.sampled_from(runner_keys), values, max_size=3),
    contender=st.dictionaries(st.sampled_from(contender_keys), values, max_size=3),
)
def test_no_table_raises_anything_but_a_table_error(runner: Change, contender: Change) -> None:
    with tempfile.TemporaryDirectory() as parent:
        folder = Folders(Path(parent)).make(runner=runner, contender=contender)
        try:
            read_manifest(folder)
        except TableError as error:
            assert error.file == f"fake/{MANIFEST}"
            assert json.loads(json.dumps(error.key)) == error.key
