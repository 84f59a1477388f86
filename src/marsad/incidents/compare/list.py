"""All features, in the order in which they are asked and shown: the cheap ones and those with vetoes first."""

from __future__ import annotations

from marsad.incidents.compare.days import compare_days
from marsad.incidents.compare.event import compare_event
from marsad.incidents.compare.feature import Feature
from marsad.incidents.compare.parties import compare_parties
from marsad.incidents.compare.place import compare_place
from marsad.incidents.compare.tolls import compare_tolls
from marsad.incidents.compare.wording import compare_wording

_MOST = {compare_parties: 2.5, compare_tolls: 3.2, compare_wording: 4.5}
"""The most points that these give."""
_IN_ORDER = (compare_event, compare_place, compare_days, compare_parties, compare_tolls, compare_wording)

FEATURES: tuple[tuple[Feature, float], ...] = tuple(
    (feature, sum(_MOST.get(later, 3.0) for later in _IN_ORDER[number + 1 :]))
    for number, feature in enumerate(_IN_ORDER)
)
"""Each feature with the most points that those after it can still add."""
