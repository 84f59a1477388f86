"""Roles: who did it and to whom, from the frame of the word that names the event and the parts around it.

Verbs take their subject after them or before them ("قصفت القوات البلدة", "إن القوات قصفت البلدة"); Arabic writes most passives like the active, so
the voice is decided by what is there: "قتل ثلاثة مدنيين" has only people that can be killed. Masdars take a genitive ("مقتل ثلاثة", "قصف القوات البلدة"),
a ل of the doer ("قصف لقوات النظام") and the doer behind من قبل or على يد.
"""

from __future__ import annotations

from typing import cast

from marsad.claims.candidate import ROLES, Candidate
from marsad.claims.frames import Slots
from marsad.claims.parts import Part, parts_after, subject_before
from marsad.claims.pronouns import antecedent
from marsad.model import Mention
from marsad.model.actor import RoleName

ACTING = frozenset(("body", "person", "craft"))
_DOER = frozenset(
    (
        "من قبل",
        "علي يد",
        "علي ايدي",
        "بيد",
        "بايدي",
        "من جانب",
        "بواسطه",
        "بنيران",
        "برصاص",
        "بقذايف",
        "بصواريخ",
        "بقصف",
    )
)
_HARMED = frozenset(("harm", "custody", "people"))
_DAMMA = "\u064f"


def fill_roles(candidate: Candidate, others: list[Candidate]) -> None:
    """Give a candidate the roles and places that its own clause holds."""
    hits = [other.hit for other in others if other is not candidate]
    parts = parts_after(candidate.view, candidate.hit, hits)
    if candidate.hit.kind == "verb":
        _fill_verb(candidate, parts)
    else:
        _fill_noun(candidate, parts)
    _fill_prepositions(candidate, parts)
    _fill_pronoun(candidate)
    _fill_itself(candidate)


def armed(mention: Mention) -> bool:
    """Whether a noun phrase names somebody that can use force: a body, a craft, or fighters."""
    return mention.kind in ("body", "craft")


def _fill_verb(candidate: Candidate, parts: list[Part]) -> None:
    hit, frame = candidate.hit, candidate.hit.frame
    direct = [part for part in parts if not part.preposition]
    before = subject_before(candidate.view, hit)
    if _after_subject(candidate, before, direct):
        subject, objects, rule = before, direct, "subject before the verb"
    else:
        subject, objects, rule = (
            (direct[0], direct[1:], "subject after the verb") if direct else (None, [], "")
        )
    candidate.passive = _is_passive(candidate, subject, objects)
    if candidate.passive:
        _assign(candidate, frame.passive, subject, f"passive, {rule}")
        return
    _assign(candidate, frame.subject, subject, rule)
    if objects:
        _assign(candidate, frame.object, objects[0], "object")


def _after_subject(candidate: Candidate, before: Part | None, direct: list[Part]) -> bool:
    """Whether the subject is the noun phrase before the verb and not the one after it."""
    if before is None:
        return False
    if ".3mp" in candidate.hit.morph or ".3md" in candidate.hit.morph:
        return True
    if not direct:
        return True
    after = direct[0].first
    if len(direct) > 1 and not candidate.hit.enc and after.kind in ACTING:
        return False
    if candidate.hit.enc:
        return after.kind not in ACTING
    return not (after.kind in ACTING and before.first.kind not in ACTING)


def _is_passive(candidate: Candidate, subject: Part | None, objects: list[Part]) -> bool:
    hit = candidate.hit
    if "p" not in hit.voices or hit.enc:
        return False
    if hit.voices == "p" or _written_passive(candidate):
        return True
    if not hit.frame.object or objects:
        return False
    if subject is None:
        return False
    kind = subject.first.kind
    if candidate.family in _HARMED:
        return kind not in ("craft",) and not (kind == "body" and subject.first.number == "pl")
    return kind in ("place", "thing", "people")


