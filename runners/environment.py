"""What other programs find in their environment: the one place that decides it.

    own_environment()        for set-up and harness: nothing that was exported for another project
    build_environment()      for builds: also without words that a build tool takes for its settings
    program_environment(…)   for programs under test, and to ask their versions: the contract's few

Needs the standard library only, since set-up starts from here.
"""

import os
import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HOME = ROOT / ".home"
_RESTARTED = "AWAITBENCH_RESTARTED"

# What a person exported for other projects and would lead ours astray. Kept is what says where
# toolchains and packages are and how to reach them: proxies, certificates, registries, caches.
FOREIGN = re.compile(
    r"""(?x)
    PYTHON(?!DONTWRITEBYTECODE$|UNBUFFERED$|NOUSERSITE$).* | __PYVENV_LAUNCHER__ | VIRTUAL_ENV.*
    | CONDA_.* | UV_(PYTHON|SYSTEM_PYTHON|VENV_CLEAR|PROJECT_ENVIRONMENT|WORKING_DIR.*|NO_BINARY.*)
    | PIP_(?! (CACHE_DIR|CERT|CLIENT_CERT|CONFIG_FILE|CONSTRAINT|DEFAULT_TIMEOUT|EXTRA_INDEX_URL
              |FIND_LINKS|INDEX_URL|KEYRING_PROVIDER|NO_INDEX|PROXY|TRUSTED_HOST)$ ) .*
    | NODE_(?!(EXTRA_CA_CERTS|USE_SYSTEM_CA|USE_ENV_PROXY)$).*
    | (?i:npm_(?!config_) .*)
    | (?i:npm_config_(?! (registry|.*proxy|ca|cafile|cert|key|strict_ssl|cache|.*userconfig
                         |globalconfig|.*auth.*|.*:.*)$ ) .*)
    | DOTNET_(?!ROOT|(CLI_HOME|CLI_TELEMETRY_OPTOUT|NOLOGO)$|GENERATE_
             |SYSTEM_GLOBALIZATION_INVARIANT$).*
    | CARGO_(PROFILE|BUILD|ENCODED|TARGET)_.* | (JAVA_TOOL|_JAVA|JDK_JAVAC?)_OPTIONS
    | COMPlus_.* | CORECLR_.* | COR_.* | COREHOST_.* | (?i:MSBUILD).*
    | LD_.* | GCONV_PATH | GLIBC_TUNABLES
    | BASH_.* | BASHOPTS | SHELLOPTS | ENV | CDPATH | GLOBIGNORE | POSIXLY_CORRECT
    | MAKE(FILES|FLAGS|LEVEL|OVERRIDES) | MFLAGS | GNUMAKEFLAGS
    | GIT_(?!ASKPASS$|SSL_C).*
    | MPL.* | MATPLOTLIBRC
    """
)
# MSBuild takes every variable for one of its properties, PLATFORM and VERSION as well as
# OUTPUTPATH, in any case. Their names are words without `_`: of such words these are kept only.
WORDS = re.compile(
    r"(?i:(https?|ftp|all|no)_proxy)|PATH|HOME|TMPDIR|TMP|TEMP|LANG|TZ|TERM|USER|LOGNAME|SHELL"
    r"|CC|CXX|GO(PATH|ROOT|PROXY|SUMDB|NOSUMDB|PRIVATE|NOPROXY|CACHE|MODCACHE)"
)
_OURS = {
    # A .venv that sees Debian's packages would see those of the user before them.
    "PYTHONNOUSERSITE": "1",
    # pip's configuration files can ask for an installation outside of .venv, too.
    "PIP_USER": "0",
    "PIP_NO_INPUT": "1",
    "DEBIAN_FRONTEND": "noninteractive",
}
_INHERITED = ("PATH", "HOME", "TMPDIR", "DOTNET_ROOT", "JAVA_HOME", "PYTHONNOUSERSITE")


def own_environment() -> dict[str, str]:
    """Return our environment without what was meant for others, and with a home to write to."""
    kept = {key: value for key, value in os.environ.items() if not FOREIGN.fullmatch(key)}
    for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        if os.path.isdir(kept.get(name, "")) and not _can_be_used(kept[name]):
            del kept[name]
    for name in ("TMPDIR", "TMP", "TEMP"):  # whoever uses one does not make it
        if not _can_be_used(kept.get(name, "")):
            kept.pop(name, None)
    return {**kept, **_OURS, "HOME": _home()}


def build_environment() -> dict[str, str]:
    """Return the environment of a build."""
    return {
        key: value
        for key, value in own_environment().items()
        if "_" in key or key in _OURS or WORDS.fullmatch(key)
    }


def program_environment(own: Mapping[str, str], passed: Iterable[str] = ()) -> dict[str, str]:
    """Return the minimal environment of the contract, with the manifest's own additions.

    `passed` are variables of ours that the manifest asks for.
    """
    kept = {name: os.environ[name] for name in (*_INHERITED, *passed) if name in os.environ}
    return {**kept, "LANG": "C.UTF-8", **own}


def restart_in_own_environment() -> None:
    """Begin this process anew, unless its environment was ours already."""
    if os.environ.pop(_RESTARTED, None) == str(os.getpid()):
        return  # once is enough, whatever puts variables into the environment of every Python
    if (own := own_environment()) != dict(os.environ):
        again = {**own, _RESTARTED: str(os.getpid())}
        os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], again)


def _home() -> str:
    """Return the caller's home, or a folder of the project where one cannot be written to."""
    given = os.environ.get("HOME", "")
    if _can_be_used(given):
        return given
    try:
        HOME.mkdir(exist_ok=True)
    except OSError:
        return given if os.path.isdir(given) else "/"
    return str(HOME)


def _can_be_used(folder: str) -> bool:
    return os.path.isdir(folder) and os.access(folder, os.W_OK | os.X_OK)
