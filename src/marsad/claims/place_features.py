"""The features by which a place is weighed as where an event happened."""

from __future__ import annotations

from collections.abc import Iterator

from marsad.claims.candidate import Candidate
from marsad.claims.linear import Key, Weights
from marsad.claims.near import Near
from marsad.claims.places import is_generic

_VENUES = frozenset(("say", "talks", "law"))


def place_features(candidate: Candidate, item: Near) -> list[str]:
    """The names of the features that are on for a place."""
    named = [feature for part in _parts(candidate, item) for feature in part[0](part)]
    return [*named, *_links(candidate, item)]


def place_score(weights: Weights, candidate: Candidate, item: Near) -> float:
    """The sum of the weights of those features."""
    return weights.total(_links(candidate, item), weights.units_of(_parts(candidate, item)))


def _parts(candidate: Candidate, item: Near) -> tuple[Key, ...]:
    """Most features in groups, each with the few things that it rests on, so that what recurs is added up once."""
    mention, side, given = item.mention, item.place, bool(candidate.places)
    rule = candidate.origin.get("place", ("", ""))[0] if mention in candidate.places else ""
    preposition = item.preposition.rpartition(" ")[2]
    head = candidate.view.tokens[mention.first].word.classes
    return (
        (_by_grammar, candidate.family, side, preposition, item.between, item.bucket),
        (_by_rule, rule, given, side),
        (_by_name, "place_head" in head, "state" in head, is_generic(candidate.view, mention), item.nested),
    )


def _by_grammar(key: Key) -> Iterator[str]:
    """Where it stands to what event, behind which preposition and boundaries."""
    _, family, side, preposition, between, bucket = key
    yield "bias" if family not in _VENUES else "bias venue"
    yield f"family {family}"
    yield f"{side}"
    yield f"{side} {preposition}"
    yield f"{family} {side} {preposition}"
    yield f"{side} {bucket}"
    yield f"{side} between={between}"
    yield f"{preposition} between={between}"


def _by_rule(key: Key) -> Iterator[str]:
    """What the rules say."""
    _, rule, given, side = key
    yield f"rule={rule}"
    yield f"given={given} rule={bool(rule)}"
    yield f"given={given} {side}"


def _by_name(key: Key) -> Iterator[str]:
    """What name it is."""
    _, headed, state, generic, nested = key
    yield f"head={headed}"
    yield f"state={state}"
    yield f"generic={generic}"
    if nested:
        yield "nested"


def _links(candidate: Candidate, item: Near) -> Iterator[str]:
    """What other parts say of the same noun phrase."""
    mention = item.mention
    if candidate.cause is not None and mention in candidate.cause.places:
        yield "place of the cause"
    for role, mentions in candidate.roles.items():
        if mention in mentions:
            yield f"is {role}"
