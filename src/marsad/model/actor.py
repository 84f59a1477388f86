"""Who: an actor as written with its role in an event, and the register's entry that it stands for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A name of ours for people to read, neutral, in English and in Arabic."""

    en: str
    ar: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """That an actor is on a side, or that a person holds an office of a body, from a day to a day (both None: always)."""

    of: str
    start: date | None = None
    end: date | None = None
    title: Label | None = None

    def holds(self, day: date | None) -> bool:
        """Whether it held on that day; without a day, whether it holds still."""
        if day is None:
            return self.end is None
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A body or an office-holder of the register.

    Attributes:
        id: Stable, lower-case Latin with hyphens: ``sy-army``.
        label: Our neutral label.
        kind: ``army``, ``faction``, ``ministry``, ``person`` ... (docs/reference/places-and-actors).
        country: ISO 3166-1 alpha-2, or "" for an international body.
        inter: ACLED's code of its type, or None where it does not fight.
        start: First day of its existence where known.
        end: Last day of its existence where known.
        parent: Id of the body that it is an organ, member or part of, or "".
        sides: The sides it was on.
        offices: For a person: the bodies that it speaks for, and as what.
        aliases: Names by which its own side and neutral media call it, as written.
        loaded: Names that others give it, with whose word it is: (name, side).
        local: Short names that mean it in news about its country only.
    """

    id: str
    label: Label
    kind: str
    country: str = ""
    inter: int | None = None
    start: date | None = None
    end: date | None = None
    parent: str = ""
    sides: tuple[Membership, ...] = ()
    offices: tuple[Membership, ...] = ()
    aliases: tuple[str, ...] = ()
    loaded: tuple[tuple[str, str], ...] = ()
    local: tuple[str, ...] = ()

    def existed(self, day: date | None) -> bool:
        """Whether it existed on that day; without a day, yes."""
        return day is None or (
            (self.start is None or self.start <= day) and (self.end is None or day <= self.end)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """A news medium: who owns it, where it stands by its own word, and under which domains it publishes.

    Attributes:
        id: Stable, lower-case Latin with hyphens.
        label: Our neutral label.
        country: Where its newsroom or owner is, ISO 3166-1 alpha-2, or "".
        ownership: ``state``, ``party``, ``private``, ``public``, ``community`` or ``unknown``.
        owner: Id of the actor it is the organ of, or "".
        alignment: A side's id where the outlet or its owner states one, or "".
        agency: Whether others copy it as an agency.
        domains: Under which it publishes, without ``www.``.
        aliases: Other names of it.
    """

    id: str
    label: Label
    country: str = ""
    ownership: str = "unknown"
    owner: str = ""
    alignment: str = ""
    agency: bool = False
    domains: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


def on_day(memberships: Iterable[Membership], day: date | None) -> Membership | None:
    """The first of the memberships that held on a day."""
    return next((one for one in memberships if one.holds(day)), None)
