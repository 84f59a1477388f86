"""The features by which a noun phrase is weighed for a role of an event."""

from __future__ import annotations

from marsad.claims.candidate import Candidate
from marsad.claims.near import Near
from marsad.model import Mention
from marsad.model.actor import RoleName


def role_features(candidate: Candidate, role: RoleName, item: Near) -> list[str]:
    """The names of the features that are on for a noun phrase in a role."""
    mention, hit = item.mention, candidate.hit
    kind, family = mention.kind, _group(candidate)
    rule = _rule(candidate, role, mention)
    side = item.side if item.hops == 0 else f"{item.hops} back"
    form = hit.kind if hit.kind != "verb" else ("passive" if candidate.passive else "verb")
    given = bool(candidate.roles.get(role))
    features = [
        f"{role}",
        f"{role} {family}",
        f"{role} {kind}",
        f"{role} {family} {kind}",
        f"{role} rule={rule}",
        f"{role} {family} rule={bool(rule)}",
        f"{role} {side}",
        f"{role} {side} {item.preposition}",
        f"{role} {form} {side} {kind}",
        f"{role} {side} {item.bucket}",
        f"{role} {side} between={item.between}",
        f"{role} {form} {side} {item.preposition} {item.between}",
        f"{role} given={given} {side}",
        f"{role} given={given} rule={bool(rule)} {kind}",
    ]
    if item.nested:
        features.append(f"{role} nested {kind}")
    for other, mentions in candidate.roles.items():
        if other != role and mention in mentions:
            features.append(f"{role} rule gives it {other}")
    features.extend(_links(candidate, role, item))
    return features


def _group(candidate: Candidate) -> str:
    """The event's family, with harm and custody by their code: who is killed and who is held are found alike."""
    return candidate.family


def _rule(candidate: Candidate, role: RoleName, mention: Mention) -> str:
    if mention not in candidate.roles.get(role, ()):
        return ""
    return candidate.origin.get(role, ("", ""))[0]


def _links(candidate: Candidate, role: RoleName, item: Near) -> list[str]:
    """What other candidates, sources and places say of the same noun phrase."""
    mention, found = item.mention, []
    cause = candidate.cause
    if cause is not None:
        for other, mentions in cause.roles.items():
            if mention in mentions:
                found.append(f"{role} is {other} of the cause")
    if mention in candidate.places:
        found.append(f"{role} is the place")
    tokens = candidate.view.tokens
    if candidate.chain and candidate.chain[0].span.start == tokens[mention.first].start and item.hops == 0:
        found.append(f"{role} is the source")
    if any(count.span.start <= tokens[mention.first].start < count.span.end for count in candidate.counts):
        found.append(f"{role} is counted")
    if item.hops == 0 and mention.first == candidate.view.first and not item.preposition:
        found.append(f"{role} opens the sentence")
    if "people" in tokens[mention.head].word.classes:
        sense = tokens[mention.head].word.sense("people")
        if sense is not None:
            found.append(f"{role} armed={bool(sense.data.get('armed'))}")
    return found
