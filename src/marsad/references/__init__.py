"""Reference layers: event files of others (ACLED, UCDP GED), read for comparison and never kept.

Each row becomes a `ReferenceEvent` as its file has it. The rows are theirs: they are held in memory while they are compared and go to no store.
"""

from marsad.references.event import Deaths, Origin, ReferenceEvent
from marsad.references.kinds import FORCE, acled_fit, acled_types, their_group, ucdp_records
from marsad.references.read import origin_of, read_events

__all__ = [
    "FORCE",
    "Deaths",
    "Origin",
    "ReferenceEvent",
    "acled_fit",
    "acled_types",
    "origin_of",
    "read_events",
    "their_group",
    "ucdp_records",
]
