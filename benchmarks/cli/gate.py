"""`gate`: has a contender become slower than another one of the same run?"""

import re

import click
from rich.console import Console

import reports
from benchmarks.run.store import find_run
from results.errors import UsageError
from runners.names import no_such

_SHARE = re.compile(r"(\d{1,4}(?:\.\d{1,4})?) ?%")


class Share(click.ParamType):
    """A share such as 5%, given back as 0.05."""

    name = "share"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Return the share; fail with a sentence."""
        found = _SHARE.fullmatch(str(value))
        if found is None:
            self.fail(f"{value!r} is no share: write 5% or 2.5%.", param, ctx)
        return float(found[1]) / 100


@click.command()
@click.argument("run")
@click.argument("other", required=False)
@click.option("--pair", nargs=2, metavar="BASE_ID NEW_ID", help="Two contenders of the run.")
@click.option(
    "--max-regression", "margin", type=Share(), default="5%", show_default=True, metavar="N%",
    help="How much slower the new one may be.",
)  # fmt: skip
@click.option("--markdown", is_flag=True, help="Print a comment for a pull request.")
def gate(
    run: str, other: str | None, pair: tuple[str, str] | None, margin: float, markdown: bool
) -> int:
    """End with status 1 where NEW_ID is proven slower than BASE_ID in any workload of RUN.

    Both are contenders of one run, paired in its blocks: proven means that the 95 % interval lies
    wholly beyond the margin and that p, corrected over the workloads, is below 0.05. Two runs are
    two sessions, in which nothing is paired: they are laid side by side, and never fail.
    """
    if other is not None:
        from reports.sessions import render

        both = (reports.analyse(find_run(name)) for name in (run, other))
        Console().print(render(*both))
        return 0
    if pair is None:
        raise UsageError("Which contenders? Give --pair BASE_ID NEW_ID.")
    from reports.analysis.gate import gated
    from reports.words import gate as words

    analysis = reports.analyse(find_run(run))
    base, new = pair
    for name in pair:
        if name not in analysis.labels:
            raise UsageError(no_such("contender", name, analysis.labels))
    if analysis.live:
        raise UsageError(f"{analysis.run['id']} is of live sites: nothing in it is proven.")
    tiers = {plan["id"]: plan["tier"] for plan in analysis.run["contenders"]}
    if base == new or tiers[base] != tiers[new]:
        raise UsageError("--pair needs two contenders that do the same work: two of one tier.")
    if analysis.run["status"] != "complete":
        raise UsageError(
            f"{analysis.run['id']} was cut off, and looking before the end would be right too rarely: "
            f"finish it with `run --resume {analysis.run['id']}`."
        )
    if analysis.notes.blocks < analysis.run["blocks"]:
        raise UsageError(
            f"{analysis.run['id']} was complete and holds {analysis.notes.blocks} of its "
            f"{analysis.run['blocks']} blocks: lines of invocations.jsonl are lost; measure again."
        )
    rows = [*gated(analysis, base, new, margin)]
    if not rows:
        raise UsageError(f"{base} and {new} have no workload in common.")
    if not any(row.visible is not None or row.broken for row in rows):
        raise UsageError(
            f"{base} and {new} share too few valid blocks in any workload: there is nothing to "
            f"compare; `report {analysis.run['id']}` says which rules were broken."
        )
    labels = (analysis.labels[base], analysis.labels[new])
    if markdown:
        click.echo("\n".join(words.markdown(rows, *labels, margin)))
    else:
        for row in rows:
            click.echo(words.line(row, *labels, margin))
        click.echo(words.conclusion(rows, *labels, margin))
    return 1 if any(row.regressed or row.broken for row in rows) else 0
