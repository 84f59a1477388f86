"""Where: a place as written, and the place on the map it stands for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from marsad.model.span import Span

PlacePrecision = Literal["exact", "town", "district", "governorate", "country"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRef:
    """The words that name a place, beside what they were grounded to; what is not known is None."""

    text: str
    span: Span
    name: str | None = None
    id: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: PlacePrecision | None = None
    country: str | None = None
