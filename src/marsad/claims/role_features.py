"""The features by which a noun phrase is weighed for a role of an event."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from marsad.claims.candidate import Candidate
from marsad.claims.linear import Key, Weights
from marsad.claims.near import Near
from marsad.model import Mention
from marsad.model.actor import RoleName

_LIKE = {"gainer": "agent", "loser": "patient"}
"""Roles that are found as others are: who gains a place stands where a doer stands."""


def role_features(candidate: Candidate, role: RoleName, item: Near, known: frozenset[int]) -> list[str]:
    """The names of the features that are on for a noun phrase in a role; ``known`` are mentions that act elsewhere."""
    named = [feature for part in _parts(candidate, role, item) for feature in part[0](part)]
    return [*named, *_told(candidate, role).get(id(item.mention), ()), *_links(candidate, role, item, known)]


def role_scores(
    weights: Weights, candidate: Candidate, role: RoleName, near: Iterable[Near], known: frozenset[int]
) -> list[tuple[float, Near]]:
    """Each noun phrase with the sum of the weights of those features."""
    told = _told(candidate, role)
    return [
        (
            weights.sum_of(
                _parts(candidate, role, item),
                (*told.get(id(item.mention), ()), *_links(candidate, role, item, known)),
            ),
            item,
        )
        for item in near
    ]


def _parts(candidate: Candidate, role: RoleName, item: Near) -> list[Key]:
    """Most features in groups, each with the few things that it rests on, so that what recurs is added up once."""
    mention, hit, name = item.mention, candidate.hit, _LIKE.get(role, role)
    kind, side, preposition, between = kind_of(candidate, mention), item.place, item.preposition, item.between
    form = hit.kind if hit.kind != "verb" else ("passive" if candidate.passive else "verb")
    rule, given = _rule(candidate, role, mention), bool(candidate.ruled.get(role))
    parts: list[Key] = [
        (_by_event, name, role, candidate.event, kind, rule, given),
        (_by_grammar, name, form, side, kind, preposition, between),
        (_by_distance, name, candidate.family, side, given, item.bucket),
    ]
    if item.hops == 0:
        bare = not preposition
        agrees = _agrees(hit.morph, mention) if form == "verb" else ""
        parts.append((_by_rank, name, form, side, kind, between if bare else "", item.rank if bare else -1))
        parts.append(
            (_by_fit, name, form, side, agrees, bare, bare and mention.first == candidate.view.first)
        )
        if item.distance == 0 or item.nested or candidate.doer:
            touching = preposition if item.distance == 0 else None
            parts.append(
                (_by_touch, name, form, side, kind, touching, item.nested, _carried(mention, candidate))
            )
    return parts


def kind_of(candidate: Candidate, mention: Mention) -> str:
    """The kind of a noun phrase; people who fight (مسلحون، مقاتلون) are told from others."""
    if mention.kind != "people":
        return mention.kind
    sense = candidate.view.tokens[mention.head].word.sense("people")
    return "fighters" if sense is not None and sense.data.get("armed") else "people"


def _by_event(key: Key) -> Iterator[str]:
    """What it is and what the frame said, whatever its place."""
    _, name, role, event, kind, rule, given = key
    family = event.partition(".")[0]
    yield name
    yield f"{role} {event}"
    yield f"{name} {kind}"
    yield f"{role} {family} {kind}"
    yield f"{name} rule={rule}"
    yield f"{role} {family} rule={bool(rule)}"
    yield f"{name} given={given} rule={bool(rule)} {kind}"


def _by_grammar(key: Key) -> Iterator[str]:
    """Where it stands, behind which preposition and boundaries."""
    _, name, form, side, kind, preposition, between = key
    yield f"{name} {side}"
    yield f"{name} {side} {preposition}"
    yield f"{name} {form} {side} {kind}"
    yield f"{name} {side} between={between}"
    yield f"{name} {form} {side} {preposition} {between}"


def _by_distance(key: Key) -> Iterator[str]:
    """How far it is, and whether the frame has found somebody else."""
    _, name, family, side, given, bucket = key
    yield f"{name} {side} {bucket}"
    yield f"{name} given={given} {side}"
    yield f"{name} {family} given={given} {side}"


def _by_rank(key: Key) -> Iterator[str]:
    """Which it is of the bare noun phrases of the trigger's sentence."""
    _, name, form, side, kind, between, rank = key
    if rank >= 0:
        yield f"{name} {form} {side} rank={rank} {kind}"
        yield f"{name} {form} {side} rank={rank} between={between}"


