"""Looking a name up by hand: all places that it can be, scored by what is said to be around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from marsad.errors import InputError
from marsad.grounding.place_keys import key_of, name_words, place_key
from marsad.grounding.place_lookup import Lookup, Named
from marsad.grounding.places import Choice, Context, choose
from marsad.model import Place

_PARTS = re.compile(r"[,،;؛/]| و(?=\w)| - ")
_LINKS = frozenset(("في", "بين", "قرب", "من", "عند"))


def search(lookup: Lookup, name: str, inside: Sequence[str] = (), near: Sequence[str] = ()) -> Choice:
    """The places that a name can be, the best first, and which of them is meant, if one is sure enough.

    Args:
        lookup: The gazetteer.
        name: Arabic, or Latin.
        inside: Names or codes of what it lies in: a governorate, a country, a town (حلب, SY-HL, SY).
        near: Names of places that the same text names.

    Raises:
        InputError: a name given for ``inside`` or ``near`` is not known.
    """
    units = tuple(_known(lookup, one, "in") for one in inside)
    anchors = tuple(_known(lookup, one, "near", units) for one in near)
    evidence: dict[str, float] = {}
    for place in (*units, *anchors):
        if place.country:
            evidence[place.country] = evidence.get(place.country, 0.0) + 1.0
    named = _named(lookup, name)
    if not named.places:
        named = lookup.nearly(named, [unit.admin for unit in units if unit.admin])
    return choose(named, units, Context(evidence, anchors))


def _named(lookup: Lookup, name: str) -> Named:
    """What a name can be: as it stands, else what its parts can be, the first that is known ("سد كذا، منبج", "مخيم في قرية كذا", "كذا وكذا")."""
    if name.isascii():
        return Named(lookup.gazetteer.named(place_key(name)), words=tuple(name_words(name)))
    whole = _whole(lookup, name_words(name))
    if whole.places:
        return whole
    for part in _PARTS.split(name):
        words = name_words(part)
        starts = [0, *(index + 1 for index, word in enumerate(words) if word in _LINKS)]
        for start in starts:
            found = _whole(lookup, words[start:])
            if found.places:
                return found
    return whole


def _whole(lookup: Lookup, words: list[str]) -> Named:
    if not words:
        return Named()
    found = lookup.find(words)
    return found if found.places else replace(found, places=lookup.gazetteer.named(key_of(words)))


def _known(lookup: Lookup, name: str, what: str, units: tuple[Place, ...] = ()) -> Place:
    """The place of a code or a name; a governorate before the city of its name where it is what something lies in."""
    if place := lookup.gazetteer.place(name.upper()) or lookup.gazetteer.place(name):
        return place
    named = _named(lookup, name)
    if what == "in":
        rows = lookup.gazetteer.named(place_key(name)) or named.places
        wide = [row for row in rows if row.kind in ("governorate", "country", "region")]
        named = replace(named, places=tuple(wide) or rows)
    chosen = choose(named, units, Context({}))
    if not chosen.scored:
        raise InputError(f"--{what} {name!r}: no such place is known")
    return chosen.place or chosen.scored[0].place
