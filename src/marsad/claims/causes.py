"""Causes: what harmed people is linked to the harm, so that the doer and the place need be said only once.

"مقتل ثلاثة في قصف لقوات النظام على إدلب": the people were killed by the shelling, so its doer and its place are theirs.
"""

from __future__ import annotations

from collections.abc import Sequence

from marsad.claims.candidate import Candidate

_HOPS = 3
_EFFECTS = frozenset(("harm.killed", "harm.wounded", "damage.property", "people.displaced"))
_ATTACKS = frozenset(("strike", "fight", "blast"))
_RESULT = frozenset(
    "ادي ادت اسفر اسفرت خلف خلفت اوقع اوقعت تسبب تسببت اودي اودت مخلفا موقعا موديا ماادي راح".split()
)


def is_effect(candidate: Candidate) -> bool:
    """Whether an event is what another one did to people or things."""
    return candidate.event in _EFFECTS


def is_attack(candidate: Candidate) -> bool:
    """Whether an event can harm people."""
    return candidate.family in _ATTACKS


def link_causes(sentences: Sequence[Sequence[Candidate]]) -> None:
    """Link each effect to the attack of its sentence, or of the sentence before where only the effect is told.

    Args:
        sentences: The candidates of each sentence in order.
    """
    before: list[Candidate] = []
    for candidates in sentences:
        attacks = [candidate for candidate in candidates if is_attack(candidate)]
        for candidate in candidates:
            if is_effect(candidate):
                candidate.cause = _nearest(candidate, attacks) or _from_before(candidate, before)
                if candidate.cause is not None:
                    candidate.cause.effects.append(candidate)
        if candidates:
            before = attacks or before


def point_back(candidates: Sequence[Candidate]) -> None:
    """Give a definite event noun without a doer the parts of the same event told before: "وأسفرت هذه الغارات عن".

    Args:
        candidates: All candidates in order of the text.
    """
    last: dict[str, Candidate] = {}
    for candidate in candidates:
        before = last.get(candidate.family)
        if (
            before is not None
            and _points_back(candidate)
            and candidate.view.index - before.view.index <= _HOPS
        ):
            for role, mentions in before.roles.items():
                if role not in candidate.roles:
                    candidate.give(role, mentions, "the event that it points back to")
            candidate.set_places(before.places, "place of the event that it points back to")
        if is_attack(candidate) and candidate.roles:
            last[candidate.family] = candidate


def _points_back(candidate: Candidate) -> bool:
    hit = candidate.hit
    if hit.kind == "verb" or not is_attack(candidate) or candidate.roles.get("agent"):
        return False
    form = candidate.view.tokens[hit.first].form
    return "ال" in hit.pro or form.lstrip("وفبلك").startswith("ال")


def _nearest(effect: Candidate, attacks: Sequence[Candidate]) -> Candidate | None:
    """The attack nearest to an effect in its sentence; one that follows (في قصف) before one that leads."""
    best, least = None, 60
    for attack in attacks:
        gap = attack.hit.first - effect.hit.last
        distance = gap if gap >= 0 else 3 - gap
        if distance < least:
            best, least = attack, distance
    return best


def _from_before(effect: Candidate, before: Sequence[Candidate]) -> Candidate | None:
    if not before or effect.view.index - before[-1].view.index != 1:
        return None
    tokens = effect.view.tokens[effect.view.first : effect.hit.first]
    if any(token.form.lstrip("و") in _RESULT for token in tokens):
        return before[-1]
    return None


def share_doer(effect: Candidate) -> None:
    """Give an effect that still has no doer the one of its cause."""
    if effect.cause is not None and not effect.roles.get("agent") and effect.cause.roles.get("agent"):
        effect.give("agent", effect.cause.roles["agent"], "doer of the attack that caused it")


def share(effect: Candidate) -> None:
    """Give an effect the doer and the place of its cause, and the cause the place of its effect."""
    cause = effect.cause
    if cause is None:
        return
    if "agent" not in effect.roles and cause.roles.get("agent"):
        effect.give("agent", cause.roles["agent"], "doer of the attack that caused it")
    same = cause.view is effect.view
    if same and cause.places and cause.origin["place"][0] != "nearest place of the sentence":
        effect.set_places(cause.places, "place of the attack that caused it")
    if same and effect.places and effect.origin["place"][0] != "nearest place of the sentence":
        cause.set_places(effect.places, "place of what it did")
