"""`doctor`: what is missing or noisy on this machine, and what to do."""

import click

from benchmarks.doctor import Level, judge, read_machine
from benchmarks.families import DEFAULT, discover_runners, family_of, matching
from benchmarks.run.machine import describe_machine
from benchmarks.run.planning import files_bytes
from benchmarks.run.profiles import PROFILES, Profile
from benchmarks.run.store import runs_folder
from runners.discovery import Discovery

_LIVED = 500  # iterations of a process that lives until it is steady, about
_MARKS = {Level.OK: "ok     ", Level.NOTE: "note   ", Level.PROBLEM: "PROBLEM"}


@click.command()
def doctor() -> int:
    """Tell what is missing or noisy on this machine, and what to do about it."""
    found = discover_runners()
    needed = {name: _needed_bytes(profile, found) for name, profile in PROFILES.items()}
    remarks = judge(read_machine(describe_machine(), found, runs_folder(), needed))
    for remark in remarks:
        advice = f" {remark.advice}" if remark.advice else ""
        click.echo(f"{_MARKS[remark.level]} {remark.what}{advice}")
    return 3 if any(remark.level is Level.PROBLEM for remark in remarks) else 0


def _needed_bytes(profile: Profile, found: Discovery) -> int:
    """Estimate what a run of all contenders takes on disk, before it is known how long its processes live."""
    contenders = [c for manifest in found.manifests for c in manifest.contenders if not c.optional]
    pings = 0
    for workload in matching(DEFAULT):
        family = family_of(workload)
        if family.proof.network and profile.name in workload.profiles:
            performers = sum(family.name in contender.families for contender in contenders)
            iterations = _LIVED if profile.name in workload.steady else workload.young + 1
            pings += performers * iterations * family.items(workload)
    return files_bytes(profile.blocks * pings)
