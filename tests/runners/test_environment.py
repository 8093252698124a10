"""What a person exported for other projects stays out; what leads to packages and tools stays in."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from runners import environment
from runners.environment import build_environment, own_environment, program_environment

FOREIGN = """
    PYTHON PYTHONPATH PYTHONHOME PYTHONSAFEPATH PYTHONWARNINGS PYTHONOPTIMIZE VIRTUAL_ENV CONDA_PREFIX
    UV_PYTHON PIP_TARGET PIP_PREFIX NODE_OPTIONS NODE_PATH NODE_ENV npm_config_global NPM_CONFIG_OMIT
    npm_lifecycle_event DOTNET_gcServer DOTNET_STARTUP_HOOKS DOTNET_TieredPGO COMPlus_gcServer
    CORECLR_ENABLE_PROFILING COREHOST_TRACE MSBuildSDKsPath MSBUILDDEBUGENGINE LD_PRELOAD LD_LIBRARY_PATH
    BASH_ENV BASH_FUNC_dotnet%% ENV CDPATH MAKEFLAGS MAKEFILES MAKELEVEL GIT_DIR GIT_WORK_TREE
    GIT_INDEX_FILE MPLBACKEND MPLCONFIGDIR CARGO_PROFILE_RELEASE_OPT_LEVEL CARGO_TARGET_DIR
    CARGO_ENCODED_RUSTFLAGS JAVA_TOOL_OPTIONS JDK_JAVAC_OPTIONS _JAVA_OPTIONS
""".split()
NEEDED = """
    PATH TMPDIR http_proxy HTTPS_PROXY NO_PROXY SSL_CERT_FILE SSL_CERT_DIR REQUESTS_CA_BUNDLE
    NODE_EXTRA_CA_CERTS PIP_INDEX_URL PIP_CERT UV_INDEX_URL UV_DEFAULT_INDEX npm_config_registry
    npm_config_cafile NUGET_PACKAGES NuGetPackageSourceCredentials_company DOTNET_ROOT DOTNET_ROOT_X64
    DOTNET_SYSTEM_GLOBALIZATION_INVARIANT JAVA_HOME CARGO_HOME GOPROXY GIT_SSL_CAINFO
""".split()
# Any name in any case may be one of MSBuild's properties.
PROPERTIES = "PLATFORM VERSION Configuration OUTPUTPATH RuntimeIdentifier TARGETFRAMEWORK".split()


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything is exported by somebody."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "theirs").mkdir()  # folders that are not there are left out
    for name in (*FOREIGN, *NEEDED, *PROPERTIES):
        monkeypatch.setenv(name, "theirs")


def theirs(variables: dict[str, str]) -> set[str]:
    """The names of what comes from there."""
    return {name for name, value in variables.items() if value == "theirs"}


@pytest.mark.usefixtures("shell")
def test_harness_and_set_up_keep_what_leads_to_packages_and_tools() -> None:
    assert theirs(own_environment()) == {*NEEDED, *PROPERTIES}


@pytest.mark.usefixtures("shell")
def test_a_build_sees_no_property_of_another_project_either() -> None:
    assert theirs(build_environment()) == {*NEEDED}


@pytest.mark.usefixtures("shell")
def test_cleaning_twice_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    once = own_environment()
    for name in [*os.environ]:
        monkeypatch.delenv(name)
    for name, value in once.items():
        monkeypatch.setenv(name, value)
    assert own_environment() == once


@pytest.mark.usefixtures("shell")
def test_a_program_gets_what_its_manifest_asks_for_and_only_that() -> None:
    passed = program_environment({}, ["NODE_OPTIONS", "NOT_SET_ANYWHERE"])
    assert theirs(passed) == {"PATH", "TMPDIR", "DOTNET_ROOT", "JAVA_HOME", "NODE_OPTIONS"}


@pytest.mark.parametrize("home", [None, "", "/no/such/home", "/proc/version"])
def test_a_home_that_cannot_be_used_becomes_a_folder_of_the_project(
    home: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment, "HOME", tmp_path / "home")
    monkeypatch.delenv("HOME", raising=False)
    if home is not None:
        monkeypatch.setenv("HOME", home)
    assert own_environment()["HOME"] == str(tmp_path / "home")
    assert (tmp_path / "home").is_dir()


def test_a_place_for_caches_that_cannot_be_written_to_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "/proc/self")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    own = own_environment()
    assert "XDG_CACHE_HOME" not in own and own["XDG_CONFIG_HOME"] == str(tmp_path)


def test_a_place_for_temporary_files_that_cannot_be_used_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", "/no/such/folder")
    (tmp_path / "file").touch()
    monkeypatch.setenv("TMP", str(tmp_path / "file"))
    monkeypatch.setenv("TEMP", str(tmp_path))
    own = own_environment()
    assert {"TMPDIR", "TMP"}.isdisjoint(own) and own["TEMP"] == str(tmp_path)


def test_without_any_place_to_write_to_a_home_exists_at_least(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(environment, "HOME", Path("/proc/version/home"))
    monkeypatch.setenv("HOME", "/no/such/home")
    assert os.path.isdir(own_environment()["HOME"])


@pytest.mark.parametrize(
    "exported",
    [
        {"PYTHONWARNINGS": "error", "NODE_OPTIONS": "--no-such-option", "GIT_DIR": "/nowhere"},
        {"LD_PRELOAD": "/missing.so", "MPLBACKEND": "nonsense", "PYTHONOPTIMIZE": "2"},
    ],
)
def test_the_command_line_frees_itself_of_what_was_exported(
    exported: dict[str, str], repository: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", "list"],
        cwd=repository,
        env={**os.environ, **exported},
        capture_output=True,
        timeout=300,
        text=True,
    )
    assert done.returncode == 0
    assert "python/streams" in done.stdout


def test_packages_of_the_user_do_not_reach_the_command_line(
    tmp_path: Path, repository: Path
) -> None:
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    site = tmp_path / f".local/lib/python{version}/site-packages"
    site.mkdir(parents=True)
    for module in ("click", "httpx", "numpy"):
        (site / f"{module}.py").write_text("raise ImportError('of the user')")
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", "list"],
        cwd=repository,
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path)},
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        timeout=300,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_a_process_starts_anew_once_at_most(repository: Path) -> None:
    """Even where something puts a foreign variable into the environment of every Python."""
    program = (
        "import os; os.environ['PYTHONWARNINGS'] = 'ignore'; "
        "from runners.environment import restart_in_own_environment as again; "
        "print('started', flush=True); again(); print('went on')"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=repository,
        stdout=subprocess.PIPE,
        timeout=300,
        text=True,
    )
    assert done.stdout.split("\n") == ["started", "started", "went on", ""]
