"""Which claim of one reader is which of the other's: same event, overlapping words, one to one, the best fit first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from marsad.llm.both_parts import actors_in_common, same_place, same_source
from marsad.model import Claim, Span

_CELL = 256
"""Code points of a stretch by which claims are looked up, so that long lists are not compared each with each."""


def pairs_of(rules: Sequence[Claim], model: Sequence[Claim]) -> dict[int, int]:
    """The index of the model's claim by that of the rules' claim that it is.

    Claims of one id are a pair before any other. Another event is another claim, be it of the same family.
    """
    fits = [(_fit(rules[i], model[j]), -i, -j) for i, j in _near(rules, model) if touch(rules[i], model[j])]
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in sorted(fits, reverse=True):
        if -i not in found and -j not in taken:
            found[-i] = -j
            taken.add(-j)
    return found


def touch(one: Claim, other: Claim) -> bool:
    """Whether half of one trigger of either lies inside the other's evidence."""
    return _touches(one, other) or _touches(other, one)


def _touches(one: Claim, other: Claim) -> bool:
    return any(_inside(mine.trigger, theirs.span) for mine in one.evidence for theirs in other.evidence)


def _inside(inner: Span, outer: Span) -> bool:
    size = inner.end - inner.start
    return inner.part == outer.part and 0 < size <= 2 * _shared(inner, outer)


def _shared(one: Span, other: Span) -> int:
    return min(one.end, other.end) - max(one.start, other.start)


def _fit(one: Claim, other: Claim) -> tuple[float, ...]:
    """How well two claims fit: the same id, then most by the nearest source, then place, actors, polarity and modality; then the words."""
    left, right = one.attribution[:1], other.attribution[:1]
    source = same_source(left[0], right[0]) if left and right else left == right
    actors = (2 * actors_in_common(one, other) + 1) / (len(one.actors) + len(other.actors) + 1)
    parts = 4 * source + 2 * same_place(one.place, other.place) + actors
    parts += (one.polarity == other.polarity) + (one.modality == other.modality)
    words = max(
        _shared(mine.trigger, theirs.trigger)
        for mine in one.evidence
        for theirs in other.evidence
        if mine.trigger.part == theirs.trigger.part
    )
    return (one.id == other.id, parts, words)


def _near(rules: Sequence[Claim], model: Sequence[Claim]) -> Iterator[tuple[int, int]]:
    """Pairs of claims of one event whose words lie in one stretch, each pair once."""
    known: dict[tuple[str, str, int], list[int]] = {}
    for j, claim in enumerate(model):
        for cell in _cells(claim):
            known.setdefault(cell, []).append(j)
    for i, claim in enumerate(rules):
        for j in sorted({j for cell in _cells(claim) for j in known.get(cell, ())}):
            yield i, j


def _cells(claim: Claim) -> set[tuple[str, str, int]]:
    spans = {span for item in claim.evidence for span in (item.span, item.trigger)}
    return {
        (claim.event, span.part, cell)
        for span in spans
        for cell in range(span.start // _CELL, span.end // _CELL + 1)
    }
