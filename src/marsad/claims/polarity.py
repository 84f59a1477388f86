"""Polarity and modality: did it happen, did it not, will it, might it.

A negator counts when it stands right before the verb or governs the masdar (عدم، دون); a denial by the source is told by the room of
attribution. An imperfect with س or after سوف is planned; words such as ربما, قد before an imperfect, محتمل make it possible.
"""

from __future__ import annotations

from marsad.claims.candidate import Candidate
from marsad.claims.view import SUBORDINATORS
from marsad.model import Token
from marsad.model.claim import Modality

_NEGATORS = frozenset("لم لن لا ليس ليست ليسوا وليس ولم ولن ولا فلم عدم بعدم لعدم وعدم دون بدون غير ما".split())
_NEGATES_NOUN = frozenset("عدم بعدم لعدم وعدم دون بدون لا ولا غير".split())
_NEGATES_VERB = frozenset("لم لن لا ولم ولن ولا فلم فلا ليس ليست وليس".split())
_POSSIBLE = frozenset("قد وقد ربما يحتمل يمكن".split())
_REACH = 4


def polarity_and_modality(candidate: Candidate) -> None:
    """Set polarity and modality from the words before the trigger."""
    tokens, hit = candidate.view.tokens, candidate.hit
    if _negated(candidate):
        candidate.polarity = "negated"
        candidate.origin["polarity"] = ("negator before the trigger", "")
    modality = _modality(candidate, tokens)
    if modality is not None:
        candidate.modality = modality[0]
        candidate.origin["modality"] = (modality[1], "")
    del hit


def _negated(candidate: Candidate) -> bool:
    view, hit = candidate.view, candidate.hit
    index = view.before(hit.first)
    for _ in range(3 if hit.kind != "verb" else 1):
        if index < view.first:
            return False
        form = view.tokens[index].form
        if form in (_NEGATES_VERB if hit.kind == "verb" else _NEGATES_NOUN):
            return True
        if view.tokens[index].kind == "punct" or form in SUBORDINATORS:
            return False
        index -= 1
    return False


def _modality(candidate: Candidate, tokens: list[Token]) -> tuple[Modality, str] | None:
    view, hit = candidate.view, candidate.hit
    if hit.kind == "verb" and "iv" in hit.morph and "pv" not in hit.morph:
        if "س" in hit.pro:
            return "planned", "future س"
        before = tokens[hit.first - 1].form if hit.first > view.first else ""
        if before in ("سوف", "وسوف", "لن", "ولن"):
            return "planned", f"future {before}"
        if before in ("قد", "وقد"):
            return "possible", "قد before an imperfect"
    return _modal_word(candidate, tokens)


def _modal_word(candidate: Candidate, tokens: list[Token]) -> tuple[Modality, str] | None:
    """A modal word of the lexicon that governs the trigger from a few words before."""
    view, hit = candidate.view, candidate.hit
    for index in range(hit.first - 1, max(view.first, hit.first - _REACH) - 1, -1):
        token = tokens[index]
        if token.kind == "punct" and token.form not in "\"«»“”":
            return None
        sense = token.word.sense("modal")
        if sense is not None and sense.data.get("modality"):
            return sense.data["modality"], f"modal {token.form}"
        if token.form in _POSSIBLE and token.form not in ("قد", "وقد"):
            return "possible", f"modal {token.form}"
    return None
