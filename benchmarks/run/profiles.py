"""Profiles: how many blocks a run has, and how long. Workloads say what each measures of them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A choice between time and certainty.

    `budget_s` is how long the blocks of a run may take: longer warm-ups are cut. None: as long as
    they need. With a `null_arm` one contender of each workload runs twice per block.
    """

    name: str
    blocks: int
    budget_s: float | None
    null_arm: bool
    purpose: str


PROFILES = {
    profile.name: profile
    for profile in (
        Profile(
            name="quick", blocks=6, budget_s=None, null_arm=False,
            purpose="young processes only, in 90 seconds",
        ),
        Profile(
            name="default", blocks=8, budget_s=640, null_arm=True,
            purpose="steady ones too, in 12 minutes",
        ),
        Profile(
            name="publication", blocks=20, budget_s=None, null_arm=True,
            purpose="narrow intervals, for citing",
        ),
    )
}  # fmt: skip
