"""Modality: whether an event is told as actual, planned, possible or demanded.

The nearest modal word that governs the event decides ("يعتزم الجيش اقتحام البلدة" is planned). Besides words there are forms: an imperfect with س, a clause
with a day that is still to come ("يلتقي الوزيران غدا"), and a masdar of taking or leaving a place behind the ل of purpose ("هجوم لاستعادة القرية": the attack
is actual, the capture is planned). An attempt is actual: it is the attack (CODEBOOK section 10.8).
"""

from __future__ import annotations

from collections.abc import Sequence

from marsad.arabic import Lexicon
from marsad.claims.candidate import Candidate
from marsad.claims.governors import Walk, carrying
from marsad.claims.hits import Hit
from marsad.claims.marks import Mark, is_finite, is_perfect, marks_of
from marsad.claims.polarity import asserts_nothing, counts_for, set_polarity
from marsad.claims.view import RELATIVES, SUBORDINATORS, View
from marsad.model.claim import Modality

_AIMS = frozenset(
    ("territory.control", "territory.advance", "territory.withdrawal", "territory.siege", "fight.attack")
)
_AHEAD = 20


def polarity_and_modality(candidate: Candidate, lexicon: Lexicon) -> bool:
    """Set polarity and modality from the words that govern the trigger; False where the words say that nothing is known to have happened."""
    view = candidate.view
    marks = marks_of(view, lexicon)
    walk = Walk(view, marks, candidate.event)
    walk.from_hit(candidate.hit)
    _from_verb_behind(walk, candidate.hit)
    if asserts_nothing(candidate, walk.found):
        return False
    set_polarity(candidate, walk.found)
    found = _modal(walk.found, candidate) or _day_to_come(view, candidate.hit, marks) or _aim(candidate)
    if found is not None:
        modality, rule, first, last = found
        candidate.modality = modality
        candidate.origin["modality"] = (rule, view.reading.text(first, last))
    _presuppose(candidate)
    return True


def _presuppose(candidate: Candidate) -> None:
    """Who demands that a siege be lifted tells that there is one: "طالب برفع الحصار" (the demand itself is ``say.demand``)."""
    if (
        candidate.modality == "demanded"
        and candidate.polarity == "negated"
        and candidate.event == "territory.siege"
    ):
        candidate.modality, candidate.polarity = "actual", "affirmed"


_Found = tuple[Modality, str, int, int]


def _modal(governors: Sequence[Mark], candidate: Candidate) -> _Found | None:
    for mark in governors:
        modality = mark.data.get("modality")
        if (
            modality
            and not mark.data.get("attempt")
            and counts_for(mark, candidate.event)
            and not _is_speech(mark, candidate)
        ):
            return modality, "future" if mark.future else "modal word", mark.first, mark.last
    return None


def _is_speech(mark: Mark, candidate: Candidate) -> bool:
    """Whether the word makes the act of speech itself: "شدد على دعمه" supports, "سنرد" threatens."""
    if candidate.family != "say":
        return False
    return mark.data.get("modality") == "demanded" or (mark.future and mark.first == candidate.hit.first)


def _day_to_come(view: View, hit: Hit, marks: dict[int, Mark | None]) -> _Found | None:
    """A day still to come in the clause of a noun or imperfect ("غدا", "الأسبوع المقبل")."""
    if hit.kind == "verb" and "iv" not in hit.morph:
        return None
    for index in range(hit.last, min(view.last, hit.last + _AHEAD)):
        token = view.tokens[index]
        mark = marks.get(index)
        if mark is not None and mark.data.get("ahead"):
            return "planned", "day to come", mark.first, mark.last
        clock = token.form == ":" and view.tokens[index - 1].kind == "number"
        if (
            (token.kind == "punct" and token.form in ".،؛:" and not clock)
            or is_finite(token)
            or token.form in SUBORDINATORS
        ):
            break
    for index in range(hit.first - 1, max(view.first, hit.first - 5) - 1, -1):
        mark = marks.get(index)
        if mark is not None and mark.data.get("ahead"):
            return "planned", "day to come", mark.first, mark.last
        token = view.tokens[index]
        if (token.kind == "punct" and token.form in ".،؛:") or is_finite(token) or is_perfect(token):
            break
    return None


def _aim(candidate: Candidate) -> _Found | None:
    """The ل of purpose before a masdar: "تقدموا للسيطرة على الجسر"."""
    hit, view = candidate.hit, candidate.view
    if hit.kind == "verb" or candidate.event not in _AIMS or not _has_lam(candidate):
        return None
    if candidate.family == "fight" and "ال" not in hit.pro:
        return None
    left = view.before(hit.first)
    told = hit.last < view.last and view.tokens[hit.last].form in RELATIVES
    mention = view.at(hit.first)
    named = mention is not None and mention.kind == "body" and mention.ext_first < hit.first
    if left < view.first or told or named:
        return None
    for index in range(left, max(view.first, left - 8) - 1, -1):
        token = view.tokens[index]
        if "takes_lam" in token.word.classes:
            return None
    return "planned", "ل of purpose", hit.first, hit.last


def _has_lam(candidate: Candidate) -> bool:
    hit = candidate.hit
    if hit.kind == "noun":
        return hit.pro.replace("ال", "").endswith("ل") and "pl" not in hit.morph
    return candidate.view.tokens[hit.first].form[:1] == "ل"


def _from_verb_behind(walk: Walk, hit: Hit) -> None:
    """Take in what governs a verb of taking place whose subject stands before it: "الهدنة ستبدأ مساء"."""
    if hit.kind == "verb" or walk.found:
        return
    view = walk.view
    for index in range(hit.last, min(view.last, hit.last + 6)):
        token = view.tokens[index]
        if token.kind == "punct" and token.form not in '"«»“”()':
            return
        sense = carrying(token, walk.event)
        if sense is not None and "v." in sense.morph and is_finite(token):
            frame = sense.data.get("frame") or {}
            if "event" in str(frame.get("subject")):
                walk.over_verb(index, future="س" in sense.pro)
            return
        if is_finite(token):
            return
