"""The front door of this room: claims as written in, the same claims tied to days, to the map and to the register out.

The words stay beside what they were grounded to; what is not known stays None.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from marsad.grounding.actors import Known, Namer, is_ours, is_theirs
from marsad.grounding.gazetteer import BUILT, Gazetteer
from marsad.grounding.locate import Locator
from marsad.grounding.place_lookup import Lookup
from marsad.grounding.register import Register
from marsad.grounding.scene import scene_of
from marsad.grounding.times import article_day, resolve
from marsad.model import Claim, Reading, Source, TimeRef
from marsad.model.claim import Origin

_ACTING = frozenset(("agent", "party", "gainer"))
"""Roles in which an adjective alone ("قصف روسي") stands for a state."""


@dataclass(frozen=True, slots=True)
class GroundingKit:
    """What grounding needs to know: the gazetteer and the register."""

    lookup: Lookup
    register: Register
    version: str

    @classmethod
    def load(cls, layers: Sequence[Path] = (), extra: Sequence[Mapping[str, Any]] = ()) -> GroundingKit:
        """The kit from the built files, the user's own gazetteer files and the rows of the user's own register.

        Raises:
            MarsadError: a file is missing or is none.
        """
        gazetteer = Gazetteer((BUILT, *layers))
        register = Register(extra=extra)
        return cls(Lookup(gazetteer), register, f"{gazetteer.version}-{register.version}")


def ground(claims: Sequence[Claim], reading: Reading, kit: GroundingKit) -> list[Claim]:
    """Tie an article's claims to days and places.

    A claim without words of time has the article's day with precision ``unknown`` (CODEBOOK section 5); an article without
    a day gives times only where the words themselves hold a date. A place that is not known has the smallest known one around it.
    """
    if not claims:
        return []
    published = reading.article.day
    written = article_day((c.time.expr for c in claims if c.time and c.time.expr), published)
    outlet = kit.register.outlet(reading.article.outlet, reading.article.url)
    scene = scene_of(reading, kit.lookup, outlet.country if outlet else "")
    locator = Locator(scene, kit.lookup)
    namer = Namer(kit.register, scene, published)
    return [_grounded(claim, _time(claim, published, written), locator, namer) for claim in claims]


def _grounded(claim: Claim, time: TimeRef, locator: Locator, namer: Namer) -> Claim:
    """The claim with its days, its place, and the ids of its actors and sources; "our forces" are those of whose word it is."""
    told: list[Origin] = []
    place = claim.place
    if place is not None:
        located = locator.locate(place)
        place = located.ref
        told.append(located.origin)
    country = place.country if place and place.country else ""
    chain = tuple(_voiced(source, namer, country) for source in claim.attribution)
    actors = []
    for actor in claim.actors:
        known = namer.name(actor.text, actor.span, country, acts=actor.role in _ACTING)
        own = is_ours(actor.text) or (actor.role in _ACTING and is_theirs(actor.text))
        if known.id is None and chain and chain[0].id and own:
            known = Known(chain[0].id, "of whose word it is")
        if known.id:
            told.append(Origin(part="register", rule=f"{known.id}: {known.reason}", words=actor.text))
        actors.append(replace(actor, id=known.id) if known.id else actor)
    origin = (*claim.origin, *told)
    return replace(claim, time=time, place=place, actors=tuple(actors), attribution=chain, origin=origin)


def _voiced(source: Source, namer: Namer, country: str) -> Source:
    """A source with its id: its own, or that of the body it speaks for."""
    if source.kind == "unnamed":
        body = source.body or _behind_link(source.text)
        told = namer.voice(body, None, country) if body else None
        return replace(source, id=told.id) if told and told.id else source
    known = namer.voice(source.text, source.span, country)
    if known.id is None and source.body:
        known = namer.voice(source.body, None, country)
        if known.id is None:
            known = namer.name(source.body, source.span, country)
    return replace(source, id=known.id) if known.id else source


_LINK = re.compile(r"\s(?:في|من|لدى|داخل)\s+")


def _behind_link(text: str) -> str:
    """Of whom an unnamed source is: "مصدر في حركة كذا" speaks from the movement."""
    found = _LINK.search(text)
    return text[found.end() :] if found else ""


def _time(claim: Claim, published: date | None, written: date | None) -> TimeRef:
    time = claim.time or TimeRef()
    future = claim.modality == "planned"
    interval = resolve(time.expr, written, future=future) if time.expr is not None else None
    if interval is None:
        return replace(time, start=published, end=published, precision="unknown")
    return replace(time, start=interval.start, end=interval.end, precision=interval.precision)
