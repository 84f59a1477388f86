"""Where the rules are unsure: how likely a claim is right, and which sentences a second reader should look at first.

A claim's probability is the judge's score through a logistic curve, made flatter by what ``bench/doubts.py`` measures on annotated articles: the bare
curve promises more than it holds. The doubt of a sentence is the chance that at least one thing in it is wrong, each sign taken for itself: a word
that names an event and was kept or dropped near the border, a role or place that another noun phrase nearly had, a claim in the article's own
voice beside a reporting word. Sentences without such a word have no doubt: of 173 annotated claims that the rules miss on
dev.jsonl, 8 are told in them, in 9 % of the text.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from marsad.claims.candidate import Candidate
from marsad.claims.find import ClaimsKit, let_go, search
from marsad.claims.view import View
from marsad.model import Claim, Reading

_SLOPE, _SHIFT = 0.63, 0.03
"""Log-odds that a claim is right by the judge's score: a logistic regression on the 631 claims found in train.jsonl (462 right). On dev.jsonl, from which
nothing was learnt, five equal bins are off by 4 points on average, and by 11 without it."""
_BY_SHARE = 0.5
"""How much of an open share of a role or place is doubt: of claims with a role that is half open about a quarter have it wrong."""
_UNPLACED, _UNVOICED = 0.1, 0.05
"""Of matched claims without a place a tenth should have one (train.jsonl); of those without a source beside a reporting word a twentieth."""
_LEAST = 0.05
"""Smaller doubts are none: what lies that far below the border is not worth a question."""


def probability(score: float) -> float:
    """How likely a candidate with that score is a claim, between 0 and 1."""
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, _SLOPE * score + _SHIFT))))


def sureness(claim: Claim) -> float | None:
    """How likely the rules' own claim is right by the judge's score in its origin; None where it has none."""
    for origin in claim.origin:
        if origin.part == "judge" and origin.rule.startswith("score "):
            return probability(float(origin.rule.removeprefix("score ")))
    return None


def find_with_doubts(reading: Reading, kit: ClaimsKit) -> tuple[list[Claim], dict[int, float]]:
    """The claims of an article as `find_claims` gives them, and how unsure the rules are of each sentence.

    Returns:
        The claims, and by index of the sentence the chance that something in it is wrong: above 0, below 1; sure sentences are left out.
    """
    found = search(reading, kit)
    kept = {id(candidate) for candidate in found.kept}
    sure: dict[int, float] = {}
    for candidate in _best(found.candidates):
        index = candidate.view.index
        for doubt in _doubts(candidate, id(candidate) in kept):
            sure[index] = sure.get(index, 1.0) * (1 - doubt)
    let_go(reading, found.candidates)
    return found.claims, {index: round(1 - left, 3) for index, left in sorted(sure.items()) if left < 1}


def chosen(reading: Reading, doubts: Mapping[int, float], share: float) -> set[int]:
    """The sentences to ask about: the unsurest first, until ``share`` of the characters of the text is used up.

    A sentence that no longer fits is passed over; the title, which is shown with every question, is not counted; a sentence without doubt is never taken.

    Args:
        reading: The article.
        doubts: Doubt by index of the sentence, as `find_with_doubts` gives it.
        share: Of the characters of the article's text, 0 to 1.
    """
    room = share * len(reading.article.text)
    found: set[int] = set()
    for index, doubt in sorted(doubts.items(), key=lambda pair: (-pair[1], pair[0])):
        size = _size(reading, index)
        if doubt > 0 and size <= room and reading.sentences[index].part == "text":
            found.add(index)
            room -= size
    return found


def _size(reading: Reading, index: int) -> int:
    """Raw code points of a sentence."""
    sentence = reading.sentences[index]
    return reading.tokens[sentence.last - 1].end - reading.tokens[sentence.first].start


def _best(candidates: Sequence[Candidate]) -> Iterator[Candidate]:
    """Of the candidates at one word the one that scores best: one word is one question."""
    best: dict[int, Candidate] = {}
    for candidate in candidates:
        known = best.get(candidate.hit.first)
        if known is None or candidate.score > known.score:
            best[candidate.hit.first] = candidate
    yield from best.values()


def _doubts(candidate: Candidate, kept: bool) -> Iterator[float]:
    """The chances that one thing about a candidate is wrong; those of its parts hold only if it is a claim."""
    likely = probability(candidate.score)
    if not kept:
        if likely >= _LEAST:
            yield min(likely, 0.5)
        return
    yield 1 - likely
    yield _BY_SHARE * likely * _open_roles(candidate)
    place = _largest(candidate, "place")
    yield likely * (_BY_SHARE * (1 - place) if candidate.places else _UNPLACED)
    if not candidate.chain and _has_reporting_word(candidate.view):
        yield _UNVOICED * likely


def _open_roles(candidate: Candidate) -> float:
    """How open the least settled role is: what share its best noun phrase lacks, or has where nobody was given the role."""
    shares = ((role, _largest(candidate, role)) for role in candidate.shares if role != "place")
    return max((1 - share if role in candidate.roles else share for role, share in shares), default=0.0)


def _largest(candidate: Candidate, role: str) -> float:
    return max((float(share.share) for share in candidate.shares.get(role, ())), default=0.0)


def _has_reporting_word(view: View) -> bool:
    return any("report" in token.word.classes for token in view.tokens[view.first : view.last])
