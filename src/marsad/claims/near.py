"""What is near: the noun phrases around a candidate, and how each stands to its trigger."""

from __future__ import annotations

from dataclasses import dataclass

from marsad.claims.candidate import Candidate
from marsad.claims.parts import is_finite
from marsad.claims.view import RELATIVES, SUBORDINATORS, View
from marsad.model import Mention

_SENTENCES_BACK = 2
_ACTORS = frozenset(("body", "person", "craft", "people", "unnamed", "monitor", "place", "thing", "outlet", "document"))
_BUCKETS = (0, 1, 2, 4, 7, 11, 17, 26)


@dataclass(frozen=True, slots=True)
class Near:
    """A noun phrase near a trigger: how many sentences back, on which side, how far, with what between."""

    mention: Mention
    hops: int
    """0 for the same sentence, 1 and 2 for those before, 9 for the title"""
    side: str
    distance: int
    preposition: str
    between: str
    nested: bool

    @property
    def can_act(self) -> bool:
        """Whether a noun phrase of its kind can have a role at all."""
        return self.mention.kind in _ACTORS

    @property
    def bucket(self) -> int:
        """The distance in words, coarsely."""
        return next((n for n, most in enumerate(_BUCKETS) if self.distance <= most), len(_BUCKETS))


def near_of(candidate: Candidate) -> list[Near]:
    """The noun phrases of the candidate's sentence, of the two before it and of the title; found once per candidate."""
    view = candidate.view
    found = [_in_sentence(candidate, mention) for mention in view.reading.mentions(view.index)]
    sentence = view.reading.sentences[view.index]
    for hops in range(1, _SENTENCES_BACK + 1):
        index = view.index - hops
        if index < 0 or view.reading.sentences[index].part != sentence.part:
            break
        found.extend(_elsewhere(view, index, hops))
    if sentence.part == "text" and view.reading.sentences[0].part == "title":
        found.extend(_elsewhere(view, 0, 9))
    return found


def _elsewhere(view: View, index: int, hops: int) -> list[Near]:
    other = view_of(view, index)
    return [
        Near(mention, hops, "before", mention.first - other.first, other.preposition(mention), "", _nested(other, mention))
        for mention in view.reading.mentions(index)
    ]


def view_of(view: View, index: int) -> View:
    """The view of another sentence, made once per reading."""
    key = ("view", index)
    found = view.reading.memo.get(key)
    if found is None:
        found = view.reading.memo[key] = View(view.reading, index)
    assert isinstance(found, View)
    return found


def _nested(view: View, mention: Mention) -> bool:
    return mention not in view.mentions


def _in_sentence(candidate: Candidate, mention: Mention) -> Near:
    view, hit = candidate.view, candidate.hit
    if mention.first >= hit.last:
        side, start, stop = "after", hit.last, mention.first
    elif mention.last <= hit.first:
        side, start, stop = "before", mention.last, hit.first
    else:
        side, start, stop = "over", hit.first, hit.first
    between = _between(view, start, stop)
    return Near(mention, 0, side, stop - start, view.preposition(mention), between, _nested(view, mention))


def _between(view: View, start: int, stop: int) -> str:
    """The strongest boundary between two tokens: "verb", "clause", "trigger", "comma", "noun" or ""."""
    seen = set()
    for index in range(start, stop):
        token = view.tokens[index]
        if token.form in RELATIVES:
            seen.add("relative")
        elif token.form in SUBORDINATORS:
            seen.add("clause")
        elif "trigger" in token.word.classes:
            seen.add("trigger")
        elif is_finite(token):
            seen.add("verb")
        elif token.form in "،,":
            seen.add("comma")
        elif view.at(index) is not None:
            seen.add("noun")
    return next((name for name in ("clause", "relative", "verb", "trigger", "comma", "noun") if name in seen), "")
