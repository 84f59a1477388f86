"""What became of incidents after a moment: each incident once, with what it all comes to.

>>> for row in changes_since(connection, "2031-03-15"):  # doctest: +SKIP
...     print(row.what, row.id, *row.into)

Taken together the rows turn the set of ids that stood at that moment into the one that stands now: ``added`` puts an id in, ``merged``, ``split`` and
``withdrawn`` take one out, ``changed`` leaves it. An incident that came and went in between is not told of. Where an incident went is worked out from where its
claims are now, so it is followed through all steps. Stores that were reconciled by a version without these notes say nothing of incidents that went then.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Literal

from sqlalchemy import Connection, select

from marsad.errors import InputError
from marsad.store import tables
from marsad.store.tombstones import GONE, whereabouts

What = Literal["added", "changed", "merged", "split", "withdrawn"]
_I, _G = tables.incidents.c, tables.changes.c
_DAY = len("2031-03-15")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    """What became of an incident.

    Attributes:
        id: Its id.
        what: ``added``, ``changed`` (anything about it: a claim more, a status, a place), ``merged``, ``split`` or ``withdrawn``.
        at: When the last of it happened (ISO, UTC).
        into: The incidents that its claims are in now, where it is gone; none where they wait to be reconciled.
        status_before: Its status at the moment asked for, "none" where it had none; None where it was not there.
        status_now: The same for now; None where it is gone.
    """

    id: str
    what: What
    at: str
    into: tuple[str, ...] = ()
    status_before: str | None = None
    status_now: str | None = None


@dataclass(slots=True)
class _Past:
    """What the notes after a moment say of an incident: its first status there, whether it stood at the moment, and the last time that it went."""

    status: str
    stood: bool = False
    went: str = ""
    had: tuple[str, ...] = ()


def moment_of(said: str) -> str:
    """A day or a time as the store writes times; a day is its beginning, a time without a zone is UTC.

    Raises:
        InputError: it is neither.

    >>> moment_of("2031-03-15"), moment_of("2031-03-15T12:00:00+03:00")
    ('2031-03-15T00:00:00.000+00:00', '2031-03-15T09:00:00.000+00:00')
    """
    try:
        if len(said) == _DAY:
            found = datetime.combine(date.fromisoformat(said), datetime.min.time(), UTC)
        else:
            found = datetime.fromisoformat(said)
            found = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        raise InputError(
            f"{said!r} is neither a day (2031-03-15) nor a time (2031-03-15T12:00:00Z)"
        ) from None
    return found.isoformat(timespec="milliseconds")


def changes_since(connection: Connection, moment: str) -> Iterator[ChangeRow]:
    """What became of incidents after a moment, by when it last happened and id.

    Args:
        connection: A reading connection.
        moment: A day or a time (`moment_of`); what happened at that very millisecond is not told again.

    Raises:
        InputError: the moment is neither.
    """
    since = moment_of(moment)
    past = _past(connection, since)
    query = select(_I.id, _I.status, _I.added, _I.changed).where(_I.changed > since)
    rows = {
        row.id: _of_standing((row.id, row.status or "none", row.changed), past.get(row.id), row.added > since)
        for row in connection.execute(query)
    }
    there = rows.keys() | _of_those_standing(connection, past)
    lost = {identity: one for identity, one in past.items() if one.stood and identity not in there}
    fates = whereabouts(connection, {identity: one.had for identity, one in lost.items()})
    made = [*rows.values(), *(
        ChangeRow(id=identity, what=_gone(fates[identity].what), at=one.went, into=fates[identity].into, status_before=one.status)
        for identity, one in lost.items()
    )]  # fmt: skip
    yield from sorted(made, key=lambda row: (row.at, row.id))


def _past(connection: Connection, since: str) -> dict[str, _Past]:
    query = select(_G.kind, _G.subject, _G.at, _G.before, _G.data).where(
        _G.kind.in_(("status", GONE)), _G.at > since
    )
    found: dict[str, _Past] = {}
    for row in connection.execute(query.order_by(_G.id)):
        one = found.setdefault(row.subject, _Past(status=row.before or "none"))
        if row.kind == GONE:
            said = json.loads(row.data)
            one.stood = one.stood or said["added"] <= since
            one.went, one.had = row.at, tuple(said["had"])
    return found


def _of_standing(incident: tuple[str, str, str], past: _Past | None, fresh: bool) -> ChangeRow:
    identity, status, changed = incident
    stood = not fresh or (past is not None and past.stood)
    before = (past.status if past else status) if stood else None
    what: What = "changed" if stood else "added"
    return ChangeRow(id=identity, what=what, at=changed, status_before=before, status_now=status)


def _of_those_standing(connection: Connection, past: dict[str, _Past]) -> set[str]:
    """Which of the incidents that notes tell of stand now without any change since."""
    gone = {identity for identity, one in past.items() if one.went}
    return {one for one in connection.scalars(select(_I.id)) if one in gone} if gone else set()


def _gone(what: str) -> What:
    return "split" if what == "split" else "merged" if what == "merged" else "withdrawn"
