"""The front door of this room: claims as written in, the same claims tied to days out.

Places and actors are tied to the map and to a register by later work; what is not known here stays None.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from marsad.grounding.times import article_day, resolve
from marsad.model import Article, Claim, TimeRef


def ground(claims: Sequence[Claim], article: Article) -> list[Claim]:
    """Resolve the times of an article's claims against the day on which it was written.

    A claim without words of time has the article's day with precision ``unknown`` (CODEBOOK section 5); an article without
    a day gives times only where the words themselves hold a date.
    """
    published = article.day
    written = article_day((c.time.expr for c in claims if c.time and c.time.expr), published)
    return [_ground(claim, published, written) for claim in claims]


def _ground(claim: Claim, published: date | None, written: date | None) -> Claim:
    time = claim.time or TimeRef()
    future = claim.modality == "planned"
    interval = resolve(time.expr, written, future=future) if time.expr is not None else None
    if interval is None:
        return replace(claim, time=replace(time, start=published, end=published, precision="unknown"))
    return replace(
        claim, time=replace(time, start=interval.start, end=interval.end, precision=interval.precision)
    )
