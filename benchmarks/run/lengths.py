"""How long the processes of a run live: from studies, this machine's pace and the time there is."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from results.format import Length
from runners.studies import Study

WINDOW_S = 0.5  # what is measured after the warm-up, at least, so that pauses fall into all windows
FEWEST = 30
FEWEST_SLOW = 12  # of iterations that take longer than _SLOW_S
_SLOW_S = 0.02
SPAWN_S = 0.25  # a process beside its iterations, where none was seen yet
_UNSTUDIED_S = 3.0  # of warm-up where no pair of the workload was studied: .NET's tiers take two
_LIMIT_SHARE = 0.7  # of the job limit, as iterations may be slower than they were in the probe


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A contender in a workload, as far as it is known before the blocks.

    `study` is that of its runtime and sources, `young_s` an iteration's time in the pace probe,
    `later_s` the time of one after a second or so of life, where a process was probed for that.
    `around_s` is what the young process took beside its iterations.
    """

    study: Study | None
    young_s: float
    later_s: float | None = None
    around_s: float = SPAWN_S

    @property
    def steady_s(self) -> float:
        """The shortest time that an iteration may take on this machine today, once warm.

        What waits by the clock becomes iterations by it: too short a time makes a warm-up longer,
        too long a time would end it early.
        """
        if self.study is None:
            return self.expected_s
        told = self.young_s * self.study.steady_ns / max(self.study.young_ns, 1)
        return told if self.later_s is None else min(told, self.later_s)

    @property
    def expected_s(self) -> float:
        """The time that an iteration will probably take here, once warm: for forecasts."""
        if self.later_s is not None:
            return self.later_s
        return self.young_s if self.study is None else self.steady_s

    @property
    def apart_s(self) -> float:
        """What a process takes beside iterations of `expected_s`: the slower ones of its warm-up, too."""
        slower = 0.0
        if self.study is not None:
            warmup_s = (
                self.study.warmup_ns / 1e9 * self.young_s / max(self.study.young_ns / 1e9, 1e-9)
            )
            slower = max(warmup_s - self.study.warmup * self.expected_s, 0.0)
        return self.around_s + slower

    def apart_in(self, warmup: int) -> float:
        """The same, in s, of a process whose warm-up has so many iterations: cut, they are young ones."""
        if self.study is None or warmup >= self.study.warmup:
            return self.apart_s
        young_s = warmup * max(self.young_s - self.expected_s, 0.0)
        return min(self.apart_s, self.around_s + young_s)


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """One process's planned life: its length, how long it takes, and whether its warm-up was cut."""

    length: Length
    seconds: float
    cut: bool


def lives(
    pairs: Mapping[tuple[str, str], Pair],
    *,
    budget_s: float | None,
    limits_s: Mapping[str, float],
) -> dict[tuple[str, str], Life]:
    """Plan a process for each (workload, contender), all of them within `budget_s` if possible.

    A warm-up takes as many iterations as its study found, or more where those may take less time
    than they took there. Where the sum is too long, the longest warm-ups are cut to one length in
    seconds, windows never. `limits_s` are the workloads' job limits.
    """
    wanted = {
        key: _warmup_s(key, pairs) * pair.expected_s / pair.steady_s for key, pair in pairs.items()
    }
    window_s = {key: window(pair.steady_s) * pair.expected_s for key, pair in pairs.items()}
    most = {
        key: max(limits_s[key[0]] * _LIMIT_SHARE - window_s[key], pair.expected_s)
        for key, pair in pairs.items()
    }
    fitting = {key: min(wanted[key], most[key]) for key in pairs}
    if budget_s is not None:
        level = _level([*fitting.values()], budget_s - sum(window_s.values()))
        fitting = {key: min(seconds, level) for key, seconds in fitting.items()}
    return {
        key: _life(pair, fitting[key], window_s[key], cut=fitting[key] < wanted[key] * 0.99)
        for key, pair in pairs.items()
    }


def window(iteration_s: float) -> int:
    """Return how many iterations are measured where one takes so long."""
    fewest = FEWEST_SLOW if iteration_s > _SLOW_S else FEWEST
    return max(fewest, math.ceil(WINDOW_S / iteration_s))


def _warmup_s(key: tuple[str, str], pairs: Mapping[tuple[str, str], Pair]) -> float:
    """Return how long a pair's warm-up may take today: iterations and seconds of its study both count.

    It is never shorter than what is measured. A pair without a study waits as long as the slowest of its workload that has one.
    """
    pair = pairs[key]
    if pair.study is not None:
        found = max(pair.study.warmup * pair.steady_s, pair.study.warmup_ns / 1e9)
        return max(found, WINDOW_S)
    studied = [
        _warmup_s(other, pairs)
        for other, known in pairs.items()
        if other[0] == key[0] and known.study is not None
    ]
    return max(studied, default=_UNSTUDIED_S)


def _level(seconds: list[float], budget_s: float) -> float:
    """Return the length to which the longest must be cut so that all fit into the budget."""
    left = max(budget_s, 0.0)
    for place, shortest in enumerate(sorted(seconds)):
        share = left / (len(seconds) - place)
        if shortest > share:
            return share
        left -= shortest
    return math.inf


def _life(pair: Pair, warmup_s: float, window_s: float, *, cut: bool) -> Life:
    warmup = max(1, math.ceil(warmup_s / pair.expected_s))
    length = Length(iterations=warmup + window(pair.steady_s), warmup=warmup)
    return Life(length=length, seconds=warmup_s + window_s, cut=cut)
