"""The features by which a noun phrase is weighed for a role of an event."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from marsad.claims.candidate import Candidate
from marsad.claims.linear import Key, Weights
from marsad.claims.near import Near
from marsad.model import Mention
from marsad.model.actor import RoleName

_LIKE = {"gainer": "agent", "loser": "patient"}
"""Roles that are found as others are: who gains a place stands where a doer stands."""


def role_features(candidate: Candidate, role: RoleName, item: Near, known: frozenset[int]) -> list[str]:
    """The names of the features that are on for a noun phrase in a role; ``known`` are mentions that act elsewhere."""
    frame = _frame(candidate, role)
    parts = [*_parts(frame, item), *(_standing(frame, candidate, item) if item.hops == 0 else ())]
    named = [feature for part in parts for feature in part[0](part)]
    return [*named, *_told(candidate, role).get(id(item.mention), ()), *_links(candidate, role, item, known)]


def role_scores(
    weights: Weights, candidate: Candidate, role: RoleName, near: Iterable[Near], known: frozenset[int]
) -> list[tuple[float, Near]]:
    """Each noun phrase with the sum of the weights of those features."""
    frame, told = _frame(candidate, role), _told(candidate, role)
    alike: dict[tuple[str, int, int, str, bool], int] = {}
    scored: list[tuple[float, Near]] = []
    for item in near:
        who = id(item.mention)
        if item.hops:
            # In other sentences most noun phrases stand as others do.
            case = (item.kind, item.hops, item.bucket, item.preposition, who in frame.ruled)
            units = alike.get(case)
            if units is None:
                units = alike[case] = weights.units_of(_parts(frame, item))
        else:
            units = weights.units_of([*_parts(frame, item), *_standing(frame, candidate, item)])
        links = _links(candidate, role, item, known)
        scored.append((weights.total((*told[who], *links) if who in told else links, units), item))
    return scored


class _Frame(NamedTuple):
    """What is the same for all noun phrases that could have a role of an event."""

    name: str
    role: str
    event: str
    family: str
    form: str
    given: bool
    ruled: frozenset[int]
    """The noun phrases that the frame gave the role"""
    rule: str


def _frame(candidate: Candidate, role: RoleName) -> _Frame:
    hit, ruled = candidate.hit, candidate.ruled.get(role, ())
    form = hit.kind if hit.kind != "verb" else ("passive" if candidate.passive else "verb")
    name, rule = _LIKE.get(role, role), candidate.origin.get(role, ("", ""))[0]
    mentions = frozenset(map(id, ruled))
    return _Frame(name, role, candidate.event, candidate.family, form, bool(ruled), mentions, rule)


def _parts(frame: _Frame, item: Near) -> tuple[Key, ...]:
    """Most features in groups, each with the few things that it rests on, so that what recurs is added up once."""
    name, given, kind, side = frame.name, frame.given, item.kind, item.place
    rule = frame.rule if id(item.mention) in frame.ruled else ""
    return (
        (_by_event, name, frame.role, frame.event, kind, rule, given),
        (_by_grammar, name, frame.form, side, kind, item.preposition, item.between),
        (_by_distance, name, frame.family, side, given, item.bucket),
    )


def _standing(frame: _Frame, candidate: Candidate, item: Near) -> Iterator[Key]:
    """The same for how it stands in the sentence of the trigger."""
    mention, name, form, side, kind = item.mention, frame.name, frame.form, item.side, item.kind
    bare = not item.preposition
    agrees = _agrees(candidate.hit.morph, mention) if form == "verb" else ""
    if bare:
        yield _by_rank, name, form, side, kind, item.between, item.rank
    if bare or form == "verb":
        yield _by_fit, name, form, side, agrees, bare, bare and mention.first == candidate.view.first
    if item.distance == 0 or item.nested or candidate.doer:
        touching = item.preposition if item.distance == 0 else None
        yield _by_touch, name, form, side, kind, touching, item.nested, _carried(mention, candidate)


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
