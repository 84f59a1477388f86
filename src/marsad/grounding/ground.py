"""The front door of this room: a claim as written in, the same claim tied to days out.

Places and actors are tied to the map and to a register by later work; what is not known here stays None.
"""

from __future__ import annotations

from dataclasses import replace

from marsad.grounding.times import resolve
from marsad.model import Article, Claim, TimeRef


def ground(claim: Claim, article: Article) -> Claim:
    """Resolve a claim's time against the day of its article.

    A claim without words of time has the article's day with precision ``unknown`` (CODEBOOK section 5); an article without
    a day gives times only where the words themselves hold a date.
    """
    day = article.day
    time = claim.time or TimeRef()
    interval = resolve(time.expr, day) if time.expr is not None else None
    if interval is None:
        return replace(claim, time=replace(time, start=day, end=day, precision="unknown"))
    return replace(
        claim, time=replace(time, start=interval.start, end=interval.end, precision=interval.precision)
    )
