"""All features, in the order in which they are shown; the dear ones last, since a veto ends the comparison."""

from __future__ import annotations

from marsad.incidents.compare.days import compare_days
from marsad.incidents.compare.event import compare_event
from marsad.incidents.compare.feature import Feature
from marsad.incidents.compare.parties import compare_parties
from marsad.incidents.compare.place import compare_place
from marsad.incidents.compare.tolls import compare_tolls
from marsad.incidents.compare.wording import compare_wording

FEATURES: tuple[Feature, ...] = (
    compare_event,
    compare_place,
    compare_days,
    compare_parties,
    compare_tolls,
    compare_wording,
)
