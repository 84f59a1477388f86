"""Choice: whom a claim names in each role and where it places the event, by what the network thinks of every noun phrase near its mentions.

The network gives each noun phrase, and nobody at all, a share of a role. Noun phrases that name the same add up, within one mention of the
event and over all of them: a name that fits a little everywhere is likelier than one that fits a single mention best.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from marsad.claims.candidate import Candidate
from marsad.claims.names import Names
from marsad.claims.near import Near
from marsad.model import Mention
from marsad.model.actor import RoleName

Scored = list[tuple[float, Near]]

_LEAST = 0.01
"""Smaller shares are left out: they add nothing and cost time."""
SOUGHT: dict[str, RoleName] = {
    "harm": "patient",
    "custody": "patient",
    "people": "patient",
    "damage": "patient",
    "say": "agent",
    "strike": "agent",
    "protest": "agent",
    "force": "agent",
    "law": "agent",
}
"""The part without which an event is hardly told: the best noun phrase for it is taken even where its share is small."""
_ACTING = frozenset(("agent", "gainer", "party"))
_TAKEN, _TAKEN_SOUGHT = 0.3, 0.12
"""What share the best name must have, against nobody's."""
_SECOND, _JOINED, _SIDE = 0.5, 0.1, 0.05
"""What share a further name must have; one that is joined to the first by و; and the other side of a fight, a meeting or an agreement."""
_PLACED = 0.6


class Share(NamedTuple):
    """The share of one noun phrase in one role of one mention of an event."""

    share: float
    item: Near
    candidate: Candidate


@dataclass(slots=True)
class Named:
    """What names the same: its shares added up, and the noun phrase of it that fits best."""

    words: frozenset[str]
    best: Share
    total: float = 0.0
    members: list[Share] = field(default_factory=list)


def shares(candidate: Candidate, scored: Scored) -> list[Share]:
    """The shares of noun phrases whose scores are given against nobody's, which is 0; they add up to 1 with nobody's."""
    most = max((score for score, _ in scored), default=0.0)
    most = max(most, 0.0)
    sizes = [(math.exp(score - most), item) for score, item in scored]
    whole = math.exp(-most) + sum(size for size, _ in sizes)
    return [Share(size / whole, item, candidate) for size, item in sizes if size > _LEAST * whole]


def named(members: Sequence[Candidate], role: str, names: Names) -> list[Named]:
    """The names for a role in order of their shares, which are means over the mentions of the event."""
    found: dict[frozenset[str], Named] = {}
    pool = [share for member in members for share in member.shares.get(role, ())]
    pool.sort(key=_size, reverse=True)
    for share in pool:
        words = names.mention(share.item.mention).words
        one = found.get(words) or _fitting(words, found.values())
        if one is None:
            one = found[words] = Named(words, share)
        one.total += share.share / len(members)
        one.members.append(share)
        if _holds(share, one.best):
            one.best = share  # "قوات النظام" rather than the "النظام" in it
    return sorted(found.values(), key=lambda one: -one.total)


def _holds(outer: Share, inner: Share) -> bool:
    """Whether a noun phrase stands around another one."""
    large, small = outer.item.mention, inner.item.mention
    return large.first <= small.first and small.last <= large.last and large != small


def _size(share: Share) -> float:
    return share.share


def _fitting(words: frozenset[str], known: Iterable[Named]) -> Named | None:
    """The first name of which these are some of the words, or all and more."""
    for one in known:
        if one.words <= words or words <= one.words:
            return one
    return None


def choose_roles(members: Sequence[Candidate], names: Names) -> dict[RoleName, list[Mention]]:
    """Whom the mentions of an event name in each role."""
    first = members[0]
    roles: list[RoleName] = [role for role in first.shares if role != "place"]  # type: ignore[misc]
    ranked = {role: named(members, role, names) for role in roles}
    nobody = {role: 1.0 - sum(one.total for one in ranked[role]) for role in roles}
    if first.event != "blast.suicide":
        _one_role_each(ranked)
    chosen = {role: _choose(ranked[role], nobody[role] * _least(first, role), role) for role in roles}
    return {
        role: [one.best.item.mention for one in _not_source(ones, role)]
        for role, ones in chosen.items()
        if ones
    }


def _least(candidate: Candidate, role: RoleName) -> float:
    """What share the best name for a role must have, against nobody's."""
    return _TAKEN_SOUGHT if role == "party" or SOUGHT.get(candidate.family) == role else _TAKEN


def _choose(ranked: list[Named], least: float, role: str) -> list[Named]:
    """The first name if it has that share, and those that are joined to it or stand on the other side."""
    if not ranked or ranked[0].total <= least:
        return []
    chosen = [ranked[0]]
    for one in ranked[1:]:
        wanted = _SIDE if role == "party" and len(chosen) < 2 else _SECOND
        if any(_joined(one, other) for other in chosen):
            wanted = min(wanted, _JOINED)
        if one.total > wanted and not any(_overlap(one, other) for other in chosen):
            chosen.append(one)
    return chosen


def _not_source(chosen: list[Named], role: str) -> list[Named]:
    """Without the claim's own source where somebody else acts."""
    if len(chosen) < 2 or role not in _ACTING:
        return chosen
    return [one for one in chosen if not is_source(one.best.candidate, one.best.item)] or chosen


def _joined(one: Named, other: Named) -> bool:
    """Whether و joins two names, whichever comes first."""
    return _behind_and(one, other) or _behind_and(other, one)


def _behind_and(one: Named, other: Named) -> bool:
    return any(
        share.item.preposition == "و"
        and any(
            0 <= share.item.mention.ext_first - known.item.mention.ext_last <= 2 for known in other.members
        )
        for share in one.members
    )


def _overlap(one: Named, other: Named) -> bool:
    left, right = one.best.item.mention, other.best.item.mention
    return left.first < right.last and right.first < left.last


def is_source(candidate: Candidate, item: Near) -> bool:
    """Whether a noun phrase is the claim's own source."""
    start = candidate.view.tokens[item.mention.first].start
    return bool(candidate.chain) and item.hops == 0 and candidate.chain[0].span.start == start


def _one_role_each(ranked: dict[RoleName, list[Named]]) -> None:
    """Keep a name only in the role in which it has most: nobody is doer and victim of one event."""
    for role, ones in ranked.items():
        others = [one for other, named_so in ranked.items() if other != role for one in named_so]
        ranked[role] = [
            one
            for one in ones
            if not any(
                other.total > one.total and (other.words <= one.words or one.words <= other.words)
                for other in others
            )
        ]


def choose_place(members: Sequence[Candidate], names: Names) -> Share | None:
    """Where the mentions of an event place it."""
    ranked = named(members, "place", names)
    nobody = 1.0 - sum(one.total for one in ranked)
    if not ranked or ranked[0].total <= nobody * _PLACED:
        return None
    return ranked[0].best
