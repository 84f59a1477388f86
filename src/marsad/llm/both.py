"""Two readings of one article side by side: what both say is surer, and every difference stays visible with the other's reading.

The rules' claim stands wherever both found one: nothing is mixed of the two, and nothing is lost. ``Readers.differs`` holds names of
`marsad.model.readers.PARTS` in that order, ``("presence",)`` alone for what only one of two found, or nothing where they agree.

Confidence is how sure it is that the article says so. The rules' own probability is moved by what the second reader says, in odds:
were the second reader to find a share r of what the rules find rightly and w of what they find wrongly, agreement would multiply the odds by
r / w and silence by (1 - r) / (1 - w). Two people who annotate one article find about 0.9 of each other's claims; a model is taken to find 0.7, and to
follow the rules in 0.35 of their errors, as the same words mislead it too: 2.0 and 0.46. Both are assumptions, set low; ``bench/doubts.py`` measures what they do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from marsad.llm.both_pairs import pairs_of
from marsad.llm.both_parts import differing
from marsad.llm.types import Window
from marsad.model import Claim, Readers, Span
from marsad.model.jsonl import claim_to_json

AGREED = 2.0
"""What agreement multiplies the odds by; that the model passes a claim over divides them by `ALONE`."""
ALONE = 2.0
_DISPUTED = frozenset(("source", "polarity", "modality"))
"""Where the readers differ in these they differ in what is said and by whom: that counts like silence. In other parts the odds stay."""


def both(
    rules: Sequence[Claim],
    model: Sequence[Claim],
    asked: Sequence[Window],
    sure: Callable[[Claim], float | None],
) -> list[Claim]:
    """What two readers found in one article, in the order of the text, no two claims of one id.

    Args:
        rules: The rules' claims, grounded.
        model: The model's claims, grounded in the same way.
        asked: The windows to which a usable answer came; words outside them have been read by the rules only.
        sure: The rules' own probability of one of their claims, None where it is not known.

    Returns:
        The rules' claims and those that only the model found, each with its ``readers``; a claim that the model was not shown has none.
    """
    pairs = pairs_of(rules, model)
    found = [
        _paired(claim, model[pairs[i]], sure(claim)) if i in pairs else _sole(claim, asked, sure(claim))
        for i, claim in enumerate(rules)
    ]
    taken = set(pairs.values())
    left = [claim for j, claim in enumerate(model) if j not in taken]
    return sorted(_without_doubles([*found, *map(_models, left)]), key=_position)


def raised(probability: float, factor: float) -> float:
    """A probability whose odds are multiplied, rounded to 3 digits; 0 and 1 stay.

    >>> raised(0.5, 2.0), raised(0.5, 0.5)
    (0.667, 0.333)
    """
    return round(probability * factor / (1 - probability + probability * factor), 3)


def _paired(claim: Claim, other: Claim, sure: float | None) -> Claim:
    differs = differing(claim, other)
    factor = 1 / ALONE if _DISPUTED.intersection(differs) else 1.0 if differs else AGREED
    readers = Readers(
        by=("rules", "model"),
        differs=differs,
        confidence=None if sure is None else raised(sure, factor),
        other=_plain(other) if differs else None,
    )
    return replace(claim, readers=readers)


def _sole(claim: Claim, asked: Sequence[Window], sure: float | None) -> Claim:
    """A claim of the rules alone; where the model was not shown its words, it says nothing of it."""
    trigger = claim.evidence[0].trigger
    if not any(_was_shown(trigger, window) for window in asked):
        return replace(claim, readers=None)
    confidence = None if sure is None else raised(sure, 1 / ALONE)
    return replace(claim, readers=Readers(by=("rules",), differs=("presence",), confidence=confidence))


def _models(claim: Claim) -> Claim:
    """A claim of the model alone: nothing measured tells how sure it is."""
    return replace(claim, readers=Readers(by=("model",), differs=("presence",)))


def _was_shown(words: Span, window: Window) -> bool:
    if words.part == "title" and window.title:
        return True
    return any(
        one.part == words.part and one.start <= words.start and words.end <= one.end for one in window.shown
    )


def _plain(claim: Claim) -> dict[str, Any]:
    """A claim as JSON without what is of no use beside another."""
    return {key: value for key, value in claim_to_json(claim).items() if key not in ("origin", "readers")}


def _without_doubles(claims: Sequence[Claim]) -> Iterator[Claim]:
    """The first claim of each id: the rules' own, then the model's."""
    seen: set[str] = set()
    for claim in claims:
        if claim.id not in seen:
            seen.add(claim.id)
            yield claim


def _position(claim: Claim) -> tuple[bool, int]:
    trigger = claim.evidence[0].trigger
    return trigger.part == "text", trigger.start
