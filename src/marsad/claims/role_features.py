"""The features by which a noun phrase is weighed for a role of an event."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from marsad.claims.candidate import Candidate
from marsad.claims.linear import Weights
from marsad.claims.near import Near
from marsad.model import Mention
from marsad.model.actor import RoleName

_LIKE = {"gainer": "agent", "loser": "patient"}
"""Roles that are found as others are: who gains a place stands where a doer stands."""


class _Case(NamedTuple):
    """What most features of a noun phrase rest on: so few things that the same cases come again and again."""

    name: str
    role: str
    event: str
    kind: str
    rule: str
    given: bool
    side: str
    bucket: int
    preposition: str
    between: str
    form: str


class _Standing(NamedTuple):
    """How a noun phrase stands in the sentence of the trigger, besides."""

    rank: int
    adjacent: bool
    nested: bool
    agrees: str
    carried: str
    opens: bool


def role_features(candidate: Candidate, role: RoleName, item: Near, known: frozenset[int]) -> list[str]:
    """The names of the features that are on for a noun phrase in a role; ``known`` are mentions that act elsewhere."""
    case = _case(candidate, role, item)
    known_case = _general(case) if item.hops else _standing((case, _stand(candidate, item)))
    return [*known_case, *_links(candidate, role, item, known)]


def role_score(
    weights: Weights, candidate: Candidate, role: RoleName, item: Near, known: frozenset[int]
) -> float:
    """The sum of the weights of those features; what holds of a case is added up once."""
    case = _case(candidate, role, item)
    if item.hops:
        score = weights.part(_general, case)
    else:
        score = weights.part(_standing, (case, _stand(candidate, item)))
    return weights.total(_links(candidate, role, item, known), score)


def _case(candidate: Candidate, role: RoleName, item: Near) -> _Case:
    hit = candidate.hit
    form = hit.kind if hit.kind != "verb" else ("passive" if candidate.passive else "verb")
    return _Case(
        _LIKE.get(role, role), role, candidate.event, item.mention.kind, _rule(candidate, role, item.mention),
        bool(candidate.ruled.get(role)), item.place, item.bucket, item.preposition, item.between, form,
    )  # fmt: skip


def _general(case: _Case) -> Iterator[str]:
    """How it stands to the event, wherever it stands."""
    name, role, event, kind, rule, given, side, bucket, preposition, between, form = case
    family = event.partition(".")[0]
    yield name
    yield f"{role} {event}"
    yield f"{name} {kind}"
    yield f"{role} {family} {kind}"
    yield f"{name} rule={rule}"
    yield f"{role} {family} rule={bool(rule)}"
    yield f"{name} {side}"
    yield f"{name} {side} {preposition}"
    yield f"{name} {form} {side} {kind}"
    yield f"{name} {side} {bucket}"
    yield f"{name} {side} between={between}"
    yield f"{name} {form} {side} {preposition} {between}"
    yield f"{name} given={given} {side}"
    yield f"{name} given={given} rule={bool(rule)} {kind}"
    yield f"{name} {family} given={given} {side}"


def _stand(candidate: Candidate, item: Near) -> _Standing:
    mention, hit = item.mention, candidate.hit
    agrees = _agrees(hit.morph, mention) if hit.kind == "verb" and not candidate.passive else ""
    carried = ("this" if _among(mention, candidate.doer) else "another") if candidate.doer else ""
    first = mention.first == candidate.view.first
    return _Standing(item.rank, item.distance == 0, item.nested, agrees, carried, first)


def _standing(both: tuple[_Case, _Standing]) -> Iterator[str]:
    """The same for one in the sentence of the trigger, and how it stands there."""
    case, stand = both
    yield from _general(case)
    name, form, side, kind, preposition = case.name, case.form, case.side, case.kind, case.preposition
    if not preposition:
        yield f"{name} {form} {side} rank={stand.rank} {kind}"
        yield f"{name} {form} {side} rank={stand.rank} between={case.between}"
    if form == "verb":
        yield f"{name} {side} agrees={stand.agrees} {preposition == ''}"
    if stand.adjacent:
        yield f"{name} {form} {side} adjacent {preposition} {kind}"
    if stand.nested:
        yield f"{name} nested {kind}"
    if stand.carried:
        yield f"{name} {'' if stand.carried == 'this' else 'another is '}subject of the carrying verb"
    if stand.opens and not preposition:
        yield f"{name} opens the sentence"


def _agrees(morph: str, mention: Mention) -> str:
    """Whether a noun phrase agrees with a verb as a subject that stands before it would; "" where that cannot be told."""
    if ".1" in morph and ".3" not in morph or not mention.number:
        return ""
    feminine = mention.gender == "f" or (mention.number == "pl" and mention.kind in ("body", "thing", "craft", "place"))
    people = mention.number == "pl" and mention.kind in ("people", "unnamed", "person", "body")
    fits = (
        (".3fs" in morph and feminine)
        or (".3ms" in morph and mention.gender == "m" and mention.number != "pl")
        or (".3mp" in morph and people)
        or (".3md" in morph and mention.number == "du")
    )
    return "yes" if fits else "no"


def _among(mention: Mention, mentions: Iterable[Mention]) -> bool:
    """Whether a mention is one of these; a reading has one object for each."""
    return any(known is mention for known in mentions)


def _rule(candidate: Candidate, role: RoleName, mention: Mention) -> str:
    if not _among(mention, candidate.ruled.get(role, ())):
        return ""
    return candidate.origin.get(role, ("", ""))[0]


def _links(candidate: Candidate, role: RoleName, item: Near, known: frozenset[int]) -> Iterator[str]:
    """What other candidates, sources, counts and places say of the same noun phrase."""
    mention, name = item.mention, _LIKE.get(role, role)
    for other, mentions in candidate.ruled.items():
        if other != role and _among(mention, mentions):
            yield f"{name} rule gives it {_LIKE.get(other, other)}"
    if candidate.cause is not None:
        for other, mentions in candidate.cause.ruled.items():
            if _among(mention, mentions):
                yield f"{name} is {other} of the cause"
    for effect in candidate.effects:
        for other, mentions in effect.ruled.items():
            if _among(mention, mentions):
                yield f"{name} is {other} of the effect"
    if candidate.before is not None and candidate.before.view.index >= candidate.view.index - 1:
        hops = candidate.view.index - candidate.before.view.index
        for other, mentions in candidate.before.ruled.items():
            if _among(mention, mentions):
                yield f"{name} is {_LIKE.get(other, other)} of the event before, {hops} back, verb={candidate.hit.kind == 'verb'}"
    if id(mention) in known:
        yield f"{name} acts elsewhere {item.place}"
    if _among(mention, candidate.places):
        yield f"{name} is the place"
    tokens = candidate.view.tokens
    if candidate.chain and candidate.chain[0].span.start == tokens[mention.first].start and item.hops == 0:
        yield f"{name} is the source"
    if any(count.span.start <= tokens[mention.first].start < count.span.end for count in candidate.counts):
        yield f"{name} is counted"
    elif candidate.counts:
        yield f"{name} others are counted {mention.kind}"
    sense = tokens[mention.head].word.sense("people")
    if sense is not None:
        yield f"{name} armed={bool(sense.data.get('armed'))}"
