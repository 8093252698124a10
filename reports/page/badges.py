"""What a reader asks beside the headline: proven? at a steady pace? how noisy? on what machine?"""

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from reports.analysis.analysed import Analysis
from reports.analysis.spread import block_spreads
from reports.analysis.steadiness import Pace
from reports.words.workloads import counted, pings


@dataclass(frozen=True, slots=True, kw_only=True)
class Badge:
    """A glyph, a few words, and the id of the place that tells more; `warns` where all is not well."""

    glyph: str
    text: str
    link: str
    warns: bool = False


def badges(analysis: Analysis) -> tuple[Badge, ...]:
    """Proof, pace, noise and machine, in this order; what is not known is left out."""
    return (
        _proof(analysis),
        *_paces(analysis),
        *_noise(analysis),
        _machine(analysis),
    )


def _proof(analysis: Analysis) -> Badge:
    invocations = analysis.frames.invocations
    seen, broken = int(invocations["pings"].sum()), int((invocations["broken"] > 0).sum())
    if analysis.live:
        return Badge(glyph="○", text="live sites, nothing proven", link="limits", warns=True)
    if broken:
        text = f"{broken} of {counted(len(invocations), 'invocation')} broke a rule"
        return Badge(glyph="✕", text=text, link="proof", warns=True)
    checked = pings(seen) if seen else counted(len(invocations), "invocation")
    return Badge(glyph="✓", text=f"{checked} proven", link="proof")


def _paces(analysis: Analysis) -> Iterator[Badge]:
    rows = [row for row in analysis.summary["paces"] if row["low"] is not None]
    if rows:
        kept = sum(Pace(row["pace"]).allows_verdict for row in rows)
        all_kept = kept == len(rows)
        yield Badge(
            glyph="✓" if all_kept else "∿",
            text=f"{kept} of {len(rows)} kept their pace",
            link="limits",
            warns=not all_kept,
        )


def _noise(analysis: Analysis) -> Iterator[Badge]:
    spreads = block_spreads(analysis.run, analysis.frames).values()
    alarms = {
        "null arm": any(row["alarm"] for row in analysis.summary["null_arm"]),
        "twins": any(row["alarm"] for row in analysis.summary["twins"]),
    }
    for name in (name for name, alarm in alarms.items() if alarm):
        yield Badge(glyph="✕", text=f"{name} alarm", link="limits", warns=True)
    if spreads:
        usual, most = median(spreads), max(spreads)
        yield Badge(
            glyph="±",
            text=f"blocks differ {usual:.2f}×, some {most:.2f}×",
            link="limits",
            warns=analysis.notes.noise.uneven is not None,
        )


def _machine(analysis: Analysis) -> Badge:
    machine = analysis.run["machine"]
    virtual = ", virtual" if machine["virtualised"] else ""
    text = f"{machine['cpu']}, {counted(machine['cores'], 'core')}{virtual}"
    return Badge(glyph="▣", text=text, link="machine")
