"""The features by which a noun phrase is weighed for a role of an event."""

from __future__ import annotations

from collections.abc import Iterator

from marsad.claims.candidate import Candidate
from marsad.claims.near import Near
from marsad.model import Mention
from marsad.model.actor import RoleName

_LIKE = {"gainer": "agent", "loser": "patient"}
"""Roles that are found as others are: who gains a place stands where a doer stands."""


def role_features(candidate: Candidate, role: RoleName, item: Near, known: frozenset[int]) -> list[str]:
    """The names of the features that are on for a noun phrase in a role; ``known`` are mentions that act elsewhere."""
    mention, hit = item.mention, candidate.hit
    kind, family = kind_of(candidate, mention), candidate.family
    rule = _rule(candidate, role, mention)
    side = item.place
    form = hit.kind if hit.kind != "verb" else ("passive" if candidate.passive else "verb")
    given = bool(candidate.ruled.get(role))
    name = _LIKE.get(role, role)
    features = [
        name,
        f"{role} {candidate.event}",
        f"{name} {kind}",
        f"{role} {family} {kind}",
        f"{name} rule={rule}",
        f"{role} {family} rule={bool(rule)}",
        f"{name} {side}",
        f"{name} {side} {item.preposition}",
        f"{name} {form} {side} {kind}",
        f"{name} {side} {item.bucket}",
        f"{name} {side} between={item.between}",
        f"{name} {form} {side} {item.preposition} {item.between}",
        f"{name} given={given} {side}",
        f"{name} given={given} rule={bool(rule)} {kind}",
        f"{name} {family} given={given} {side}",
    ]
    if item.hops == 0:
        features.extend(_standing(candidate, name, form, item))
    features.extend(_links(candidate, role, name, item, known))
    return features


def kind_of(candidate: Candidate, mention: Mention) -> str:
    """The kind of a noun phrase; people who fight (مسلحون، مقاتلون) are told from others."""
    if mention.kind != "people":
        return mention.kind
    sense = candidate.view.tokens[mention.head].word.sense("people")
    return "fighters" if sense is not None and sense.data.get("armed") else "people"


def _standing(candidate: Candidate, name: str, form: str, item: Near) -> Iterator[str]:
    """How it stands in the sentence of the trigger."""
    kind = kind_of(candidate, item.mention)
    if not item.preposition:
        yield f"{name} {form} {item.side} rank={item.rank} {kind}"
        yield f"{name} {form} {item.side} rank={item.rank} between={item.between}"
    if form == "verb":
        yield f"{name} {item.side} agrees={_agrees(candidate.hit.morph, item.mention)} {item.preposition == ''}"
    if item.distance == 0:
        yield f"{name} {form} {item.side} adjacent {item.preposition} {kind}"
    if item.nested:
        yield f"{name} nested {kind}"
    if item.mention in candidate.doer:
        yield f"{name} subject of the carrying verb"
    elif candidate.doer:
        yield f"{name} another is subject of the carrying verb"
    if item.mention.first == candidate.view.first and not item.preposition:
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


def _rule(candidate: Candidate, role: RoleName, mention: Mention) -> str:
    if mention not in candidate.ruled.get(role, ()):
        return ""
    return candidate.origin.get(role, ("", ""))[0]


def _links(candidate: Candidate, role: RoleName, name: str, item: Near, known: frozenset[int]) -> Iterator[str]:
    """What other candidates, sources, counts and places say of the same noun phrase."""
    mention = item.mention
    for other, mentions in candidate.ruled.items():
        if other != role and mention in mentions:
            yield f"{name} rule gives it {_LIKE.get(other, other)}"
    if candidate.cause is not None:
        for other, mentions in candidate.cause.ruled.items():
            if mention in mentions:
                yield f"{name} is {other} of the cause"
    for effect in candidate.effects:
        for other, mentions in effect.ruled.items():
            if mention in mentions:
                yield f"{name} is {other} of the effect"
    if candidate.before is not None and candidate.before.view.index >= candidate.view.index - 1:
        hops = candidate.view.index - candidate.before.view.index
        for other, mentions in candidate.before.ruled.items():
            if mention in mentions:
                yield f"{name} is {_LIKE.get(other, other)} of the event before, {hops} back, verb={candidate.hit.kind == 'verb'}"
    if id(mention) in known:
        yield f"{name} acts elsewhere {item.place}"
    if mention in candidate.places:
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
