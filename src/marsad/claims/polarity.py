"""Polarity: whether a source says that something happened or that it did not.

What negates is a word of the lexicon that governs the event: a particle before the verb ("لم ينسحب"), a noun before the masdar ("عدم الانسحاب"), a verb
of failure ("فشلت في السيطرة"), or one that undoes a state ("رفع الحصار"). Two negations make an affirmation. A denial is told by the
room of attribution.
"""

from __future__ import annotations

from collections.abc import Sequence

from marsad.claims.candidate import Candidate
from marsad.claims.marks import Mark, mark_sense


def set_polarity(candidate: Candidate, governors: Sequence[Mark]) -> None:
    """Set the polarity of a candidate from what governs it."""
    negators = [mark for mark in governors if _negates(mark, candidate.event)]
    undone = _undoes_itself(candidate)
    if (len(negators) + undone) % 2 == 0:
        return
    candidate.polarity = "negated"
    words = candidate.view.reading.text(negators[0].first, negators[0].last) if negators else ""
    candidate.origin["polarity"] = ("the state is undone" if undone else "negator", words)


def asserts_nothing(candidate: Candidate, governors: Sequence[Mark]) -> bool:
    """Whether what governs an event makes it no claim at all: "لم ترد أنباء عن إصابات", "دون وقوع أضرار" (CODEBOOK section 10.4)."""
    if any(mark.data.get("no_claim") for mark in governors):
        return True
    return candidate.family in ("harm", "damage") and any(mark.data.get("aside") for mark in governors)


def counts_for(mark: Mark, event: str) -> bool:
    """Whether a word says something of events of that code; an entry can be limited to codes or families."""
    events = mark.data.get("events")
    return not events or event in events or event.partition(".")[0] in events


def _negates(mark: Mark, event: str) -> bool:
    return mark.cls == "negator" and mark.data.get("stance") != "deny" and counts_for(mark, event)


def _undoes_itself(candidate: Candidate) -> bool:
    """Whether the trigger's own first word undoes what its others name: the phrase "رفع الحصار"."""
    if candidate.hit.kind != "phrase":
        return False
    word = candidate.view.tokens[candidate.hit.first].word
    sense = mark_sense(word)
    return sense is not None and candidate.event in (sense.data.get("events") or ())
