"""Ranking: which of the noun phrases around an event has which role, and which place is where it happened.

The frames propose; what they miss is found by scoring every noun phrase near by with the weights that ``bench/ranking.py`` learnt from annotated
articles: how it stands to the trigger, behind which preposition, of which kind it is, what the frame said of it. Names of sides
are no features: a noun phrase counts by its kind and its place in the sentence alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from marsad.claims.candidate import Candidate
from marsad.claims.causes import share_doer
from marsad.claims.linear import Weights
from marsad.claims.near import Near, near_of
from marsad.claims.place_features import place_features, place_score
from marsad.claims.places import coordinated, name_generic
from marsad.claims.role_features import role_features, role_scores
from marsad.model import Mention
from marsad.model.actor import RoleName

ROLE_WEIGHTS = Path(__file__).parent / "roles.tsv"
PLACE_WEIGHTS = Path(__file__).parent / "places.tsv"
_MOST = 4
_ACTING: tuple[RoleName, ...] = ("agent", "gainer", "party")
_FAR = 5
"""Sentences back, for a place that was handed on from further than is looked."""
_SOUGHT: dict[str, RoleName] = {
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
"""The part without which an event is hardly told: the best noun phrase for it is taken even where it scores low."""
_LEAST = -3
_VIOLENT = frozenset(("strike", "fight", "blast", "harm", "damage", "territory"))
_TELLING = frozenset(("monitor", "outlet", "document"))
_LOOKS, _LEAST_NEAR = 12_000, 6
"""Noun phrases that are looked at in an article, shared out among its events, and the least that each looks at on either side: it
bounds the work on texts that nobody wrote to be read; in an article of 200 events each can look at 60."""
_FURTHER = 0.6
_JOINED = 0.0
"""What another noun phrase in the same role must score, unless it is joined to the first by و."""
_SECOND = -0.7
"""How far below 0 the other side of a fight, a meeting or an agreement may score: there are two at least."""
_PAIRED = frozenset(("talks.contact", "talks.agreement", "fight.clash"))


@dataclass(frozen=True, slots=True)
class Rankers:
    """The learnt weights for roles and for places."""

    roles: Weights
    places: Weights

    @classmethod
    def load(cls) -> Rankers:
        """From the files of the package."""
        return cls(Weights(ROLE_WEIGHTS), Weights(PLACE_WEIGHTS))


def roles_of(event: str) -> tuple[RoleName, ...]:
    """The roles that an event has (CODEBOOK section 4)."""
    if event == "territory.control":
        return ("gainer", "loser")
    if event in _PAIRED:
        return ("party",)
    return ("agent", "patient")


def rank(candidates: Sequence[Candidate], rankers: Rankers) -> None:
    """Settle roles and places of the candidates that the judge kept; without weights the frames' word stands."""
    known = prepare(candidates)
    most = max(_LEAST_NEAR, _LOOKS // max(1, len(candidates)))
    for candidate in candidates:
        near = near_of(candidate, most)
        if rankers.places:
            _settle_place(candidate, rankers.places, near)
        if rankers.roles:
            _settle_roles(candidate, rankers.roles, near, known)
    for candidate in candidates:
        share_doer(candidate)


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


def _settle_roles(
    candidate: Candidate, weights: Weights, near: Sequence[Near], known: frozenset[int]
) -> None:
    scores = {
        role: role_scores(weights, candidate, role, _possible(candidate, role, near), known)
        for role in roles_of(candidate.event)
    }
    if candidate.event != "blast.suicide":
        _one_role_each(scores, candidate)
    for role in [role for role in candidate.roles if role not in scores]:
        del candidate.roles[role]
    for role, scored in scores.items():
        sought = role == "party" or _SOUGHT.get(candidate.family) == role
        chosen = list(_chosen(scored, _LEAST if sought else 0.0, _SECOND if role == "party" else _FURTHER))
        if len(chosen) > 1 and role in _ACTING:
            chosen = [item for item in chosen if not _is_source(candidate, item)] or chosen
        before = candidate.roles.get(role, [])
        candidate.roles[role] = [item.mention for item in chosen]
        candidate.sure[role] = max((score for score, _ in scored), default=0.0)
        if chosen and chosen[0].mention not in before:
            candidate.origin[role] = ("best scored noun phrase near by", "")
        if not chosen:
            del candidate.roles[role]
            candidate.origin.pop(role, None)


def _is_source(candidate: Candidate, item: Near) -> bool:
    """Whether a noun phrase is the claim's own source: beside another doer it only tells."""
    start = candidate.view.tokens[item.mention.first].start
    return bool(candidate.chain) and item.hops == 0 and candidate.chain[0].span.start == start


def scored_roles(
    candidate: Candidate, role: RoleName, near: Sequence[Near], known: frozenset[int]
) -> Iterator[tuple[Near, list[str]]]:
    """Every noun phrase that could have a role, with its features."""
    for item in _possible(candidate, role, near):
        yield item, role_features(candidate, role, item, known)


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


def _chosen(scored: list[tuple[float, Near]], least: float, second: float) -> Iterator[Near]:
    """The best of those above 0, with others above 0 of the same sentence that do not lie in it."""
    good = sorted(scored, key=lambda pair: -pair[0])[:_MOST]
    if not good or good[0][0] <= least:
        return
    best = good[0][1]
    yield best
    taken = [best.mention]
    for score, item in good[1:]:
        joined = item.preposition == "و" and any(0 <= item.mention.ext_first - m.ext_last <= 2 for m in taken)
        if score <= (min(second, _JOINED) if joined else second):
            continue
        if item.hops == best.hops and not any(_overlap(item.mention, other) for other in taken):
            taken.append(item.mention)
            yield item


def _one_role_each(scores: dict[RoleName, list[tuple[float, Near]]], candidate: Candidate) -> None:
    """Keep a name only in the role that it fits best: nobody is doer and victim of one event."""
    tokens = candidate.view.tokens
    best: dict[str, float] = {}
    names = {
        id(item): " ".join(token.form for token in tokens[item.mention.first : item.mention.last])[
            item.mention.cut :
        ]
        for scored in scores.values()
        for _, item in scored
    }
    for scored in scores.values():
        for score, item in scored:
            name = names[id(item)]
            best[name] = max(score, best.get(name, score))
    for role, scored in scores.items():
        scores[role] = [pair for pair in scored if pair[0] >= best[names[id(pair[1])]]]


def _overlap(left: Mention, right: Mention) -> bool:
    return left.first < right.last and right.first < left.last


def _settle_place(candidate: Candidate, weights: Weights, near: Sequence[Near]) -> None:
    scored = [(place_score(weights, candidate, item), item) for item in _possible_places(candidate, near)]
    best = max(scored, key=lambda pair: pair[0], default=None)
    if best is None or best[0] <= 0:
        if candidate.event == "talks.contact" and candidate.places:
            return  # a venue behind في is one, however seldom annotators met it
        candidate.places = []
        candidate.origin.pop("place", None)
        return
    mention = best[1].mention
    if mention not in candidate.places:
        candidate.origin["place"] = ("best scored place near by", "")
    candidate.sure["place"] = best[0]
    candidate.places = coordinated(candidate.view, mention) if best[1].hops == 0 else [mention]
    name_generic(candidate)


def scored_places(candidate: Candidate, near: Sequence[Near]) -> Iterator[tuple[Near, list[str]]]:
    """Every place that could be where the event happened, with its features."""
    for item in _possible_places(candidate, near):
        yield item, place_features(candidate, item)


def _possible_places(candidate: Candidate, near: Sequence[Near]) -> Iterator[Near]:
    seen = False
    for item in near:
        mine = item.mention in candidate.places
        seen = seen or mine
        if mine or (item.mention.kind == "place" and not _in_name(candidate, item)):
            yield item
    if candidate.places and not seen:
        yield Near(candidate.places[0], _FAR, "before", 0, "", "", False, 0, "place", 0)


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
