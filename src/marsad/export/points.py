"""Where an export says that something lies: never more precisely than is known.

The gazetteer has five decimals for the middle of a town and for the middle of a country alike. An export rounds by precision, so that a point says by itself how rough it is:
four decimals (11 m) for an exact place, as ACLED writes them; two (1 km) within a town or district, one (11 km) for a governorate, none (111 km) for a country. Only the
lossless JSON lines keep what is stored.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marsad.model.place import REACH

DECIMALS: Mapping[str, int] = {"exact": 4, "town": 2, "district": 2, "governorate": 1, "country": 0}
"""Of degrees, by precision; set by hand so that the last decimal is no finer than the precision."""


def point_of(place: Mapping[str, Any] | None) -> tuple[float, float] | None:
    """Latitude and longitude of a place of a claim, an incident or a spell, rounded to what is known; None where it is not on the map.

    A place without a precision is told as ``town``.
    """
    if not place or place.get("lat") is None or place.get("lon") is None:
        return None
    decimals = DECIMALS[place.get("precision") or "town"]
    # Adding zero turns -0.0 into 0.0.
    return round(float(place["lat"]), decimals) + 0.0, round(float(place["lon"]), decimals) + 0.0


def reach_of(place: Mapping[str, Any] | None) -> float | None:
    """How far around its point what is told may lie, in kilometres (`marsad.model.place.REACH`); None where it is not on the map."""
    if point_of(place) is None or place is None:
        return None
    return REACH[place.get("precision") or "town"]
