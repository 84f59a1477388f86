"""Ranking: which of the noun phrases around an event has which role, and which place is where it happened.

The frames propose; the network weighs every noun phrase near by: how it stands to the trigger, behind which preposition, of which kind it is,
which words are around it, what the frame said of it (network.py). Names of sides are nothing to it: a noun phrase counts by its kind and its
place in the sentence alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Literal, NamedTuple

from marsad.claims.candidate import Candidate
from marsad.claims.causes import share_doer
from marsad.claims.choice import choose_place, choose_roles, is_source, shares
from marsad.claims.names import Names
from marsad.claims.near import FAR, Near, near_of
from marsad.claims.network import COLUMNS, ROLES, Encoded, Network, Rows, encoded_of
from marsad.claims.places import coordinated, name_generic
from marsad.claims.signs import Key, Standing, item_keys, place_keys, role_keys
from marsad.model.actor import RoleName

_ACTING: tuple[RoleName, ...] = ("agent", "gainer", "party")
_VIOLENT = frozenset(("strike", "fight", "blast", "harm", "damage", "territory"))
_TELLING = frozenset(("monitor", "outlet", "document"))
_LOOKS, _LEAST_NEAR = 8_000, 4
"""Noun phrases that are looked at in an article, shared out among its events, and the least that each looks at on either side: it
bounds the work on texts that nobody wrote to be read; in an article of 130 events each can look at 60."""
_CERTAIN = 6.0
_PAIRED = frozenset(("talks.contact", "talks.agreement", "fight.clash"))


class _Group(NamedTuple):
    """The noun phrases weighed for one role of one candidate, and where their rows begin."""

    role: RoleName | Literal["place"]
    items: list[Near]
    first: int


def roles_of(event: str) -> tuple[RoleName, ...]:
    """The roles that an event has (CODEBOOK section 4)."""
    if event == "territory.control":
        return ("gainer", "loser")
    if event in _PAIRED:
        return ("party",)
    return ("agent", "patient")


class _Table:
    """The rows that the network weighs: each noun phrase near a candidate in each role that it can have."""

    def __init__(
        self, network: Network, encoded: Encoded, standing: Standing, acting: Collection[int]
    ) -> None:
        """Empty, for one article."""
        self.rows = Rows([], [])
        self._network, self._encoded, self._standing, self._acting = network, encoded, standing, acting

    def take(self, number: int, candidate: Candidate, near: Sequence[Near]) -> list[_Group]:
        """Add the noun phrases near a candidate, role by role."""
        groups: list[_Group] = []
        roles = self.rows.roles
        base_of = self._add(candidate, near)
        for role, items, keys in sought(candidate, near):
            far = [item for item in items if id(item) not in base_of]
            base_of.update(self._add(candidate, far))
            which, last, told, first = ROLES.index(role), None, 0, len(roles) // COLUMNS
            for item, key in zip(items, keys, strict=True):
                if key is not last:
                    last, told = key, self._network.told(key)
                roles += (number, which, told, base_of[id(item)])
            groups.append(_Group(role, items, first))
        return groups

    def _add(self, candidate: Candidate, items: Sequence[Near]) -> dict[int, int]:
        """Note what is told of noun phrases whatever their role; returns the number of each by its identity."""
        if not items:
            return {}
        first = len(self.rows.bases) // COLUMNS
        keys = item_keys(candidate, items, self._standing, self._acting)
        self.rows.bases.extend(self._network.bases(candidate, items, keys, self._encoded))
        return {id(item): number for number, item in enumerate(items, first)}


def rank(candidates: Sequence[Candidate], network: Network, names: Names) -> None:
    """Settle roles and places of the candidates that the judge kept."""
    encoded = encoded_of(candidates[0].view.reading)
    if encoded is None:
        return
    acting = prepare(candidates)
    standing = Standing(candidates[0].view, encoded.starts, names)
    most = max(_LEAST_NEAR, _LOOKS // max(1, len(candidates)))
    table = _Table(network, encoded, standing, acting)
    groups = [table.take(n, candidate, near_of(candidate, most)) for n, candidate in enumerate(candidates)]
    scores, none = network.weigh(candidates, table.rows, encoded)
    listed = scores.tolist()
    for number, candidate in enumerate(candidates):
        for group in groups[number]:
            nobody = none[number, ROLES.index(group.role)]
            scored = zip(listed[group.first : group.first + len(group.items)], group.items, strict=True)
            candidate.shares[group.role] = shares(
                candidate, [(score - nobody, item) for score, item in scored]
            )
        _concede(candidate)
        _settle_place(candidate, names)
        _settle_roles(candidate, names)
    for candidate in candidates:
        share_doer(candidate)


def _concede(candidate: Candidate) -> None:
    """Who concedes a loss is the loser ("الجيش يقر بخسارة البلدة"), and who gained is only known where the sentence says it."""
    if (
        candidate.hit.frame.subject != ("loser",)
        or not candidate.chain
        or candidate.chain[0].stance != "concede"
    ):
        return
    near = [item for item in near_of(candidate) if is_source(candidate, item)]
    candidate.shares["gainer"] = [
        share
        for share in candidate.shares.get("gainer", ())
        if share.item.hops == 0 and not is_source(candidate, share.item)
    ]
    if near:
        candidate.shares["loser"] = shares(candidate, [(_CERTAIN, near[0])])


def sought(
    candidate: Candidate, near: Sequence[Near]
) -> Iterator[tuple[RoleName | Literal["place"], list[Near], list[Key]]]:
    """For each role of an event and for its place: the noun phrases that can have it, and the keys of what is told of them there."""
    for role in roles_of(candidate.event):
        items = _possible(candidate, role, near)
        yield role, items, role_keys(candidate, role, items)
    places = list(_possible_places(candidate, near))
    yield "place", places, place_keys(candidate, places)


def prepare(candidates: Sequence[Candidate]) -> frozenset[int]:
    """Note what the frames found, for the features; returns the identities of mentions that act anywhere in the article."""
    before = None
    barred = _barred(candidates)
    for candidate in candidates:
        candidate.before = before
        candidate.barred = barred.get(candidate.view.index, frozenset())
        if any(candidate.roles.get(role) for role in _ACTING):
            before = candidate
    return frozenset(
        id(mention)
        for candidate in candidates
        for role, mentions in candidate.roles.items()
        if role != "patient"
        for mention in mentions
    )


def _barred(candidates: Sequence[Candidate]) -> dict[int, frozenset[int]]:
    """By sentence, the mentions that do no violence there: those who condemn or demand it, and those who are harmed."""
    found: dict[int, frozenset[int]] = {}
    for candidate in candidates:
        role: RoleName = "patient" if candidate.family == "harm" else "agent"
        if candidate.family == "harm" or (candidate.family == "say" and candidate.event != "say.threat"):
            mine = frozenset(id(mention) for mention in candidate.ruled.get(role, ()))
            found[candidate.view.index] = found.get(candidate.view.index, frozenset()) | mine
    return found


def _settle_roles(candidate: Candidate, names: Names) -> None:
    """What this mention of the event alone says of its roles; a claim weighs all its mentions (choice.py)."""
    found = choose_roles([candidate], names)
    for role in ("agent", "patient", "party", "gainer", "loser"):
        before, now = candidate.roles.get(role, []), found.get(role, [])
        if now and now[0] not in before:
            candidate.origin[role] = ("best scored noun phrase near by", "")
        elif not now:
            candidate.origin.pop(role, None)
    candidate.roles = found


def _possible(candidate: Candidate, role: RoleName, near: Sequence[Near]) -> list[Near]:
    return [item for item in near if _can_be(candidate, role, item)]


def _can_be(candidate: Candidate, role: RoleName, item: Near) -> bool:
    """What grammar and sense leave open: no doer right behind a plural verb, no civilians as a side of a fight."""
    hit = candidate.hit
    tells = item.mention.kind in _TELLING or id(item.mention) in candidate.barred
    if tells and role in _ACTING and candidate.family in _VIOLENT and candidate.event != "blast.suicide":
        return False
    if role in ("agent", "gainer") and item.place == "after" and not item.preposition:
        return not (hit.kind == "verb" and ".3mp" in hit.morph and ".3ms" not in hit.morph)
    if role == "party" and candidate.event == "fight.clash":
        return item.kind not in ("thing", "people")
    return True


def _settle_place(candidate: Candidate, names: Names) -> None:
    best = choose_place([candidate], names)
    if best is None:
        if candidate.event == "talks.contact" and candidate.places:
            return  # a venue behind في is one, however seldom annotators met it
        candidate.places = []
        candidate.origin.pop("place", None)
        return
    mention = best.item.mention
    if mention not in candidate.places:
        candidate.origin["place"] = ("best scored place near by", "")
    candidate.places = coordinated(candidate.view, mention) if best.item.hops == 0 else [mention]
    name_generic(candidate)


def _possible_places(candidate: Candidate, near: Sequence[Near]) -> Iterator[Near]:
    seen = False
    for item in near:
        mine = item.mention in candidate.places
        seen = seen or mine
        if mine or (item.mention.kind == "place" and not _in_name(candidate, item)):
            yield item
    if candidate.places and not seen:
        yield Near(candidate.places[0], FAR, "before", 0, "", "", False, 0, "place", 0)


def _in_name(candidate: Candidate, item: Near) -> bool:
    """Whether a place is no place of its own: part of the name of a source (النهر in مرصد النهر), or the verb وأدى."""
    if (
        candidate.view.tokens[item.mention.first].form == "وادي"
        and item.mention.last - item.mention.first == 1
    ):
        return True  # وأدى إلى: the verb, folded like the valley
    if not item.nested or item.hops:
        return False
    around = candidate.view.at(item.mention.first)
    return around is not None and around.kind in ("monitor", "outlet", "person", "document")
