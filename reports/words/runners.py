"""What runners are called where their contenders stand together."""

from results.format import RunFile


def runner_names(run: RunFile) -> dict[str, str]:
    """Each runner's language, and its own name where others share that, in the order of the run."""
    languages = {plan["runner"]: plan["language"] for plan in run["contenders"]}
    shared = [*languages.values()]
    return {
        runner: language if shared.count(language) == 1 else f"{language}, {runner}"
        for runner, language in languages.items()
    }
