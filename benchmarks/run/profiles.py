"""Profiles: how many blocks a run has. Sizes per workload stand with the workloads."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A choice between time and certainty."""

    name: str
    blocks: int
    purpose: str


PROFILES = {
    profile.name: profile
    for profile in (
        Profile(name="quick", blocks=6, purpose="a first look, in a minute or so"),
        Profile(name="default", blocks=15, purpose="statements, in minutes"),
        Profile(name="publication", blocks=30, purpose="narrow intervals, for citing"),
    )
}
