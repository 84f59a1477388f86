"""An event as a reference file has it, with the days and the ground that its precision really covers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from marsad.model.interval import TimePrecision

Origin = Literal["acled", "ucdp"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deaths:
    """People killed as the file has them; None where it says nothing. ACLED gives ``best`` only."""

    low: int | None = None
    best: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceEvent:
    """A row of a reference file.

    Attributes:
        id: As the file has it (``event_id_cnty``, ``id``).
        origin: Whose format it is.
        line: Line of the file on which the row ends.
        first_day: First day that its date may mean: ACLED's day within a week stands for three days on either side, its day within a month for the month.
        last_day: Last such day.
        precision: Of its date.
        lat: Degrees north, None where the row has no point.
        lon: Degrees east, likewise.
        reach: How far from its point it may lie, in kilometres, by its code of precision.
        place: Name of the place.
        admin: Name of the first-level division, or "".
        country: Name of the country.
        group: The wider type in their words: ``Battles``; of UCDP the type of violence.
        kind: The narrower type in their words, or "" where there is none.
        actors: Names of who took part, in their words, each once.
        deaths: People killed.
        sources: Their words for where they have it from.
        notes: Their description.
    """

    id: str
    origin: Origin
    line: int
    first_day: date
    last_day: date
    precision: TimePrecision
    lat: float | None
    lon: float | None
    reach: float
    place: str
    admin: str
    country: str
    group: str
    kind: str = ""
    actors: tuple[str, ...] = ()
    deaths: Deaths = Deaths()
    sources: tuple[str, ...] = ()
    notes: str = ""

    @property
    def type_words(self) -> str:
        """The narrowest type that the row gives."""
        return self.kind or self.group
