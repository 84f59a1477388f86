"""What tracing has to ask of the registers: the room itself opens no file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from marsad.model import Label, Place


def _no_label(identity: str) -> Label | None:
    return None


def _no_place(identity: str) -> Place | None:
    return None


@dataclass(frozen=True, slots=True)
class ControlKit:
    """Names for ids.

    Attributes:
        labels: From an actor's or outlet's id to our neutral label, or None.
        places: From a place's id to the gazetteer's row, or None. It tells the Arabic name, and whether a claim is about the place
            itself or about something in it that no gazetteer has.
    """

    labels: Callable[[str], Label | None] = _no_label
    places: Callable[[str], Place | None] = _no_place
