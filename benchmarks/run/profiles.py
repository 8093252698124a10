"""Profiles: how many blocks a run has, and how long. Workloads say what each measures of them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A choice between time and certainty.

    Where it is `short`, processes live as long as their workloads have time for, on average, and the
    longest warm-ups are cut; else as long as they need. With a `null_arm` one contender of each
    workload runs twice per block.
    """

    name: str
    blocks: int
    short: bool
    null_arm: bool
    purpose: str


PROFILES = {
    profile.name: profile
    for profile in (
        Profile(
            name="quick", blocks=6, short=False, null_arm=False,
            purpose="young processes only, in 90 seconds",
        ),
        Profile(
            name="default", blocks=8, short=True, null_arm=True,
            purpose="steady ones too, in 12 minutes",
        ),
        Profile(
            name="publication", blocks=20, short=False, null_arm=True,
            purpose="narrow intervals, for citing",
        ),
    )
}  # fmt: skip
