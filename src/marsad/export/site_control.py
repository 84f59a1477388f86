"""Spells of control as people read them in the site and in the report: labels only, so that no private person is named."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marsad.export.base import Making, SpellRecord
from marsad.export.site_pages import name_of
from marsad.export.site_shelf import Spell
from marsad.export.site_words import Words, plain
from marsad.export.wording import actor_words, place_words


def spell_of(record: SpellRecord, words: Words, making: Making) -> Spell:
    """A spell in the words of an export; of its roots those that the register knows are named, the others counted."""
    data = record.data
    known = [making.names.label(root) for root in data["roots"]]
    named = list(dict.fromkeys(making.said(one) for one in known if one))
    nameless = sum(one is None for one in known)
    if nameless:
        named.append(words("control.more" if named else "control.unnamed", n=nameless))
    return Spell(
        place=plain(place_words(data["place"], making)), number=record.number, state=data["state"], holder=_party(data.get("holder"), making),
        claimant=_party(data.get("claimant"), making), first=data["from"] or "", last=data["to"] or "", roots=words("comma").join(named),
        incidents=" ".join(map(name_of, data["incidents"])), id=record.id,
    )  # fmt: skip


def _party(row: Mapping[str, Any] | None, making: Making) -> str:
    return plain(actor_words({"id": row.get("id"), "text": row.get("label")}, making)) if row else ""