def _written_passive(candidate: Candidate) -> bool:
    """Whether the first letter of the verb carries the vowel of the passive (قُتل)."""
    token = candidate.view.tokens[candidate.hit.first]
    raw = candidate.view.reading.article.part(token.part)[token.start : token.end]
    lead = len(candidate.hit.pro)
    return _DAMMA in raw[lead : lead + 4][:3]


def _fill_noun(candidate: Candidate, parts: list[Part]) -> None:
    frame, hit = candidate.hit.frame, candidate.hit
    direct = [part for part in parts if not part.preposition]
    adjacent = bool(direct) and direct[0].first.ext_first - hit.last <= 3
    if not direct or not adjacent or not frame.genitive:
        return
    first, rest = direct[0], direct[1:]
    if frame.genitive != ("auto",):
        _assign(candidate, frame.genitive, first, "genitive")
        if frame.genitive[0] in ("agent", "gainer") and rest:
            _assign(candidate, frame.object, rest[0], "object of the masdar")
        return
    more = bool(rest) or any(part.preposition in frame.prepositions for part in parts)
    if first.first.kind in ACTING and (more or first.first.kind == "craft"):
        _assign(candidate, frame.subject or ("agent",), first, "genitive: the doer")
        if rest:
            _assign(candidate, frame.object, rest[0], "object of the masdar")
    else:
        _assign(candidate, frame.object or ("patient",), first, "genitive: the object")


def _fill_prepositions(candidate: Candidate, parts: list[Part]) -> None:
    frame = candidate.hit.frame
    for part in parts:
        preposition = part.preposition
        if not preposition:
            continue
        if preposition in _DOER:
            _assign(candidate, _doer(candidate), part, f"doer behind {preposition}")
        elif preposition in frame.prepositions:
            _assign(candidate, frame.prepositions[preposition], part, f"behind {preposition}")
        elif preposition == "ل" and _doer_by_lam(candidate, part):
            _assign(candidate, _doer(candidate), part, "doer behind ل")


def _doer_by_lam(candidate: Candidate, part: Part) -> bool:
    """Whether a ل behind an event noun names the doer: قصف لقوات النظام."""
    attack = candidate.family in ("strike", "fight", "territory", "blast")
    return attack and candidate.hit.kind != "verb" and part.first.kind in ACTING


def _doer(candidate: Candidate) -> Slots:
    for slots in (candidate.hit.frame.subject, candidate.hit.frame.genitive):
        if slots and slots[0] in ("agent", "gainer", "party"):
            return slots[:1]
    return ("agent",)


def _fill_pronoun(candidate: Candidate) -> None:
    """The part that only a pronoun on the word names: قتلهم, انسحابه."""
    hit, frame = candidate.hit, candidate.hit.frame
    if not hit.enc:
        return
    slots = frame.object if hit.kind == "verb" else frame.genitive
    if slots == ("auto",):
        slots = frame.subject or ("agent",)
    if not slots or slots[0] in candidate.roles:
        return
    acting = slots[0] in ("agent", "gainer", "party", "loser")
    mention = antecedent(candidate.view, hit, acting=acting)
    if mention is not None:
        _assign(candidate, slots, Part("", (mention,)), f"what {hit.enc} stands for")


def _fill_itself(candidate: Candidate) -> None:
    """A noun that names its own part: قتيل is the one killed."""
    role = candidate.hit.frame.itself
    if role and (mention := candidate.view.at(candidate.hit.first)) is not None:
        candidate.give(cast(RoleName, role), [mention], "the word itself")


def _assign(candidate: Candidate, slots: Slots, part: Part | None, rule: str) -> None:
    """Put a part into the slot of the frame that fits its kind."""
    if part is None or not slots:
        return
    kind = part.first.kind
    if "place" in slots and (kind == "place" or (kind == "thing" and slots == ("place",))):
        candidate.set_places(list(part.mentions), rule)
        if kind == "place" and "patient" in slots:
            candidate.give("patient", list(part.mentions), rule)
        return
    for slot in slots:
        if slot in ROLES:
            candidate.give(cast(RoleName, slot), list(part.mentions), rule)
            if kind == "place" and slot == "patient":
                candidate.set_places(list(part.mentions), rule)
            return
