"""The parts of the codebook as frozen rows: an event type, what it maps to, and its sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from marsad.model import Label


@dataclass(frozen=True, slots=True, kw_only=True)
class AcledType:
    """An ACLED event type with one of its sub-event types."""

    event: str
    sub_event: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PloverType:
    """A PLOVER event, with its mode where one fits."""

    event: str
    mode: str | None = None

    def __str__(self) -> str:
        return f"{self.event}/{self.mode}" if self.mode else self.event


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A sentence that asserts the event, with the words it rests on as they stand there."""

    text: str
    trigger: str
    roles: Mapping[str, tuple[str, ...]]
    place: str | None
    polarity: str
    modality: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterExample:
    """A sentence that looks alike; ``event`` is the right code, None where it makes no claim."""

    text: str
    event: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventType:
    """One code of the codebook: what asserts it, who takes part, what other systems call it."""

    code: str
    label: Label
    definition: str
    roles: tuple[str, ...]
    acled: tuple[AcledType, ...]
    acled_note: str
    plover: tuple[PloverType, ...]
    plover_note: str
    notes: str
    examples: tuple[Example, ...]
    counter: tuple[CounterExample, ...]

    @property
    def family(self) -> str:
        """The part of the code before the dot."""
        return self.code.partition(".")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """A rule or settled case that every coder follows: a short name, and what it says (English)."""

    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Codebook:
    """All event types, the labels of every other fixed value of a claim, and the points that are settled."""

    version: int
    families: Mapping[str, Label]
    events: Mapping[str, EventType]
    values: Mapping[str, Mapping[str, Label]]
    settled: tuple[Settled, ...] = ()

    def family(self, name: str) -> tuple[EventType, ...]:
        """The event types of a family, in the order of the codebook."""
        return tuple(event for event in self.events.values() if event.family == name)
