"""What two readers said of a claim, side by side: the rules first, then the model, part by part where they differ.

Each part knows the words that it stands on, so that a page can lead to them, and the field of a correction that would take it over. Taking a part over is a person's
correction like any other (`marsad.store.reviewing`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from marsad.model import Article, Span
from marsad.model.jsonl import claim_from_json
from marsad.model.readers import PARTS, verdict
from marsad.web.views.chain import Link, chain_of
from marsad.web.views.editing import shaped

READERS = ("rules", "model")
FIELDS: Mapping[str, str] = {"source": "attribution", "stance": "attribution"} | {
    part: part for part in PARTS if part not in ("source", "stance")
}
"""The field of a claim that holds each part."""
_ROLES = {"attribution": "source", "actors": "actor", "counts": "count", "place": "place", "time": "time"}
"""How the words of a field are marked in the text."""
_LEVELS = ((0.9, "high"), (0.7, "good"), (0.5, "fair"), (0.0, "low"))
"""From which confidence on it is called what; the words are in ``words/readers.yml``."""
Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What two readers come to, in short.

    Attributes:
        verdict: One of `marsad.model.readers.VERDICTS`.
        differs: The fields that they tell differently, as `FIELDS` names them, each once.
        confidence: In per cent, how sure it is that the article says so; None where nothing tells.
        level: ``high``, ``good``, ``fair`` or ``low``; "" where nothing tells.
    """

    verdict: str
    differs: Sequence[str] = ()
    confidence: int | None = None
    level: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One reader's reading of one field: its values as JSON, sources as links of a chain, and the name that its words have in the text, "" where it has none there."""

    reader: str
    value: Any
    links: Sequence[Link] = ()
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One field that they tell differently; ``taken`` where the claim, as it stands, has the other reading already."""

    field: str
    readings: Sequence[Reading]
    taken: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SideBySide:
    """Two readings of one claim.

    Attributes:
        own: Whose reading the claim is; ``other`` is the other's.
        differences: What they tell differently.
        alike: The fields that they tell alike.
        open: Whether there is anything left that could be taken over.
    """

    own: str
    other: str
    differences: Sequence[Difference]
    alike: Sequence[str]

    @property
    def open(self) -> bool:
        """Whether any other reading could still be taken over."""
        return any(not one.taken for one in self.differences)


def note_of(claim: Json) -> Note | None:
    """What two readers come to for a claim; None where one read its article."""
    readers = claim.get("readers")
    found = verdict(readers)
    if not readers or found is None:
        return None
    sure = readers.get("confidence")
    known = isinstance(sure, int | float) and 0 <= sure <= 1
    return Note(
        verdict=found, differs=_fields(readers.get("differs") or ()), confidence=round(sure * 100) if known else None,
        level=next(level for least, level in _LEVELS if sure >= least) if known else "",
    )  # fmt: skip


def side_by_side(claim: Json, stands: Json, article: Article) -> SideBySide | None:
    """Both readings of a claim; None where there is no other.

    Args:
        claim: Its JSON as the readers left it.
        stands: The same with what people corrected.
        article: What the spans point into.
    """
    readers = claim.get("readers") or {}
    other = _other(readers, article)
    if other is None:
        return None
    own = next((name for name in readers.get("by") or () if name in READERS), READERS[0])
    read = {own: claim, READERS[own == READERS[0]]: other}
    chains = {reader: chain_of(read[reader], article)[:-1] for reader in READERS}
    now, theirs = shaped(stands), shaped(other)
    differing = _fields(readers.get("differs") or ())
    return SideBySide(
        own=own, other=READERS[own == READERS[0]],
        differences=[
            Difference(
                field=field, taken=now[field] == theirs[field],
                readings=[
                    Reading(reader=reader, value=read[reader].get(field), links=chains[reader] if field == "attribution" else (),
                            name=f"{reader}-{field}" if _spans(read[reader], field) else "")
                    for reader in READERS
                ],
            )
            for field in differing
        ],
        alike=[field for field in dict.fromkeys(FIELDS.values()) if field not in differing and (claim.get(field) or other.get(field))],
    )  # fmt: skip


def words_in(both: SideBySide) -> dict[str, tuple[str, Sequence[Span]]]:
    """Where the words of all readings stand that differ: by name, as what they are marked, and their spans."""
    return {
        reading.name: (_ROLES[one.field], _spans({one.field: reading.value}, one.field))
        for one in both.differences
        for reading in one.readings
        if reading.name
    }


def taken_over(claim: Json, stands: Json, article: Article, fields: Iterable[str]) -> dict[str, Any]:
    """A claim as it stands with fields of the other reading in the place of its own, as a form of correction holds it.

    Args:
        claim: Its JSON as the readers left it.
        stands: The same with what people corrected.
        article: What the spans point into.
        fields: Which fields; those that the readers tell alike are left as they are. ``all`` stands for all that differ.
    """
    values, both = shaped(stands), side_by_side(claim, stands, article)
    other, wanted = shaped(_other(claim.get("readers") or {}, article) or {}), set(fields)
    for one in both.differences if both else ():
        if one.field in wanted or "all" in wanted:
            values[one.field] = other[one.field]
    return values


def _fields(differs: Iterable[str]) -> list[str]:
    """Parts as fields, in the order of the claim, each once."""
    named = {FIELDS[part] for part in differs if part in FIELDS}
    return [field for field in dict.fromkeys(FIELDS.values()) if field in named]


def _other(readers: Json, article: Article) -> Json | None:
    """The other reading, where it can be read: claims may come from a file that somebody else wrote."""
    other = readers.get("other")
    try:
        claim_from_json({"event": "", "evidence": [], **other}, article.id) if other else None
    except (KeyError, TypeError, ValueError, AttributeError):
        return None
    return other or None


def _spans(claim: Json, field: str) -> list[Span]:
    if field not in _ROLES:
        return []
    value = claim.get(field)
    rows = value if isinstance(value, list) else [value] if value else []
    return [
        Span(row["start"], row["end"], row.get("in") or "text")
        for row in rows
        if isinstance(row.get("start"), int) and isinstance(row.get("end"), int)
    ]
