"""What is new since, in sentences that name the thing: incidents whose status changed, places whose holder changed, feeds that have gone silent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from marsad.store import tables
from marsad.store.db import insert
from marsad.store.incidents import incident_of

_KINDS = ("status", "control", "feed")
"""What is told; incidents that went into others are not (`marsad.store.reads.changed` tells of them)."""
_TOLD = "told"
"""The fact that says how far changes have been told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One change.

    Attributes:
        number: Its number; later changes have higher ones.
        at: When it was noted (ISO, UTC).
        kind: ``status``, ``control`` or ``feed``.
        subject: The incident's id, the place's key, or the feed's address.
        about: What it is, for people.
        before: What was so; ``after`` what is so now, "" where nothing is told.
        why: The reason, where there is one.
    """

    number: int
    at: str
    kind: str
    subject: str
    about: str
    before: str
    after: str
    why: str = ""

    @property
    def line(self) -> str:
        """The change in one line."""
        change = f"{self.before or 'nothing told'} -> {self.after or 'nothing told'}"
        return f"{self.kind}: {self.about}: {change}" + (f" ({self.why})" if self.why else "")

    def data(self) -> dict[str, Any]:
        """The same as JSON."""
        return {
            "at": self.at,
            "kind": self.kind,
            "subject": self.subject,
            "about": self.about,
            "before": self.before or None,
            "after": self.after or None,
            "why": self.why or None,
        }


def last_number(connection: Connection) -> int:
    """The number of the latest change, 0 where there is none."""
    changes = tables.changes.c
    return connection.scalar(select(changes.id).order_by(changes.id.desc()).limit(1)) or 0


def told_number(connection: Connection) -> int | None:
    """The number of the last change that was told, by whatever process; None where nothing was ever told."""
    said = connection.scalar(select(tables.facts.c.value).where(tables.facts.c.id == _TOLD))
    return None if said is None else int(said)


def note_told(connection: Connection, number: int) -> None:
    """Note that changes up to this one have been told."""
    insert(connection, tables.facts, [{"id": _TOLD, "value": str(number)}], replace=True)


def news(connection: Connection, since: int, most: int = 1000) -> list[Item]:
    """The changes after a number, oldest first."""
    changes = tables.changes
    rows = connection.execute(
        select(changes)
        .where(changes.c.id > since, changes.c.kind.in_(_KINDS))
        .order_by(changes.c.id)
        .limit(most)
    ).all()
    return [_item(connection, row) for row in rows]


def _item(connection: Connection, row: Any) -> Item:  # noqa: ANN401 (a row of the database)
    about, why = row.subject, ""
    if row.kind == "status":
        about, why = _incident(connection, row.subject)
    elif row.kind == "control":
        spells = tables.spells.c
        about = (
            connection.scalar(select(spells.place).where(spells.place_key == row.subject).limit(1))
            or row.subject
        )
    return Item(
        number=row.id,
        at=row.at,
        kind=row.kind,
        subject=row.subject,
        about=about,
        before=row.before or "",
        after=row.after or "",
        why=why,
    )


def _incident(connection: Connection, identity: str) -> tuple[str, str]:
    i = tables.incidents.c
    row = connection.execute(select(i.event, i.place, i.first_day, i.data).where(i.id == identity)).first()
    if row is None:
        return identity, ""
    named = " ".join(part for part in (row.event, row.place, row.first_day) if part)
    reasons = incident_of(row.data).reasons
    return f"{named} [{identity}]", reasons[0].text.en if reasons else ""
