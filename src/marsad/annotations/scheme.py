"""The annotation scheme: what marks, lines and values are called, in every tool (docs/reference/annotation-scheme.md).

A mark is evidence of an event, and then its label is the event's code, or a part of a claim. Tools that cannot hold a dot in a label have ``territory_control`` for
``territory.control``. Lines lead from what has a part to the part: from the evidence to its source, from a source to its reporting words.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from marsad.codebook import load_codebook
from marsad.model import Label

EVENT = "event"
ROLES = ("agent", "patient", "gainer", "loser", "party")
PARTS: Mapping[str, Label] = {
    "source": Label(en="source", ar="المصدر"),
    "cue": Label(en="reporting words", ar="كلمات النقل"),
    "body": Label(en="body a person speaks for", ar="الجهة التي يتحدث باسمها"),
    "actor": Label(en="actor", ar="الفاعل أو المعني"),
    "place": Label(en="place", ar="المكان"),
    "time": Label(en="time", ar="الزمان"),
    "count": Label(en="count of people", ar="العدد"),
    "who": Label(en="who is counted", ar="المعدودون"),
    "trigger": Label(en="words that name the event", ar="كلمات الحدث"),
    "title": Label(en="title of the article", ar="عنوان المقال"),
}
"""Labels of marks that are no evidence."""
EDGES: Mapping[str, tuple[str, str]] = {
    "source": (EVENT, "source"), **dict.fromkeys(ROLES, (EVENT, "actor")), "place": (EVENT, "place"), "time": (EVENT, "time"), "count": (EVENT, "count"),
    "trigger": (EVENT, "trigger"), "same": (EVENT, EVENT), "cue": ("source", "cue"), "for": ("source", "body"), "who": ("count", "who"),
}  # fmt: skip
"""Labels of lines, and from what to what they lead."""
MANY = frozenset({"source", "count", "same", *ROLES})
"""Lines of which a mark can have several."""
CHOICES: Mapping[str, Mapping[str, str]] = {
    EVENT: {"polarity": "polarities", "modality": "modalities"},
    "source": {"kind": "source_kinds", "stance": "stances", "quote": "quotes"},
    "place": {"precision": "place_precisions"},
    "time": {"precision": "time_precisions"},
    "count": {"kind": "count_kinds"},
}
"""Values that are one of a list, by kind of mark, and the list's name in the codebook (``quotes`` is ours)."""
FREE: Mapping[str, frozenset[str]] = {
    EVENT: frozenset({"time", "id", "review"}),
    "source": frozenset({"id", "for", "text"}),
    "actor": frozenset({"id", "text"}),
    "place": frozenset({"id", "name", "lat", "lon", "country", "text"}),
    "time": frozenset({"from", "to", "text"}),
    "count": frozenset({"min", "max", "approx", "who", "text"}),
}
"""Values that are a number, a day or words."""
USUAL: Mapping[str, str] = {
    "polarity": "affirmed",
    "modality": "actual",
    "stance": "state",
    "quote": "indirect",
}
"""What holds where nothing is said."""
QUOTES: Mapping[str, Label] = {
    "direct": Label(en="direct speech", ar="كلام مباشر"),
    "indirect": Label(en="indirect speech", ar="كلام غير مباشر"),
}
_OTHER_NAMES = {
    "sourcekind": "kind", "countkind": "kind", "placeprecision": "precision", "timeprecision": "precision", "minimum": "min", "maximum": "max", "latitude": "lat",
    "longitude": "lon", "startday": "from", "endday": "to", "speaksfor": "for", "ref": "id", "claimid": "id", "words": "text",
}  # fmt: skip


@cache
def codes() -> Mapping[str, str]:
    """Labels of evidence, as they are and as tools hold them, and the codes that they mean."""
    known = load_codebook().events
    return {**{code: code for code in known}, **{tool_label(code): code for code in known}}


def tool_label(code: str) -> str:
    """A code as tools hold it that allow no dot."""
    return code.replace(".", "_")


def plain(name: str) -> str:
    """A label or name without regard to case, blanks, hyphens and underscores: ``Source-Kind`` is ``sourcekind``."""
    return "".join(name.lower().split()).replace("-", "").replace("_", "")


def label_of(label: str) -> str | None:
    """The code or part that a label means, or None."""
    folded = label.strip().lower()
    return codes().get(folded) or (folded if folded in PARTS else None)


def kind_of(label: str) -> str:
    """What kind of mark has a label of ours: itself for a part, `EVENT` for a code."""
    return label if label in PARTS else EVENT


def value_name(name: str) -> str:
    """Our name of a value."""
    folded = plain(name)
    return _OTHER_NAMES.get(folded, folded)


def allowed(kind: str, name: str) -> Mapping[str, Label] | None:
    """What a value of a kind of mark can be, with labels; None where it is free or not known."""
    listed = CHOICES.get(kind, {}).get(name)
    if listed is None:
        return None
    return QUOTES if listed == "quotes" else load_codebook().values[listed]
