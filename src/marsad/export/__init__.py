"""What a project holds, in the formats that people already use.

`FORMATS` lists them; `marsad.run.exporting` goes through a project and feeds them.
"""

from marsad.export.base import (
    MACHINE,
    ArticleHead,
    ArticleRecord,
    ChangeRecord,
    ClaimRecord,
    Counts,
    Exporter,
    Format,
    IncidentRecord,
    Making,
    Record,
    RecordKind,
    SpellRecord,
)
from marsad.export.bundle import entry_of
from marsad.export.cells import cell
from marsad.export.formats import ALIASES, FORMATS, format_of, maker_of
from marsad.export.map_extent import nearly_all
from marsad.export.masking import PRIVATE, is_private, names_among
from marsad.export.points import point_of
from marsad.export.private_names import masked, within_json, words_for

__all__ = [
    "ALIASES",
    "FORMATS",
    "MACHINE",
    "PRIVATE",
    "ArticleHead",
    "ArticleRecord",
    "ChangeRecord",
    "ClaimRecord",
    "Counts",
    "Exporter",
    "Format",
    "IncidentRecord",
    "Making",
    "Record",
    "RecordKind",
    "SpellRecord",
    "cell",
    "entry_of",
    "format_of",
    "is_private",
    "maker_of",
    "masked",
    "names_among",
    "nearly_all",
    "point_of",
    "within_json",
    "words_for",
]
