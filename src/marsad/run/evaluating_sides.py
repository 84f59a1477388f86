"""The groups in which claims are measured: families of events, outlets, and the sides that speak or act.

The side of a claim is that of its nearest source; where the register knows no side of it (a monitor, witnesses, the article itself), that of who did it. A predicted
claim that is matched counts where its annotated one counts, so that a side is not charged for what the annotation has; one that is not matched
counts where it stands by its own source or agent, be that a side that gold does not have.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path

from marsad.run.evaluating_claims import Json, family_of, nearest

UNKNOWN = "(unknown)"
"""The group of what has no outlet, or of which no side is known."""
GROUPINGS = ("family", "outlet", "side")
_DOERS = ("agent", "gainer")

Group = Callable[[Json, Json], str]
"""The group of a claim, from its article (as in gold) and itself."""


def grouping(name: str, data: Path | None = None) -> Group:
    """How claims are grouped by one of `GROUPINGS`.

    Args:
        name: Which.
        data: The user's folder, whose actors are known, too.

    Raises:
        MarsadError: the register has not been built, or the user's cannot be used.
    """
    if name == "side":
        return Sides(data).of_claim
    return _family if name == "family" else _outlet


def _family(_article: Json, claim: Json) -> str:
    return family_of(claim["event"])


def _outlet(article: Json, _claim: Json) -> str:
    return article.get("outlet") or UNKNOWN


class Sides:
    """The sides of claims, by the register.

    Args:
        data: The user's folder, or None.
    """

    def __init__(self, data: Path | None = None) -> None:
        from marsad.grounding import Register
        from marsad.run.own_data import OwnData

        self._register = Register(extra=OwnData.of(data).actors)
        self._named = cache(self._side_named)

    def of_claim(self, article: Json, claim: Json) -> str:
        """The side's id, or `UNKNOWN`. Ids go before names; a name counts where all actors who bear it were on one side on the day of publication."""
        day = str(article.get("published") or "")[:10]
        country = str((claim.get("place") or {}).get("country") or "")
        for row in _speakers(claim):
            names = (row.get("id"), row.get("text"), row.get("for"), *(row.get("also") or ()))
            for name in names:
                if name and (side := self._named(name, country, day)):
                    return side
        return UNKNOWN

    def _side_named(self, name: str, country: str, day: str) -> str:
        on = date.fromisoformat(day) if day else None
        found = {self._register.side(actor, on) for actor in self._register.meant(name, country, on)}
        return found.pop() if len(found) == 1 else ""


def _speakers(claim: Json) -> Iterator[Json]:
    """Who may give a claim its side: the nearest source, then who did it."""
    source = nearest(claim)
    if source is not None:
        yield source
    yield from (actor for actor in claim.get("actors") or () if actor.get("role") in _DOERS)
