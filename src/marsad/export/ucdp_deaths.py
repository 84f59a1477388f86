"""The deaths of an incident in UCDP's columns: best, low and high from the figures of the roots, and of the best one who died."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from marsad.export.base import IncidentRecord
from marsad.export.coders_tolls import DEADLY, Toll, best_of, deaths_told, tolls_of
from marsad.export.coders_words import kind_of
from marsad.export.ucdp_sides import Dyad, Side

_HIT = ("patient", "loser")


@dataclass(frozen=True, slots=True, kw_only=True)
class Deaths:
    """Figures of a row; ``a``, ``b``, ``civilians`` and ``unknown`` make up ``best``."""

    best: int
    low: int
    high: int
    a: int = 0
    b: int = 0
    civilians: int = 0
    unknown: int = 0


def deaths_of(record: IncidentRecord, dyad: Dyad) -> Deaths | None:
    """The deaths of an incident; None where no root affirms one."""
    tolls = tolls_of(record)
    if not tolls:
        least, told = deaths_told(record), [row for row in record.data["claims"] if row["event"] in DEADLY]
        who = "civilians" if told and all(_struck(row) == {"civilians"} for row in told) else "unknown"
        return Deaths(best=least, low=least, high=least, **{who: least}) if least else None
    best, _ = best_of(tolls)
    if not max(toll.high for toll in tolls):
        return None
    giver = next(toll for toll in tolls if toll.figure == best)
    split = _split(giver, best, dyad)
    return Deaths(
        best=best, low=min(toll.low for toll in tolls), high=max(toll.high for toll in tolls),
        unknown=best - sum(split.values()), **split,
    )  # fmt: skip


def _split(toll: Toll, best: int, dyad: Dyad) -> dict[str, int]:
    """How much of the best figure is of side a, of side b, and of civilians, by the claim that gives it."""
    who = kind_of(f"{toll.count['text']} {toll.count.get('who') or ''}")
    if who == "civilians" or (who in ("words", "nobody") and _struck(toll.told) == {"civilians"}):
        return {"civilians": best}
    hit = _hit(toll.told, dyad)
    if hit and (who in ("fighters", "regulars") or _names_it(toll)):
        return {hit: best}
    parts = [count for count in toll.told.get("counts") or () if _is_part(count, toll)]
    civilians = max((count["min"] for count in parts), default=0)
    return {"civilians": min(civilians, best)}


def _struck(told: Mapping[str, Any]) -> set[str]:
    """What the words for those whom the claim says were hit say of them; actors of the register are ``known``."""
    rows = [row for row in told.get("actors") or () if row["role"] in _HIT]
    kinds: set[str] = {"known" if row.get("id") else kind_of(row.get("text") or "") for row in rows}
    return kinds - {"nobody"}


def _hit(told: Mapping[str, Any], dyad: Dyad) -> str:
    """Which side the claim says was hit, where it says so of one only."""
    ids = {row["id"] for row in told.get("actors") or () if row["role"] in _HIT and row.get("id")}
    sides: Sequence[tuple[str, Side | None]] = (("a", dyad.a), ("b", dyad.b))
    found = [name for name, side in sides if side and side.sort != "civilians" and side.ids & ids]
    return found[0] if len(found) == 1 else ""


def _names_it(toll: Toll) -> bool:
    """Whether those counted are the actor that is hit itself ("thirty of the Houthis"): its words are the count's."""
    said = f"{toll.count['text']} {toll.count.get('who') or ''}"
    return any(
        row.get("text") and row["text"] in said
        for row in toll.told.get("actors") or ()
        if row["role"] in _HIT and row.get("id")
    )


def _is_part(count: Mapping[str, Any], toll: Toll) -> bool:
    return (
        count is not toll.count
        and count["kind"] == "killed"
        and count["min"] is not None
        and count["min"] <= toll.figure
        and kind_of(f"{count['text']} {count.get('who') or ''}") == "civilians"
    )
