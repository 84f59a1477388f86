"""brat's configuration for our scheme: what there is to mark (``annotation.conf``), how it is called in English and Arabic and shown (``visual.conf``), and how texts are cut (``tools.conf``).

Colours go by family of events and by kind of part, never by who is meant: brat sees no side.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from marsad.annotations import EDGES, EVENT, MANY, PARTS, ROLES, allowed, tool_label
from marsad.codebook import Codebook, load_codebook

ATTRIBUTES: Mapping[str, Mapping[str, str]] = {
    EVENT: {"polarity": "Polarity", "modality": "Modality"},
    "source": {"kind": "SourceKind", "stance": "Stance", "quote": "Quote"},
    "place": {"precision": "PlacePrecision"},
    "time": {"precision": "TimePrecision"},
    "count": {"kind": "CountKind", "approx": "Approx"},
}
"""What values are called as attributes; the others stand in notes."""
_LINES_OF_PARTS = [(role, ends) for role, ends in EDGES.items() if ends[0] != EVENT]
_COLOURS = "#cfe3f5 #f7d9c4 #e3d4f0 #f3e2a9 #d3ead0 #f2cfd8 #cdebe8 #e6e0cf #d9dbe8 #f6cfe8 #d6e6b5 #e9d3c0 #c9dcd2 #e0e0e0".split()
_PART_COLOUR = "#f4f4f4"


def settings_files() -> dict[str, str]:
    """The files by their names."""
    codebook = load_codebook()
    return {
        "annotation.conf": "\n".join([*_marks(codebook), ""]),
        "visual.conf": "\n".join([*_looks(codebook), ""]),
        "tools.conf": "[options]\nValidation\tvalidate:none\nTokens\ttokenizer:whitespace\nSentences\tsplitter:newline\nAnnotation-log\tlogfile:<NONE>\n",
    }


def _marks(codebook: Codebook) -> Iterator[str]:
    yield "# Made by Marsad; docs/reference/annotation-scheme.md says what everything means."
    yield "[entities]"
    yield from PARTS
    yield "[events]"
    for family in codebook.families:
        yield f"!{family}"
        for event in codebook.family(family):
            roles = [f"{role.capitalize()}*:actor" for role in ROLES]
            parts = [
                f"{role.capitalize()}{'*' if role in MANY else '?'}:{end}"
                for role, (start, end) in EDGES.items()
                if start == EVENT and end in PARTS and end != "actor"
            ]
            yield f"\t{tool_label(event.code)}\t{', '.join([*parts, *roles, 'Same?:<EVENT>'])}"
    yield "[relations]"
    for role, (start, end) in _LINES_OF_PARTS:
        yield f"{role.capitalize()}\tArg1:{start}, Arg2:{end}"
    yield "[attributes]"
    for kind, names in ATTRIBUTES.items():
        for name, attribute in names.items():
            listed = allowed(kind, name)
            values = f", Value:{'|'.join(listed)}" if listed else ""
            yield f"{attribute}\tArg:{'<EVENT>' if kind == EVENT else kind}{values}"


def _looks(codebook: Codebook) -> Iterator[str]:
    yield "[labels]"
    for event in codebook.events.values():
        yield f"{tool_label(event.code)} | {event.label.en} · {event.label.ar} | {event.label.ar} | {event.label.en}"
    for name, label in (*((family, label) for family, label in codebook.families.items()), *PARTS.items()):
        yield f"{name} | {label.en} · {label.ar} | {label.ar} | {label.en}"
    for role in ROLES:
        label = codebook.values["roles"][role]
        yield f"{role.capitalize()} | {label.en} · {label.ar} | {label.ar} | {role}"
    yield "[drawing]"
    yield "SPAN_DEFAULT\tfgColor:black, bgColor:#f4f4f4, borderColor:darken"
    yield "ARC_DEFAULT\tcolor:#444444, dashArray:-, arrowHead:triangle-5"
    yield "ATTRIBUTE_DEFAULT\tglyph:*"
    for colour, family in zip(_COLOURS, codebook.families, strict=False):
        for event in codebook.family(family):
            yield f"{tool_label(event.code)}\tbgColor:{colour}"
    for part in PARTS:
        yield f"{part}\tbgColor:{_PART_COLOUR}"
    yield "[options]"
    yield "Text\tdirection:rtl"
