"""What a project holds, in the formats that people already use.

`FORMATS` lists them; `marsad.run.exporting` goes through a project and feeds them.
"""

from marsad.export.base import (
    ArticleHead,
    ArticleRecord,
    ChangeRecord,
    ClaimRecord,
    Exporter,
    Format,
    IncidentRecord,
    Making,
    Names,
    Record,
    SpellRecord,
)
from marsad.export.formats import ALIASES, FORMATS, format_of, maker_of

__all__ = [
    "ALIASES",
    "FORMATS",
    "ArticleHead",
    "ArticleRecord",
    "ChangeRecord",
    "ClaimRecord",
    "Exporter",
    "Format",
    "IncidentRecord",
    "Making",
    "Names",
    "Record",
    "SpellRecord",
    "format_of",
    "maker_of",
]