def _by_fit(key: Key) -> Iterator[str]:
    """Whether it can be the verb's subject by its form and place."""
    _, name, form, side, agrees, bare, opens = key
    if form == "verb":
        yield f"{name} {side} agrees={agrees} {bare}"
    if opens:
        yield f"{name} opens the sentence"


def _by_touch(key: Key) -> Iterator[str]:
    """What few noun phrases are: next to the trigger, inside another one, beside a verb that carries the event."""
    _, name, form, side, kind, touching, nested, carried = key
    if touching is not None:
        yield f"{name} {form} {side} adjacent {touching} {kind}"
    if nested:
        yield f"{name} nested {kind}"
    if carried:
        yield f"{name} {carried} of the carrying verb"


def _carried(mention: Mention, candidate: Candidate) -> str:
    if not candidate.doer:
        return ""
    return "subject" if _among(mention, candidate.doer) else "another is subject"


def _agrees(morph: str, mention: Mention) -> str:
    """Whether a noun phrase agrees with a verb as a subject that stands before it would; "" where that cannot be told."""
    if (".1" in morph and ".3" not in morph) or not mention.number:
        return ""
    feminine = mention.gender == "f" or (
        mention.number == "pl" and mention.kind in ("body", "thing", "craft", "place")
    )
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


def _told(candidate: Candidate, role: RoleName) -> dict[int, list[str]]:
    """What the frames say of noun phrases here and in the events that belong to it, by the identity of the mention."""
    name, told = _LIKE.get(role, role), defaultdict[int, list[str]](list)
    cause, before = candidate.cause, candidate.before
    _tell(told, candidate.ruled, lambda other: f"{name} rule gives it {_LIKE.get(other, other)}", but=role)
    if cause is not None:
        _tell(told, cause.ruled, lambda other: f"{name} is {other} of the cause")
    for effect in candidate.effects:
        _tell(told, effect.ruled, lambda other: f"{name} is {other} of the effect")
    if before is not None and before.view.index >= candidate.view.index - 1:
        where = f"{candidate.view.index - before.view.index} back, verb={candidate.hit.kind == 'verb'}"
        _tell(
            told,
            before.ruled,
            lambda other: f"{name} is {_LIKE.get(other, other)} of the event before, {where}",
        )
    return told


def _tell(
    told: dict[int, list[str]],
    ruled: dict[RoleName, list[Mention]],
    feature: Callable[[str], str],
    but: str = "",
) -> None:
    """Note the feature of every noun phrase that has a role, except for one role."""
    for other, mentions in ruled.items():
        for mention in mentions if other != but else ():
            told[id(mention)].append(feature(other))


def _links(candidate: Candidate, role: RoleName, item: Near, known: frozenset[int]) -> Iterator[str]:
    """What sources, counts, places and the rest of the article say of the same noun phrase."""
    mention, name = item.mention, _LIKE.get(role, role)
    if id(mention) in known:
        yield f"{name} acts elsewhere {item.place}"
    if _among(mention, candidate.places):
        yield f"{name} is the place"
    start = candidate.view.tokens[mention.first].start
    if item.hops == 0 and candidate.chain and candidate.chain[0].span.start == start:
        yield f"{name} is the source"
    if candidate.counts:
        counted = any(count.span.start <= start < count.span.end for count in candidate.counts)
        yield f"{name} is counted" if counted else f"{name} others are counted {mention.kind}"
    sense = candidate.view.tokens[mention.head].word.sense("people")
    if sense is not None:
        yield f"{name} armed={bool(sense.data.get('armed'))}"
