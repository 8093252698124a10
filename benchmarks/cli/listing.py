"""`list`: what can be run, and why something cannot."""


import click

from benchmarks.cli.options import runner_option, warn_of_unknown_families, with_option
from benchmarks.families import FAMILIES, discover_runners
from benchmarks.run.selection import choose_substitutions
from results.text import plain
from runners.discovery import Given
from runners.manifest import Manifest
from runners.toolchain import Substitutions, missing_executables


@click.command("list")
@runner_option
@with_option
def listing(runner_folders: tuple[Given, ...], substitutions: tuple[str, ...]) -> int:
    """List workloads, families and contenders, and why one is not available."""
    discovery = discover_runners(runner_folders)
    replaced = choose_substitutions(discovery, substitutions)
    warn_of_unknown_families(discovery)
    click.echo("Workloads (family, set)")
    for family in FAMILIES.values():
        for workload in family.workloads:
            click.echo(f"  {workload.name:20} {family.name}, {family.set}: {workload.question}")
    click.echo("Contenders")
    for manifest in discovery.manifests:
        _show(manifest, replaced)
    for broken in discovery.broken:
        click.echo(f"  {broken.name}: not available, {plain(broken.problem)}")
    return 0


def _show(manifest: Manifest, replaced: Substitutions) -> None:
    missing = missing_executables(manifest, replaced)
    hint = f" ({plain(manifest.install)})" if manifest.install else ""
    lack = f"; not available, {', '.join(missing)} not found on PATH{hint}" if missing else ""
    for contender in manifest.contenders:
        tier = f", {contender.tier}" if contender.tier else ""
        by = f"by ‘{manifest.name}’" if contender.by_runner else "by name"
        optional = f"; optional, {by} or --optional" if contender.optional else ""
        families = ", ".join(contender.families)
        click.echo(
            f"  {contender.id:24} {plain(contender.label)} ({families}{tier}){optional}{lack}"
        )
