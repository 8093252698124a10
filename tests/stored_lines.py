"""Lines with their pings as text, as tests write them and schema 1 had them, stored as today.

    store_lines(folder, run, lines)      invocations.jsonl and pings.bin

What text does not say of an origin's record is made up as an honest program would have had it.
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from results.failures import CODES
from results.format import INVOCATIONS_FILE, PINGS_FILE, RunFile, WorkloadPlan
from results.invocation import described
from results.line_format import Packet
from results.packets import packed
from results.pings import StoredPings


def store_lines(folder: Path, run: RunFile, lines: Iterable[Mapping[str, Any]]) -> None:
    """Append the lines and their packets to the files of a run, made where there are none."""
    plans = {plan["name"]: plan for plan in run["workloads"]}
    with (folder / INVOCATIONS_FILE).open("a") as text, (folder / PINGS_FILE).open("ab") as packets:
        for line in lines:
            stored = stored_of(line, plans[line["workload"]], run["sites"])
            place = None
            if stored is not None:
                packet = packed(stored)
                place = described(packet, packets.tell(), stored)
                packets.write(packet)
            text.write(f"{json.dumps(_line(line, stored, place))}\n")


def stored_of(
    line: Mapping[str, Any], plan: WorkloadPlan, live: list[list[str]] | None
) -> StoredPings | None:
    """Return both sides of a line's pings; None where its records have none."""
    records = line["iterations"]
    if not records or "pings" not in records[0]:
        return None
    origin = line["origin"] or {"accepted": [], "seen": [], "sent": []}
    chains = [len(chain) for chain in records[0]["pings"]]
    visits = [] if live else _visits(plan["params"])
    pings = [ping for record in records for chain in record["pings"] for ping in chain]
    rows = np.array([[_number(value) for value in ping] for ping in pings], dtype=np.int64).T
    accepted, seen, sent = (_array(origin[key]) for key in ("accepted", "seen", "sent"))
    order = np.argsort(seen, kind="stable")
    site = np.tile(_array(visits), len(records))[order] if seen.size else _array([])
    opened = np.stack([accepted[order], site])
    connections, first, connection = np.unique(
        opened, axis=1, return_index=True, return_inverse=True
    )
    heads = tuple(f"HEAD /x HTTP/1.1\r\nHost: 127.0.0.{n}:80\r\n\r\n".encode() for n in range(256))
    return StoredPings(
        chains=_array(chains),
        visits=_array(visits),
        start=rows[0],
        connect=rows[1],
        head=rows[2],
        end=rows[3],
        status=rows[4],
        connection_site=connections[1],
        accepted=connections[0],
        connection=connection.reshape(-1),
        seen=seen[order],
        sent=sent[order],
        request_head=site,
        answered=np.full(seen.size, 200),
        coalesced=np.zeros(seen.size, dtype=np.int64),
        heads=heads[: max(visits, default=-1) + 1],
        incomplete_connection=_array([]),
        incomplete=(),
    )


def _visits(params: Mapping[str, int]) -> list[int]:
    sites = params["chains"] * params["sites_per_chain"]
    return [site for site in range(sites) for _ in range(params["pings_per_site"])]


def _line(
    line: Mapping[str, Any], stored: StoredPings | None, place: Packet | None
) -> dict[str, Any]:
    records = [{k: v for k, v in r.items() if k != "pings"} for r in line["iterations"]]
    origin = line["origin"]
    if origin is not None:
        times = ("accepted", "seen", "sent")
        origin = {k: v for k, v in origin.items() if k not in times} | {"unrecorded": 0}
        origin["joined"] = stored is not None and stored.joined() is not None
    return {**line, "job": None, "iterations": records, "origin": origin, "pings": place}


def _number(value: object) -> int:
    return -1 if value is None else CODES[value] if isinstance(value, str) else int(str(value))


def _array(values: object) -> Any:
    return np.array(values, dtype=np.int64)
