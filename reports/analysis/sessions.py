"""Two runs, that is two sessions, side by side: what differs around them, and what each says."""

from collections.abc import Iterator
from dataclasses import dataclass

from reports.analysis.amounts import Amount
from reports.analysis.analysed import Analysis
from results.format import Quantity, RunFile, WorkloadPlan, decisive_metric, quantity_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """A contender in a workload of both runs: `then` and `now` in ns, of these quantities."""

    workload: str
    contender: str
    label: str
    then: Amount
    now: Amount
    quantities: tuple[Quantity, Quantity]

    @property
    def ratio(self) -> float:
        """The second run's time over the first's."""
        return self.now.value / self.then.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Something around two runs that is not the same in both; None where one lacks it."""

    what: str
    then: str | None
    now: str | None


def beside(then: Analysis, now: Analysis) -> Iterator[Beside]:
    """Yield what both runs have, in the order of the second.

    Both are seen in the metric that decides in the second where the first has it, else in that
    which decides in the first: a quick run has no steady pace to compare with.
    """
    earlier = {workload["name"]: workload for workload in then.run["workloads"]}
    for workload in now.run["workloads"]:
        other = earlier.get(workload["name"])
        if (
            other is None
            or other["params"] != workload["params"]
            or then.run["sites"] != now.run["sites"]
        ):
            continue
        metrics = (decisive_metric(workload), decisive_metric(other))
        for contender in now.run["contenders"]:
            cell = workload["name"], contender["id"]
            if cell in then.notes.unanswered or cell in now.notes.unanswered:
                continue  # how fast pings fail is no time of theirs
            for metric in dict.fromkeys(metrics):
                place = *cell, metric
                was, is_now = then.estimate(*place), now.estimate(*place)
                if was is not None and is_now is not None:
                    yield Beside(
                        workload=workload["name"],
                        contender=contender["id"],
                        label=contender["label"],
                        then=was,
                        now=is_now,
                        quantities=(_called(other, metric), _called(workload, metric)),
                    )
                    break


def differences(then: RunFile, now: RunFile) -> Iterator[Difference]:
    """Yield what differs around two runs: profile, suite, machine, contenders, workloads."""
    for what, was, is_now in _facts(then, now):
        if was != is_now:
            yield Difference(what=what, then=was, now=is_now)


def _called(workload: WorkloadPlan, metric: str) -> Quantity:
    if metric == decisive_metric(workload):
        return quantity_of(workload)
    return "young" if metric == "young" else "first" if metric == "first" else "steady"


def _facts(then: RunFile, now: RunFile) -> Iterator[tuple[str, str | None, str | None]]:
    yield "profile", then["profile"], now["profile"]
    yield "blocks", str(then["blocks"]), str(now["blocks"])
    yield "awaitbench", _suite(then), _suite(now)
    for key, was in then["machine"].items():
        if key != "packages":
            yield key, _text(was), _text(now["machine"].get(key))
    ours, theirs = then["machine"]["packages"], now["machine"]["packages"]
    for name in sorted({*ours, *theirs}):
        yield name, ours.get(name), theirs.get(name)
    yield "sites, so that nothing is laid side by side", _text(then["sites"]), _text(now["sites"])
    yield "placement", then["placement"]["mode"], now["placement"]["mode"]
    of_then = {contender["id"]: contender for contender in then["contenders"]}
    for contender in now["contenders"]:
        if (other := of_then.get(contender["id"])) is not None:
            name = contender["id"]
            yield f"toolchain of {name}", other["version"], contender["version"]
            yield f"content of {name}", other["hash"][:12], contender["hash"][:12]
    params = {workload["name"]: str(workload["params"]) for workload in then["workloads"]}
    for workload in now["workloads"]:
        if workload["name"] in params:
            what = f"parameters of {workload['name']}, which is left out below"
            yield what, params[workload["name"]], str(workload["params"])


def _suite(run: RunFile) -> str | None:
    suite = run["suite"]
    if suite is None:
        return None
    return f"{suite['version']} {(suite['commit'] or 'unknown')[:12]}, code {suite['hash'][:12]}"


def _text(value: object) -> str | None:
    return None if value is None else str(value)
