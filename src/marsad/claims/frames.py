"""Frames: where the parts of an event stand around the word that names it.

A trigger of the lexicon says it in words ("سيطر GAINER على PLACE" is ``{subject: gainer, على: place}``); here that is folded once and
kept per entry, so that reading an article only looks things up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from marsad.arabic import fold_word

Slots = tuple[str, ...]
"""What may stand there: roles, or place, means, content, addressee, count."""

_DEFAULT_WEIGHT = 0.8


@dataclass(frozen=True, slots=True)
class Frame:
    """One trigger's frame, folded: prepositions (one word or more) to what follows them."""

    event: str
    subject: Slots
    object: Slots
    genitive: Slots
    passive: Slots
    prepositions: Mapping[str, Slots]
    itself: str
    needs: frozenset[str]
    following: frozenset[str]
    excluded: frozenset[str]
    refine: bool
    bare: bool
    weight: float


def _slots(value: object) -> Slots:
    if value is None:
        return ()
    return tuple(str(item) for item in value) if isinstance(value, list) else (str(value),)


def _words(values: Iterable[object] | None) -> frozenset[str]:
    return frozenset(fold_word(str(value)) for value in values or ())


def frame_of(data: Mapping[str, Any]) -> Frame:
    """The folded frame of a trigger entry's data."""
    frame = data.get("frame") or {}
    passive = data.get("passive") or {}
    named = ("subject", "object")
    prepositions = {fold_word(key): _slots(value) for key, value in frame.items() if key not in named}
    return Frame(
        event=str(data["event"]),
        subject=_slots(frame.get("subject")),
        object=_slots(frame.get("object")),
        genitive=_slots(data.get("genitive")),
        passive=_slots(passive.get("subject")) or _slots(frame.get("object")) or ("patient",),
        prepositions=prepositions,
        itself=str(data.get("self") or ""),
        needs=frozenset(data.get("needs") or ()),
        following=_words(data.get("with")),
        excluded=_words(data.get("without")),
        refine=bool(data.get("refine")),
        bare=bool(data.get("bare")),
        weight=float(data.get("weight", _DEFAULT_WEIGHT)),
    )


class Frames:
    """Frames by the identity of their lexicon entry, folded when first met."""

    def __init__(self) -> None:
        """An empty store."""
        self._known: dict[int, Frame] = {}

    def of(self, data: Mapping[str, Any]) -> Frame:
        """The frame of a trigger entry."""
        frame = self._known.get(id(data))
        if frame is None:
            frame = self._known[id(data)] = frame_of(data)
        return frame
