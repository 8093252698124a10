"""Which runners can take part: toolchain found, built, version known, content hashed."""

from collections.abc import Iterable
from dataclasses import dataclass

from results.errors import BuildError, TooOldError
from runners.build import ensure_built
from runners.content import content_hash
from runners.discovery import Discovery
from runners.environment import program_environment
from runners.manifest import Contender, Manifest
from runners.observation import Start
from runners.toolchain import Substitutions, missing_executables, read_version, resolve


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """A runner whose programs can be started."""

    manifest: Manifest
    version: str | None
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unavailable:
    """A runner that cannot take part.

    `toolchain` tells an executable that is missing, or `too_old`, from a failure.
    """

    name: str
    reason: str
    install: str | None
    toolchain: bool
    too_old: bool = False


def prepare(manifest: Manifest, substitutions: Substitutions) -> Ready | Unavailable:
    """Build a runner if need be and read its version."""
    if missing := missing_executables(manifest, substitutions):
        return Unavailable(
            name=manifest.name,
            reason=f"{', '.join(missing)} not found on PATH",
            install=manifest.install,
            toolchain=True,
        )
    try:
        version = read_version(manifest, substitutions)
        ensure_built(manifest, substitutions)
        return Ready(manifest=manifest, version=version, hash=content_hash(manifest.folder))
    except TooOldError as error:
        return Unavailable(
            name=manifest.name,
            reason=str(error),
            install=_newer(manifest),
            toolchain=True,
            too_old=True,
        )
    except BuildError as error:
        reason = str(error)
    except OSError as error:
        reason = f"the runner's files cannot be read: {error.strerror}"
    return Unavailable(name=manifest.name, reason=reason, install=None, toolchain=False)


def _newer(manifest: Manifest) -> str:
    other = f"name a newer one with --with {manifest.version[0]}=PATH"
    return f"{manifest.install}, or {other}" if manifest.install else other.capitalize()


def start_of(
    ready: Ready,
    contender: Contender,
    substitutions: Substitutions,
    cpus: frozenset[int] | None = None,
) -> Start:
    """Return how to start a contender of a runner that is ready."""
    argv = resolve(contender.command, substitutions)
    if "/" in contender.command[0] and contender.command[0] not in substitutions:
        argv[0] = str((ready.manifest.folder / contender.command[0]).resolve())
    return Start(
        argv=tuple(argv),
        folder=ready.manifest.folder,
        environment=program_environment(contender.environment, ready.manifest.pass_environment),
        cpus=cpus,
    )


def all_contenders(discovery: Discovery) -> dict[str, Contender]:
    """Return every contender found, by id."""
    return {c.id: c for manifest in discovery.manifests for c in manifest.contenders}


def prepare_all(
    manifests: Iterable[Manifest], substitutions: Substitutions
) -> dict[str, Ready | Unavailable]:
    """Prepare each runner once; the result is keyed by the runner's name."""
    return {manifest.name: prepare(manifest, substitutions) for manifest in manifests}
