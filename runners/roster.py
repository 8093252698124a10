"""Which runners can take part: toolchain found, built, version known, content hashed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from results.errors import BuildError, TooOldError
from runners.build import build_contenders, ensure_built
from runners.content import content_hash
from runners.discovery import Discovery
from runners.environment import program_environment
from runners.manifest import Contender, Manifest
from runners.spawning import Start
from runners.toolchain import Substitutions, find_toolchain, missing_executables, resolve


@dataclass(frozen=True, slots=True, kw_only=True)
class Unavailable:
    """A runner that cannot take part, or a contender whose own build failed.

    `toolchain` tells an executable that is missing, or `too_old`, from a failure.
    """

    name: str
    reason: str
    install: str | None
    toolchain: bool
    too_old: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """A runner whose programs can be started, but for the contenders `left_out`, by id."""

    manifest: Manifest
    version: str | None
    hash: str
    substitutions: Substitutions = field(default_factory=dict)
    left_out: Mapping[str, Unavailable] = field(default_factory=dict)


def prepare(
    manifest: Manifest, substitutions: Substitutions, contenders: Iterable[Contender] = ()
) -> Ready | Unavailable:
    """Read a runner's version and build it if need be; what `contenders` build themselves, too."""
    substitutions = {**substitutions, **manifest.substitutions}
    if missing := missing_executables(manifest, substitutions):
        return Unavailable(
            name=manifest.name,
            reason=f"{', '.join(missing)} not found on PATH",
            install=manifest.install,
            toolchain=True,
        )
    try:
        toolchain = find_toolchain(manifest, substitutions)
        ensure_built(manifest, toolchain)
        failed = build_contenders(manifest, toolchain, contenders)
        return Ready(
            manifest=manifest,
            version=toolchain.version,
            hash=content_hash(*manifest.homes.values()),
            substitutions=toolchain.substitutions,
            left_out={
                c.id: _left_out(c, failed[c.id]) for c in manifest.contenders if c.id in failed
            },
        )
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


def _left_out(contender: Contender, error: BuildError) -> Unavailable:
    """Return why one contender takes no part: what to install, or else what its build said."""
    why = str(error)
    if contender.install is not None:
        seen = why.splitlines()[:2][-1]  # its first error, if it said anything
        why = f"{contender.install} ({seen})"
    return Unavailable(
        name=contender.id,
        reason=f"{contender.label} is not available: {why}",
        install=None,
        toolchain=contender.install is not None,
    )


def _newer(manifest: Manifest) -> str:
    other = f"name a newer one with --with {manifest.version[0]}=PATH"
    return f"{manifest.install}, or {other}" if manifest.install else other.capitalize()


def start_of(ready: Ready, contender: Contender, cpus: frozenset[int] | None = None) -> Start:
    """Return how to start a contender of a runner that is ready."""
    argv = resolve(contender.command, ready.substitutions)
    if "/" in contender.command[0] and contender.command[0] not in ready.substitutions:
        argv[0] = str((ready.manifest.folder / contender.command[0]).resolve())
    return Start(
        argv=tuple(argv),
        folder=ready.manifest.home_of(contender),
        environment=program_environment(contender.environment, ready.manifest.pass_environment),
        cpus=cpus,
        extra_headers=contender.extra_headers,
    )


def all_contenders(discovery: Discovery) -> dict[str, Contender]:
    """Return every contender found, by id."""
    return {c.id: c for manifest in discovery.manifests for c in manifest.contenders}


def prepare_all(
    discovery: Discovery, substitutions: Substitutions, contenders: Iterable[Contender]
) -> dict[str, Ready | Unavailable]:
    """Prepare the runners of `contenders`, each once; the result is keyed by the runner's name."""
    theirs: dict[str, list[Contender]] = {}
    for contender in contenders:
        theirs.setdefault(contender.runner, []).append(contender)
    return {
        manifest.name: prepare(manifest, substitutions, theirs[manifest.name])
        for manifest in discovery.manifests
        if manifest.name in theirs
    }
