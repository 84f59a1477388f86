"""Where: a place as written, the place on the map it stands for, and the gazetteer's own row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from marsad.model.span import Span

PlacePrecision = Literal["exact", "town", "district", "governorate", "country"]

REACH: Mapping[str, float] = {
    "exact": 3.0,
    "town": 5.0,
    "district": 15.0,
    "governorate": 60.0,
    "country": 400.0,
}
"""Kilometres that a place of a precision reaches, for where the gazetteer's own row (`Place.radius`) is not at hand; set by hand."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place that the gazetteer knows.

    Attributes:
        id: ``SY``, ``SY-HM``, ``geonames:170017`` or ``marsad:sy-hm-arzah``; the same in every run.
        name: The English name, neutral.
        ar: The Arabic name as news writes it, or "" where none is known.
        kind: ``country``, ``governorate``, ``city``, ``village``, ``quarter``, ``airport`` ... (docs/reference/places-and-actors).
        country: ISO 3166-1 alpha-2, or "" for a sea or a region of several countries.
        admin: Code of the governorate (``SY-HM``), or "".
        parent: Id of the place that it lies in, or "".
        lat: Degrees north.
        lon: Degrees east.
        precision: To what a claim "in" this place is known.
        radius: How far it reaches from its point, with the doubt of the point, in kilometres.
        population: Inhabitants by the source, 0 where not known.
        origin: Where the row comes from: ``overlay: memory ...``, ``geonames cities500`` ...
        layer: 0 the packaged names, 1 what the user fetched, 2 our overlay, 3 the user's own file; more wins.
    """

    id: str
    name: str
    ar: str
    kind: str
    country: str
    admin: str
    parent: str
    lat: float
    lon: float
    precision: PlacePrecision
    radius: float
    population: int
    origin: str
    layer: int
