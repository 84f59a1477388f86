"""The features by which a place is weighed as where an event happened."""

from __future__ import annotations

from marsad.claims.candidate import Candidate
from marsad.claims.near import Near
from marsad.claims.places import is_generic

_VENUES = frozenset(("say", "talks", "law"))


def place_features(candidate: Candidate, item: Near) -> list[str]:
    """The names of the features that are on for a place."""
    mention, family = item.mention, candidate.family
    side = item.place
    rule = candidate.origin.get("place", ("", ""))[0] if mention in candidate.places else ""
    given = bool(candidate.places)
    preposition = item.preposition.rpartition(" ")[2]
    head = candidate.view.tokens[mention.first].word
    features = [
        "bias" if family not in _VENUES else "bias venue",
        f"family {family}",
        f"{side}",
        f"{side} {preposition}",
        f"{family} {side} {preposition}",
        f"{side} {item.bucket}",
        f"{side} between={item.between}",
        f"{preposition} between={item.between}",
        f"rule={rule}",
        f"given={given} rule={bool(rule)}",
        f"given={given} {side}",
        f"head={'place_head' in head.classes}",
        f"state={'state' in head.classes}",
        f"generic={is_generic(candidate.view, mention)}",
    ]
    if item.nested:
        features.append("nested")
    if candidate.cause is not None and mention in candidate.cause.places:
        features.append("place of the cause")
    for role, mentions in candidate.roles.items():
        if mention in mentions:
            features.append(f"is {role}")
    return features
