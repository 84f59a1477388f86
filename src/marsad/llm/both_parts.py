"""In what two readings of one claim differ, part by part (`marsad.model.readers.PARTS`); it does not matter which is whose."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from marsad.llm.both_names import same_name
from marsad.model import ActorRef, Claim, PlaceRef, Source
from marsad.model.readers import PARTS


def differing(one: Claim, other: Claim) -> tuple[str, ...]:
    """The parts that two claims of one event tell differently, in the order of `PARTS`.

    The stance is compared only where both name the same source: what two different sources do to a claim is no difference in reading.
    """
    return tuple(part for part in PARTS if not _ALIKE[part](one, other))


def same_source(one: Source, other: Source) -> bool:
    """Whether two links are one source: by the register, by name, or by the body that it speaks for."""
    if one.id is not None and one.id == other.id:
        return True
    left, right = ([name for name in (link.text, link.body) if name] for link in (one, other))
    return any(same_name(mine, theirs) for mine in left for theirs in right)


def same_place(one: PlaceRef | None, other: PlaceRef | None) -> bool:
    """Whether two places are one: the same entry of the gazetteer or the same name; that neither is told counts as the same."""
    if one is None or other is None:
        return one is other
    return (one.id is not None and one.id == other.id) or same_name(one.text, other.text)


def actors_in_common(one: Claim, other: Claim) -> int:
    """How many actors two claims have in common, by role and name (or entry of the register), each counted once."""
    left, found = list(other.actors), 0
    for actor in one.actors:
        fitting = next((known for known in left if _same_actor(actor, known)), None)
        if fitting is not None:
            left.remove(fitting)
            found += 1
    return found


def _same_actor(one: ActorRef, other: ActorRef) -> bool:
    known = one.id is not None and one.id == other.id
    return one.role == other.role and (known or same_name(one.text, other.text))


def _sources(one: Claim, other: Claim) -> bool:
    left, right = one.attribution, other.attribution
    return len(left) == len(right) and all(map(same_source, left, right))


def _stances(one: Claim, other: Claim) -> bool:
    if not one.attribution or not other.attribution:
        return True
    left, right = one.attribution[0], other.attribution[0]
    return left.stance == right.stance or not same_source(left, right)


def _actors(one: Claim, other: Claim) -> bool:
    return len(one.actors) == len(other.actors) == actors_in_common(one, other)


def _days(claim: Claim) -> tuple[object, object]:
    return (claim.time.start, claim.time.end) if claim.time else (None, None)


def _numbers(claim: Claim) -> set[tuple[object, ...]]:
    return {(count.kind, count.min, count.max) for count in claim.counts}


_ALIKE: Mapping[str, Callable[[Claim, Claim], bool]] = {
    "source": _sources,
    "stance": _stances,
    "polarity": lambda one, other: one.polarity == other.polarity,
    "modality": lambda one, other: one.modality == other.modality,
    "actors": _actors,
    "place": lambda one, other: same_place(one.place, other.place),
    "time": lambda one, other: _days(one) == _days(other),
    "counts": lambda one, other: _numbers(one) == _numbers(other),
}
