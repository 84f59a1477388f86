"""What reconciling has to ask of the registers, as a protocol: the room itself opens no file."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from marsad.model import Label, Outlet, PlaceRef
from marsad.model.incident import Spot


class Known(Protocol):
    """Who is who, and what lies where."""

    def authority(self, identity: str, day: date | None) -> tuple[str, ...]:
        """The ids of an actor and of all that it is an organ, member, spokesman or part of on a day, itself first, the topmost last."""

    def side(self, identity: str, day: date | None) -> str:
        """The side that an actor was on, or ""."""

    def label(self, identity: str) -> Label | None:
        """Our neutral label of an actor or outlet, or None."""

    def outlet(self, name: str) -> Outlet | None:
        """The outlet of the register that bears a name, id or domain."""

    def state_of(self, words: tuple[str, ...], day: date | None) -> str:
        """The id of the state whose adjective stands among folded words ("مسؤول تركي"), or ""."""

    def governs(self, identity: str, country: str) -> bool:
        """Whether an actor is a state or government of a country."""

    def country(self, identity: str) -> str:
        """The country of an actor, or ""."""

    def spot(self, place: PlaceRef) -> Spot:
        """A grounded place with its governorate and how far it reaches."""
