"""Who: an actor as written with its role in an event, and the register's id once it is grounded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from marsad.model.span import Span

RoleName = Literal["agent", "patient", "gainer", "loser", "party"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorRef:
    """The words that name an actor, its role (CODEBOOK section 4), and its id in the register once grounded."""

    role: RoleName
    text: str
    span: Span
    id: str | None = None
