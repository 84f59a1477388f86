"""Merging what was read in several windows: an event that one source tells in two of them is one claim (CODEBOOK section 1).

The claims of one window are left as they are, as the model was told to put one event by one source together itself. Claims of
different windows are one where they have the same event, polarity, modality and nearest source and do not disagree in place, people, counts or
time, and besides either stand on the same words (those that neighbours share) or name the same place and the same people. In doubt they stay two.
What comes out does not hang on the order of the windows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from marsad.arabic import fold
from marsad.model import Claim, Span
from marsad.model.claim import Evidence, Source

__all__ = ["merged"]


@dataclass(slots=True)
class _Told:
    """A claim with the windows that it was read in."""

    claim: Claim
    windows: set[int] = field(default_factory=set)


def merged(groups: Sequence[Sequence[Claim]]) -> list[Claim]:
    """The claims of an article from those of its windows.

    Args:
        groups: The claims of each window, with spans in the article, not yet grounded.

    Returns:
        The claims in order of their first trigger, the title's first. One that was read in several windows has the evidence, people, counts and
        origins of all, the longer chain of sources, and the first place and time that are known.
    """
    alike: dict[str, _Told] = {}
    for number, group in enumerate(groups):
        for claim in group:
            alike.setdefault(repr(claim), _Told(claim)).windows.add(number)
    told = sorted(alike.values(), key=lambda one: _order(one.claim))
    for same in (_on_one_trigger, _on_same_words, _told_again):
        told = _joined(told, same)
    return sorted((one.claim for one in told), key=_order)


def _joined(told: Sequence[_Told], same: Callable[[Claim, Claim], bool]) -> list[_Told]:
    """Each claim joined to the first of those before it that is the same and was read in other windows."""
    kept: list[_Told] = []
    for one in told:
        for known in kept:
            apart = known.windows.isdisjoint(one.windows)
            if apart and _agree(known.claim, one.claim) and same(known.claim, one.claim):
                known.claim = _union(known.claim, one.claim)
                known.windows |= one.windows
                break
        else:
            kept.append(_Told(one.claim, set(one.windows)))
    return kept


def _on_one_trigger(left: Claim, right: Claim) -> bool:
    """On the same trigger; a window that begins inside a speech may not show who speaks, so that one of them may lack its source."""
    triggers = {one.trigger for one in left.evidence}
    shared = any(one.trigger in triggers for one in right.evidence)
    return shared and (_voice(left) == _voice(right) or not (left.attribution and right.attribution))


def _on_same_words(left: Claim, right: Claim) -> bool:
    """By the same source on evidence that overlaps; where only the clauses overlap and not the triggers, with the same place."""
    if _voice(left) != _voice(right):
        return False
    pairs = [(one, other) for one in left.evidence for other in right.evidence]
    if any(_overlap(one.trigger, other.trigger) for one, other in pairs):
        return True
    return bool(_place(left)) and any(_overlap(one.span, other.span) for one, other in pairs)


def _told_again(left: Claim, right: Claim) -> bool:
    """By the same source of the same place and of at least one actor in the same role."""
    if _voice(left) != _voice(right) or not _place(left) or _place(left) != _place(right):
        return False
    return not _actors(left).isdisjoint(_actors(right))


def _agree(left: Claim, right: Claim) -> bool:
    """Whether nothing that both say differs."""
    if (left.event, left.polarity, left.modality) != (right.event, right.polarity, right.modality):
        return False
    for words in (_place, _time):
        one, other = words(left), words(right)
        if one and other and one != other:
            return False
    return _people_agree(left, right) and _counts_agree(left, right)


def _people_agree(left: Claim, right: Claim) -> bool:
    """In each role that both fill, at least one name in common."""
    one, other = _actors(left), _actors(right)
    shared = {role for role, _ in one} & {role for role, _ in other}
    return shared <= {role for role, _ in one & other}


def _counts_agree(left: Claim, right: Claim) -> bool:
    """Of each kind that both count, the same numbers."""
    one, other = ({(c.kind, c.min, c.max) for c in claim.counts} for claim in (left, right))
    shared = {kind for kind, *_ in one} & {kind for kind, *_ in other}
    return all({c for c in one if c[0] == kind} == {c for c in other if c[0] == kind} for kind in shared)


def _union(left: Claim, right: Claim) -> Claim:
    return replace(
        left,
        evidence=_evidence((*left.evidence, *right.evidence)),
        attribution=max(left.attribution, right.attribution, key=_fullness),
        actors=tuple({(a.role, fold(a.text).text): a for a in (*right.actors, *left.actors)}.values()),
        place=left.place or right.place,
        time=left.time if _time(left) or not _time(right) else right.time,
        counts=tuple({(c.kind, c.min, c.max): c for c in (*right.counts, *left.counts)}.values()),
        origin=tuple(dict.fromkeys((*left.origin, *right.origin))),
    )


def _fullness(chain: tuple[Source, ...]) -> tuple[int, int, str]:
    """How full a chain is: its links, those of their parts that are known, and its words, so that the choice is always the same."""
    return len(chain), sum(bool(one.cue) + bool(one.body) for one in chain), repr(chain)


def _evidence(items: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Evidence in order; of items with triggers that overlap only the longest."""
    kept: list[Evidence] = []
    for one in sorted(set(items), key=lambda e: (e.span.start - e.span.end, _at(e.trigger))):
        if not any(_overlap(one.trigger, known.trigger) for known in kept):
            kept.append(one)
    return tuple(sorted(kept, key=lambda e: _at(e.trigger)))


def _voice(claim: Claim) -> str:
    return fold(claim.attribution[0].text).text if claim.attribution else ""


def _place(claim: Claim) -> str:
    return fold(claim.place.text).text if claim.place else ""


def _time(claim: Claim) -> str:
    return fold(claim.time.text).text if claim.time and claim.time.text else ""


def _actors(claim: Claim) -> set[tuple[str, str]]:
    return {(actor.role, fold(actor.text).text) for actor in claim.actors}


def _overlap(left: Span, right: Span) -> bool:
    return left.part == right.part and left.start < right.end and right.start < left.end


def _at(span: Span) -> tuple[bool, int, int]:
    return span.part != "title", span.start, span.end


def _order(claim: Claim) -> tuple[tuple[bool, int, int], str]:
    first = min((_at(one.trigger) for one in claim.evidence), default=(True, 0, 0))
    return first, repr(claim)
