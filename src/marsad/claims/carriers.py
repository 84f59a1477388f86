"""Carriers: verbs that only carry an event noun, and whose subject is therefore its doer.

"شنت الطائرات غارات على المدينة": the strike is the noun, who flew it is the subject of شنت. A participle does the same ("منفذو الهجوم").
"""

from __future__ import annotations

from collections.abc import Sequence

from marsad.claims.candidate import Candidate
from marsad.claims.hits import Hit
from marsad.claims.parts import Part, subject_before
from marsad.claims.view import SUBORDINATORS
from marsad.model import Sense

_REACH = 9
_BEHIND = 12
_SUFFERED = 14
_ATTACKS = frozenset(("strike", "blast", "fight"))


def folded_into(candidate: Candidate, others: Sequence[Candidate]) -> Candidate | None:
    """The event noun whose verb this is: in "قصف جوي استهدف المدينة" the verb only says whom the bombardment hit.

    The verb comes soon behind the noun, with no one else between who could be its subject, and names no doer itself.
    """
    hit, view = candidate.hit, candidate.view
    if hit.kind != "verb" or candidate.event != "fight.attack" or hit.enc or hit.pro:
        return None
    if candidate.roles.get("agent") and candidate.roles.get("patient"):
        return None  # the verb has a subject of its own: "بعد قصف عنيف استهدفت القوات المدينة"
    for other in reversed(others):
        noun = other.hit
        if noun.kind == "verb" or noun.last > hit.first or other.family not in _ATTACKS:
            continue
        between = [
            m
            for m in view.mentions
            if noun.last <= m.first and m.last <= hit.first and not view.preposition(m)
        ]
        doers = [m for m in between if m.kind in ("body", "person", "craft")]
        named = bool(doers) and doers[0].first - noun.last > 1
        return None if hit.first - noun.last > _BEHIND or named else other
    return None


def hand_over(verb: Candidate, noun: Candidate) -> None:
    """Give an event noun what its verb says of it: whom it hit and where."""
    # The verb's subject is the event, so what stands behind the verb is its object, whatever the frame took it for.
    mentions = verb.roles.get("patient") or verb.roles.get("agent") or []
    noun.give("patient", mentions, "object of the verb behind the event noun")
    noun.set_places(verb.places, "object of the verb behind the event noun")


def find_doer(candidate: Candidate) -> None:
    """Set the subject of the verb that carries a candidate's event noun, if one does."""
    hit, view = candidate.hit, candidate.view
    if hit.kind == "verb":
        return
    for index in range(hit.first - 1, max(view.first, hit.first - _REACH) - 1, -1):
        token = view.tokens[index]
        if token.form in SUBORDINATORS or (token.kind == "punct" and token.form in ".؛:"):
            return
        sense = _carrying(token.word.senses)
        if sense is not None:
            between = [
                m
                for m in view.mentions
                if index < m.first and m.last <= hit.first and not view.preposition(m)
            ]
            if between:
                candidate.doer = tuple(between[:1])
                return
            verb = Hit(index, index + 1, hit.frame, "verb", sense.morph, sense.pro, sense.enc)
            part: Part | None = subject_before(view, verb)
            candidate.doer = part.mentions if part is not None else ()
            return


def find_sufferer(candidate: Candidate) -> None:
    """Make the subject of تعرض and its like the patient: "تعرضت المدينة لقصف", "تعرض القاعدة لهجوم"."""
    hit, view = candidate.hit, candidate.view
    if hit.kind == "verb" or candidate.family not in _ATTACKS or candidate.roles.get("patient"):
        return
    for index in range(hit.first - 1, max(view.first, hit.first - _SUFFERED) - 1, -1):
        token = view.tokens[index]
        if token.kind == "punct" and token.form in ".؛:":
            return
        sense = next((s for s in token.word.senses if s.cls == "support" and _suffers(s)), None)
        if sense is None:
            continue
        between = [
            m for m in view.mentions if index < m.first and m.last <= hit.first and not view.preposition(m)
        ]
        found = tuple(between[:1])
        if not found and "v." in sense.morph:
            verb = Hit(index, index + 1, hit.frame, "verb", sense.morph, sense.pro, sense.enc)
            part = subject_before(view, verb)
            found = part.mentions if part is not None else ()
        if found:
            candidate.give("patient", list(found), "subject of the verb of suffering")
            if found[0].kind == "place":
                candidate.set_places(list(found), "subject of the verb of suffering")
        return


def _suffers(sense: Sense) -> bool:
    frame = sense.data.get("frame") or {}
    return "patient" in str(frame.get("subject")) and "event" in map(str, frame.values())


def _carrying(senses: tuple[Sense, ...]) -> Sense | None:
    for sense in senses:
        if sense.cls == "support" and "v." in sense.morph:
            frame = sense.data.get("frame") or {}
            if "agent" in str(frame.get("subject")) and "event" in frame.values():
                return sense
    return None
