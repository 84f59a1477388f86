"""Writing down: a group of candidates becomes a claim (or one for each place that was struck or taken)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from marsad.claims.candidate import Candidate
from marsad.claims.choice import choose_place, choose_roles
from marsad.claims.counts import merge_counts
from marsad.claims.linear import Weights
from marsad.claims.merge import Group
from marsad.claims.names import Names, content, name_span
from marsad.claims.places import smallest
from marsad.claims.times import best_time
from marsad.model import ActorRef, Claim, Evidence, Mention, PlaceRef, Reading, Source, Span, TimeRef
from marsad.model.actor import RoleName
from marsad.model.claim import Origin

_MOST_PLACES = 8
_PER_PLACE = frozenset(("strike", "territory", "fight", "blast"))


def write(group: Group, reading: Reading, judge: Weights, names: Names) -> Iterator[Claim]:
    """The claims of a group: one, or one per named place (CODEBOOK section 10.10)."""
    main = _fullest(group.members)
    best = choose_place(group.members, names)
    surest = best.candidate if best is not None else main
    found = surest.places[:_MOST_PLACES] if main.family in _PER_PLACE else surest.places[:1]
    group.roles = _roles(group.members, names)
    smaller = [smallest(surest.view, place) for place in found]
    # A village told twice, of which one mention was that of its countryside, is one place.
    by_words = {reading.article.words(name_span(reading, place)): place for place in reversed(smaller)}
    places: list[Mention | None] = [*reversed(by_words.values())] or [None]
    for place in places:
        yield _claim(group, main, place, reading, judge)


def _fullest(members: Sequence[Candidate]) -> Candidate:
    """The member that tells most: a sourced one first, then the one with the most parts."""
    return max(
        members, key=lambda m: (bool(m.chain), len(m.roles) + 2 * bool(m.counts) + bool(m.time), m.score)
    )


def _claim(group: Group, main: Candidate, place: Mention | None, reading: Reading, judge: Weights) -> Claim:
    members = sorted(group.members, key=lambda m: (m is not main, m.hit.first))
    return Claim(
        article=reading.article.id,
        event=main.event,
        polarity=main.polarity,
        modality=main.modality,
        evidence=tuple(_evidence(member, reading) for member in members),
        attribution=main.chain,
        actors=_actors(group.roles, reading),
        place=_place(place, reading),
        time=_time(members, reading),
        counts=tuple(merge_counts(count for member in members for count in member.counts)),
        origin=tuple(_origin(main, judge)),
    )


def _evidence(member: Candidate, reading: Reading) -> Evidence:
    first, last = member.clause
    tokens = reading.tokens
    part = tokens[first].part
    trigger = Span(tokens[member.hit.first].start, tokens[member.hit.last - 1].end, part)
    span = Span(tokens[first].start, max(tokens[last - 1].end, trigger.end), part)
    return Evidence(span=span, trigger=trigger)


def _roles(members: Sequence[Candidate], names: Names) -> dict[RoleName, list[Mention]]:
    """Whom the mentions name together; a role that they leave open is the first's that has it."""
    if len(members) == 1:
        return members[0].roles
    found = choose_roles(members, names)
    for member in members:
        for role, mentions in member.roles.items():
            if role not in found:
                found[role] = mentions
    return found


def _actors(roles: dict[RoleName, list[Mention]], reading: Reading) -> tuple[ActorRef, ...]:
    """The actors with their words, each name once in a role."""
    found: list[ActorRef] = []
    for role, mentions in roles.items():
        known: list[frozenset[str]] = []
        for mention in mentions:
            span = name_span(reading, mention)
            text = reading.article.words(span)
            words = content(text)
            if words and not any(words <= other or other <= words for other in known):
                known.append(words)
                found.append(ActorRef(role=role, text=text, span=span))
    return tuple(found)


def _place(place: Mention | None, reading: Reading) -> PlaceRef | None:
    if place is None:
        return None
    span = name_span(reading, place)
    return PlaceRef(text=reading.article.words(span), span=span)


def _time(members: Sequence[Candidate], reading: Reading) -> TimeRef | None:
    expr = best_time(members)
    if expr is None:
        return None
    return TimeRef(text=reading.article.words(expr.span), span=expr.span, expr=expr)


def _origin(main: Candidate, judge: Weights) -> Iterator[Origin]:
    hit, tokens = main.hit, main.view.tokens
    words = " ".join(token.form for token in tokens[hit.first : hit.last])
    yield Origin(part="event", rule=f"trigger:{main.event}/{hit.kind}", words=words)
    for part, (rule, cue) in main.origin.items():
        yield Origin(part=part, rule=rule, words=cue or _words_of(main, part))
    if main.chain:
        yield Origin(
            part="source", rule=f"reporting word, {main.chain[0].stance}", words=_cue(main.chain[0], main)
        )
    reasons = ", ".join(f"{name} {added:+.2f}" for name, added in judge.reasons(main.features))
    yield Origin(part="judge", rule=f"score {main.score:+.2f}", words=reasons)


def _words_of(main: Candidate, part: str) -> str:
    mentions = (
        main.places if part == "place" else next((m for role, m in main.roles.items() if role == part), [])
    )
    return "، ".join(main.view.reading.text(mention.first, mention.last) for mention in mentions)


def _cue(source: Source, main: Candidate) -> str:
    return main.view.reading.article.words(source.cue) if source.cue else ""
