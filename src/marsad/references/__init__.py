"""Reference layers: event files of others (ACLED, UCDP GED), read for comparison and never kept.

Each row becomes a `ReferenceEvent` as its file has it. The rows are theirs: they are held in memory while they are compared and go to no store.
"""

from marsad.references.event import Origin, ReferenceEvent
from marsad.references.kinds import acled_fit, acled_types, their_group, ucdp_records
from marsad.references.read import read_events

__all__ = [
    "Origin",
    "ReferenceEvent",
    "acled_fit",
    "acled_types",
    "read_events",
    "their_group",
    "ucdp_records",
]
