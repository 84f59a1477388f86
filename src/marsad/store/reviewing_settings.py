"""How a project is coded twice: how much of it, and what the second coder is not shown."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from marsad.errors import InputError
from marsad.store import tables
from marsad.store.audit import note
from marsad.store.db import insert
from marsad.store.reviewing_states import Held

BLIND = ("coder", "machine")
"""What is not shown to the second coder: what the first one decided; nor what the machine made of it."""
_SHARE, _BLIND = "review.second_share", "review.blind"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewSettings:
    """Which hundredths of the claims are coded twice (0 to 100), and one of `BLIND`."""

    second_share: int = 10
    blind: str = "coder"


def review_settings(connection: Connection) -> ReviewSettings:
    """The project's settings, or what holds where nothing was set."""
    f = tables.facts.c
    facts = dict(connection.execute(select(f.id, f.value).where(f.id.in_((_SHARE, _BLIND)))).all())
    usual = ReviewSettings()
    return ReviewSettings(
        second_share=int(facts.get(_SHARE, usual.second_share)), blind=facts.get(_BLIND, usual.blind)
    )


def set_review_settings(connection: Connection, settings: ReviewSettings, who: str = "") -> None:
    """Set both; in the audit log.

    Raises:
        InputError: the share is none, or blind is not one of `BLIND`.
    """
    if not 0 <= settings.second_share <= 100:
        raise InputError(f"the share that is coded twice is 0 to 100, not {settings.second_share}")
    if settings.blind not in BLIND:
        raise InputError(f"blind is one of {', '.join(BLIND)}, not {settings.blind!r}")
    values = {_SHARE: str(settings.second_share), _BLIND: settings.blind}
    rows = [{"id": name, "value": value} for name, value in values.items()]
    insert(connection, tables.facts, rows, replace=True)
    note(connection, "settings", "review", values, who)


def awaits_second(now: Held, bucket: int, who: str, settings: ReviewSettings) -> bool:
    """Whether a claim waits to be coded a second time by that person, who must not see the first decision; nobody ("") is no such person."""
    return (
        bool(who)
        and now.first is not None
        and now.first.who != who
        and now.second is None
        and now.final is None
        and bucket < settings.second_share
    )
