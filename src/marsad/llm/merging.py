"""Merging what was read in several windows: an event that one source tells in two of them is one claim (CODEBOOK section 1).

The claims of one window are left as they are, as the model was told to put one event by one source together itself. Claims of
different windows are one where they have the same event, polarity and modality, do not disagree in place, people, counts or time, and belong together
by one of the classes of `marsad.llm.merging_same`. In doubt they stay two. What comes out does not hang on the order of the windows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from marsad.arabic import fold
from marsad.llm.merging_profile import Profile, profile_of
from marsad.llm.merging_same import (
    agree,
    on_one_trigger,
    on_same_words,
    one_toll,
    repeated_by_a_source,
    told_again,
    told_alike,
    told_verbatim,
)
from marsad.model import Claim, Reading, Span
from marsad.model.claim import Evidence, Source

__all__ = ["merged"]

_CLASSES = (
    on_one_trigger,
    on_same_words,
    told_verbatim,
    told_again,
    told_alike,
    one_toll,
    repeated_by_a_source,
)
"""The surest first"""
_SURE = frozenset((on_one_trigger, on_same_words, told_again))
"""Those by which the first claim that fits is taken, even where others fit too"""
_FIRST = 16
"""A claim is compared with as many of the first claims of its event"""
_LAST = 48
"""and with as many of those told last: it bounds the work on articles that are lists."""


@dataclass(slots=True)
class _Told:
    """A claim with the windows that it was read in."""

    claim: Claim
    profile: Profile
    windows: set[int] = field(default_factory=set)


def merged(groups: Sequence[Sequence[Claim]], reading: Reading | None = None) -> list[Claim]:
    """The claims of an article from those of its windows.

    Args:
        groups: The claims of each window, with spans in the article, not yet grounded.
        reading: The article; without it, what is told again is known by the place and people that both claims name, and not by their words.

    Returns:
        The claims in order of their first trigger, the title's first. One that was read in several windows has the evidence, people, counts and
        origins of all, the longer chain of sources, and the first place and time that are known.
    """
    alike: dict[str, _Told] = {}
    for number, group in enumerate(groups):
        for claim in group:
            name = repr(claim)
            if name not in alike:
                alike[name] = _Told(claim, profile_of(claim, reading))
            alike[name].windows.add(number)
    told = sorted(alike.values(), key=lambda one: _order(one.claim))
    for same in _CLASSES:
        told = _joined(told, same, reading)
    return sorted((one.claim for one in told), key=_order)


def _joined(
    told: Sequence[_Told], same: Callable[[Profile, Profile], bool], reading: Reading | None
) -> list[_Told]:
    """Each claim joined to the first of those before it that is the same and was read in other windows.

    What is known again by its words alone and fits two claims that one window kept apart stays for itself: nothing tells which it repeats.
    """
    kept: dict[tuple[str, str, str], list[_Told]] = {}
    for one in told:
        before = kept.setdefault(one.profile.key, [])
        near = before if len(before) <= _FIRST + _LAST else before[:_FIRST] + before[-_LAST:]
        fitting = [each for each in near if _one(each, one, same)]
        known = fitting[0] if fitting else None
        if known is None or (same not in _SURE and _kept_apart(fitting)):
            before.append(one)
        else:
            known.claim = _union(known.claim, one.claim)
            known.profile = profile_of(known.claim, reading)
            known.windows |= one.windows
    return sorted((one for some in kept.values() for one in some), key=lambda one: _order(one.claim))


def _kept_apart(some: Sequence[_Told]) -> bool:
    return sum(len(one.windows) for one in some) > len(set().union(*(one.windows for one in some)))


def _one(known: _Told, one: _Told, same: Callable[[Profile, Profile], bool]) -> bool:
    return (
        known.windows.isdisjoint(one.windows)
        and same(known.profile, one.profile)
        and agree(known.profile, one.profile)
    )


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


def _time(claim: Claim) -> str:
    return fold(claim.time.text).text if claim.time and claim.time.text else ""


def _overlap(left: Span, right: Span) -> bool:
    return left.part == right.part and left.start < right.end and right.start < left.end


def _at(span: Span) -> tuple[bool, int, int]:
    return span.part != "title", span.start, span.end


def _order(claim: Claim) -> tuple[tuple[bool, int, int], str]:
    first = min((_at(one.trigger) for one in claim.evidence), default=(True, 0, 0))
    return first, repr(claim)
