"""Neutral labels of actors and outlets, for whoever shows claims to people."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from marsad.model import Label
from marsad.run.pipeline import load_kit


@dataclass(frozen=True, slots=True)
class KnownLabels:
    """From an id to our label, by the register that the claims were tied to; it crosses to the workers by pickle."""

    data: Path | None = None

    def __call__(self, identity: str | None) -> Label | None:
        """The label of an actor or outlet; None for no id, or one that the register does not have."""
        if identity is None:
            return None
        register = load_kit(self.data).grounding.register
        actor = register.actor(identity)
        if actor is not None:
            return actor.label
        return register.outlet_label(identity)
