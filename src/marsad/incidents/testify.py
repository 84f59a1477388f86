"""From an article's claims to testimonies: each claim with its root, its sides, its place on the map and the words to compare it by."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Literal

from marsad.incidents.known import Known
from marsad.incidents.roots import roots_of
from marsad.incidents.words import content_words
from marsad.model import Article, Claim
from marsad.model.actor import RoleName
from marsad.model.incident import Part, Root, Says, Spot, Testimony, When
from marsad.model.interval import TimeRef

MOST_WORDS_OF_EVIDENCE = 240
"""Characters of the evidence that a testimony keeps to be shown; the span leads to the rest."""
_BLANKS = re.compile(r"\s+")
_NAMED = re.compile(r"\d|[٠-٩]|ال[اإأ]?ثنين|الاحد|الأحد|الثلاثاء|الأربعاء|الاربعاء|الخميس|الجمعة|السبت")


def testimonies(article: Article, claims: Sequence[Claim], known: Known) -> list[Testimony]:
    """One testimony for each claim of an article.

    Args:
        article: The article.
        claims: All its claims, grounded, in their order (their number is part of what an incident says of them).
        known: Who is who, and what lies where.

    Which articles are near copies is known only when all are in: `marsad.run.reconciling` adds it.
    """
    roots = roots_of(article, claims, known)
    return [
        _testimony(article, (number, claim, root), known)
        for number, (claim, root) in enumerate(zip(claims, roots, strict=True))
    ]


def _testimony(article: Article, told: tuple[int, Claim, Root], known: Known) -> Testimony:
    number, claim, root = told
    span = claim.evidence[0].span
    words = article.words(span)
    return Testimony(
        article=article.id,
        number=number,
        id=claim.id,
        event=sys.intern(claim.event),
        says=_says(claim),
        stance=claim.attribution[0].stance if claim.attribution else None,
        root=root,
        outlet=sys.intern(article.outlet or ""),
        published=article.published or "",
        family="",
        place=_spot(claim, known),
        when=_when(claim.time),
        parts=tuple(_part(actor.role, actor.text, actor.id, (article.day, known)) for actor in claim.actors),
        counts=claim.counts,
        words=content_words(words),
        span=span,
        text=_BLANKS.sub(" ", words[:MOST_WORDS_OF_EVIDENCE]).strip(),
    )


def _says(claim: Claim) -> Says:
    """What the root says of the event; a denial of what is only planned or asked for is no denial of an event."""
    if claim.modality == "demanded":
        return "demands"
    if claim.modality != "actual":
        return "expects"
    denies = claim.polarity == "negated" or (
        bool(claim.attribution) and claim.attribution[0].stance == "deny"
    )
    return "denies" if denies else "affirms"


def _spot(claim: Claim, known: Known) -> Spot | None:
    return known.spot(claim.place) if claim.place else None


def _when(time: TimeRef | None) -> When:
    if time is None or time.start is None:
        return When(None, None)
    tie: Literal["named", "relative", "article"] = "relative"
    if time.precision == "unknown" or not time.text:
        tie = "article"
    elif _NAMED.search(time.text):
        tie = "named"
    return _when_of(time.start, time.end or time.start, time.precision, tie)


_part_of = lru_cache(maxsize=200_000)(Part)
_when_of = lru_cache(maxsize=100_000)(When)


def _part(role: RoleName, text: str, identity: str | None, about: tuple[date | None, Known]) -> Part:
    day, known = about
    return _part_of(role, text, identity or "", known.side(identity, day) if identity else "")
