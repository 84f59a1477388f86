"""A claim as JSON for others: what it says and where that stands, without names of private persons and without how the machine came to it.

Names are words of the text, so a name is masked wherever a part of the claim stands on it: in the chain of sources, as an actor, in what counts whom. The positions stay, for they
name nobody. ``origin`` (which rule and which words found each part) and ``readers`` (what another reader made of it) stay at home: they are for those who mend a reader, and
their words may be such names.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from marsad.export.base import ClaimRecord, Json, Making
from marsad.export.masking import PRIVATE, Spans, hidden_names, touches
from marsad.export.points import point_of
from marsad.export.private_names import without

_AT_HOME = ("origin", "readers")


def open_claim(claim: ClaimRecord, making: Making) -> Json:
    """The claim of the codebook without ``origin`` and ``readers``, its place rounded to what is known; texts on spans of private persons are `PRIVATE` unless the making lets them out."""
    data = {name: value for name, value in claim.data.items() if name not in _AT_HOME}
    point = point_of(data.get("place"))
    if point is not None:
        data["place"] = {**data["place"], "lat": point[0], "lon": point[1]}
    names = hidden_names(claim, making)
    if names or (claim.private and not making.private):
        word = PRIVATE[making.lang]
        for field in ("attribution", "actors", "counts"):
            data[field] = [_masked(row, claim.private, names, word) for row in data.get(field) or ()]
        for field in ("place", "time"):
            if (data.get(field) or {}).get("text"):
                data[field] = {**data[field], "text": without(data[field]["text"], names)}
    return data


def _masked(row: Mapping[str, Any], private: Spans, names: Sequence[str], word: str) -> Json:
    """A part of a claim with ``word`` for each text that stands on a private person's name or holds one."""
    on_name = touches(private, row.get("in") or "text", row.get("start"), row.get("end"))
    made = dict(row)
    for field in ("text", "who", "for"):
        said = row.get(field)
        if said and (on_name or without(said, names) != said):
            made[field] = word if on_name or not row.get("id") else without(said, names)
    return made


def known_root(claim: ClaimRecord) -> str | None:
    """The key of a claim's root where it is an outlet's or the register's; other keys are words of the text, which may name private persons."""
    links = claim.data.get("attribution") or ()
    if claim.root and (claim.root.startswith("outlet:") or (links and links[0].get("id") == claim.root)):
        return claim.root
    return None
