"""When the claims of two windows are one: the classes of CODEBOOK sections 1 and 10.1, each a test of two profiles.

No class joins what differs in event, polarity or modality, or in a place, a day, a person or a number that both tell.
"""

from __future__ import annotations

from marsad.llm.merging_profile import Profile, Words
from marsad.model import Span

__all__ = [
    "agree",
    "on_one_trigger",
    "on_same_words",
    "one_toll",
    "repeated_by_a_source",
    "told_again",
    "told_alike",
    "told_verbatim",
]

_MANY = 3
"""People of a toll that tells one incident from another; one or two are killed in many"""
_TOLD_TOLL = 2
"""Words of a toll that do: the number and who is counted"""
_SHARED = 3
"""Telling words that two pieces of evidence have in common at least when they tell alike"""
_SHARE = 0.6
"""and the part of the shorter that these are at least."""


def agree(one: Profile, other: Profile) -> bool:
    """Whether nothing that both say differs."""
    return (
        one.key == other.key
        and not (one.place and other.place and not _part_of(one.place, other.place))
        and not (one.time and other.time and one.time != other.time)
        and _people_agree(one, other)
        and _counts_agree(one, other)
    )


def on_one_trigger(one: Profile, other: Profile) -> bool:
    """On the same trigger; a window that begins inside a speech may not show who speaks, but at most who relays it."""
    if set(one.triggers).isdisjoint(other.triggers):
        return False
    relayed = not one.voices.isdisjoint(other.chain) or not other.voices.isdisjoint(one.chain)
    return relayed or not (one.voices and other.voices)


def on_same_words(one: Profile, other: Profile) -> bool:
    """By the same source on evidence that overlaps; where only the clauses overlap and not the triggers, with the same place."""
    if not _one_voice(one, other):
        return False
    if _overlap(one.triggers, other.triggers):
        return True
    return bool(one.place) and one.place == other.place and _overlap(one.spans, other.spans)


def told_again(one: Profile, other: Profile) -> bool:
    """By the same source of the same place and of one actor in the same role at least; what one leaves out may stand in its words."""
    return _one_voice(one, other) and _same_place(one, other) and _same_actor(one, other)


def told_verbatim(one: Profile, other: Profile) -> bool:
    """In the same words, as a caption or a paragraph that is printed twice; one of the windows may not show who speaks."""
    if not _one_voice(one, other) and one.voices and other.voices:
        return False
    return any(len(words) >= _SHARED and words in other.told for words in one.told)


def one_toll(one: Profile, other: Profile) -> bool:
    """By the same source with the same number of people, where they are so many that it tells one incident from another."""
    if not _one_voice(one, other):
        return False
    if any(least is not None and least >= _MANY for _, least, _ in one.counts & other.counts):
        return True
    return _tells_toll(one, other) or _tells_toll(other, one)


def told_alike(one: Profile, other: Profile) -> bool:
    """By the same source in nearly the same words."""
    return _one_voice(one, other) and _alike(one, other)


def repeated_by_a_source(one: Profile, other: Profile) -> bool:
    """A title or lead in the article's own voice that repeats what a source tells further down, and gives no number that the source does not."""
    own, sourced = (other, one) if one.voices else (one, other)
    if own.voices or not sourced.voices or not own.lead or not _numbers(own) <= _numbers(sourced):
        return False
    return _alike(own, sourced)


def _one_voice(one: Profile, other: Profile) -> bool:
    return not one.voices.isdisjoint(other.voices) or not (one.voices or other.voices)


def _part_of(one: Words, other: Words) -> bool:
    return one <= other or other <= one


def _people_agree(one: Profile, other: Profile) -> bool:
    """In each role that both fill, at least one name in common."""
    shared = {role for role, _ in one.actors} & {role for role, _ in other.actors}
    return all(any(role == known for known, _ in _actors_in_common(one, other)) for role in shared)


def _actors_in_common(one: Profile, other: Profile) -> list[tuple[str, Words]]:
    return [
        (role, name)
        for role, name in one.actors
        if any(role == known and _part_of(name, theirs) for known, theirs in other.actors)
    ]


def _counts_agree(one: Profile, other: Profile) -> bool:
    """Of each kind that both count, all numbers of the one that tells fewer."""
    for kind in {c[0] for c in one.counts} & {c[0] for c in other.counts}:
        mine, theirs = ({c for c in counts if c[0] == kind} for counts in (one.counts, other.counts))
        if not (mine <= theirs or theirs <= mine):
            return False
    return True


def _tells_toll(silent: Profile, other: Profile) -> bool:
    """Whether the words of one that gives no number have the number of the other with those who are counted."""
    return not silent.counts and any(
        len(words) >= _TOLD_TOLL and _tells(silent, words) for least, words in other.tolls if least >= _MANY
    )


def _same_place(one: Profile, other: Profile) -> bool:
    if one.place and other.place:
        return one.place == other.place
    return _tells(one, other.place) or _tells(other, one.place)


def _same_actor(one: Profile, other: Profile) -> bool:
    if not one.actors.isdisjoint(other.actors):
        return True
    return _tells_actor(one, other) or _tells_actor(other, one)


def _tells_actor(silent: Profile, other: Profile) -> bool:
    """Whether the words of one that fills no role name an actor of the other."""
    return not silent.actors and any(_tells(silent, name) for _, name in other.actors)


def _tells(one: Profile, name: Words) -> bool:
    return bool(name) and any(name <= words for words in one.told)


def _alike(one: Profile, other: Profile) -> bool:
    """Whether two pieces of evidence share most of their telling words and no number differs."""
    return any(_near(mine, theirs) for mine in one.told for theirs in other.told)


def _near(mine: Words, theirs: Words) -> bool:
    shared = mine & theirs
    if len(shared) < _SHARED or len(shared) < _SHARE * min(len(mine), len(theirs)):
        return False
    return _part_of(*(frozenset(filter(str.isdigit, words)) for words in (mine, theirs)))


def _numbers(one: Profile) -> Words:
    return frozenset(word for words in one.told for word in words if word.isdigit())


def _overlap(mine: tuple[Span, ...], theirs: tuple[Span, ...]) -> bool:
    return any(
        one.part == other.part and one.start < other.end and other.start < one.end
        for one in mine
        for other in theirs
    )
