"""Annotations that people made in brat, INCEpTION or Label Studio, as annotated articles of ours (CODEBOOK section 7).

A reader of each tool's files makes marks and lines of them, and `marsad.annotations.build` makes claims of these. What cannot be used is set aside with its file, its place and the
reason, and the rest is read. `lay_out` goes the other way, for the exports that annotators open.
"""

from marsad.annotations.brat import read_brat
from marsad.annotations.cards import CARDS, read_cards
from marsad.annotations.cas import read_inception
from marsad.annotations.label_studio import read_label_studio
from marsad.annotations.laying import Laid, LaidMark, document_name, lay_out
from marsad.annotations.mapping import read_terms
from marsad.annotations.marks import Annotated, Refused
from marsad.annotations.offsets import POINTS, units
from marsad.annotations.scheme import CHOICES, EDGES, EVENT, MANY, PARTS, ROLES, allowed, tool_label
from marsad.annotations.source import Wanted

__all__ = [
    "CARDS",
    "CHOICES",
    "EDGES",
    "EVENT",
    "MANY",
    "PARTS",
    "POINTS",
    "ROLES",
    "Annotated",
    "Laid",
    "LaidMark",
    "Refused",
    "Wanted",
    "allowed",
    "document_name",
    "lay_out",
    "read_brat",
    "read_cards",
    "read_inception",
    "read_label_studio",
    "read_terms",
    "tool_label",
    "units",
]
