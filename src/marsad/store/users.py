"""People with roles: who may look, decide, settle between two coders, or do everything.

A person comes with a long random token, which is shown once; the store keeps its digest only. A row is never changed but to end it: who needs
a new token or another role is ended and added again, and their decisions stay theirs by name.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from typing import Literal, get_args

from sqlalchemy import Connection, select, update

from marsad.errors import InputError
from marsad.store import tables
from marsad.store.audit import note, now

Role = Literal["viewer", "coder", "adjudicator", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)
"""Each may do what those before it may: look; decide; settle what two decided differently; look after people and the project."""
MOST_NAME = 60
_TOKEN_BYTES = 32
_U = tables.users.c


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """A person; ``ended`` is None while they may come in."""

    name: str
    role: Role
    added: str
    ended: str | None = None


def may(role: str, needed: str) -> bool:
    """Whether somebody of a role may do what another role is needed for; an unknown role may nothing.

    >>> may("admin", "coder"), may("viewer", "coder")
    (True, False)
    """
    return role in ROLES and needed in ROLES and ROLES.index(role) >= ROLES.index(needed)


def add_user(connection: Connection, name: str, role: str, who: str = "") -> str:
    """Add a person; their token, which is nowhere else.

    Raises:
        InputError: the name is none or taken, or there is no such role.
    """
    if not name.strip() or name != name.strip() or len(name) > MOST_NAME or not name.isprintable():
        raise InputError(
            f"a name has 1 to {MOST_NAME} printable characters and no blanks around it, not {name!r}"
        )
    if role not in ROLES:
        raise InputError(f"a role is one of {', '.join(ROLES)}, not {role!r}")
    if connection.scalar(select(_U.id).where(_U.id == name, _U.ended.is_(None))) is not None:
        raise InputError(
            f"there is a user {name!r} already; end them first to give another role or a new token"
        )
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    connection.execute(tables.users.insert().values(id=name, role=role, digest=digest_of(token), added=now()))
    note(connection, "user added", name, {"role": role}, who)
    return token


def user_of(connection: Connection, token: str) -> User | None:
    """Whose token that is, or None: nobody's, or that of somebody who was ended."""
    row = connection.execute(
        select(tables.users).where(_U.digest == digest_of(token), _U.ended.is_(None))
    ).first()
    return None if row is None else User(name=row.id, role=row.role, added=row.added)


def end_user(connection: Connection, name: str, who: str = "") -> None:
    """Let a person in no more; what they decided stays.

    Raises:
        InputError: there is no such user, or they were ended.
    """
    standing = (_U.id == name) & _U.ended.is_(None)
    if connection.scalar(select(_U.digest).where(standing)) is None:
        raise InputError(f"there is no user {name!r}; `marsad users list` shows who is there")
    connection.execute(update(tables.users).where(standing).values(ended=now()))
    note(connection, "user ended", name, {}, who)


def users(connection: Connection) -> list[User]:
    """All who ever were, by name, then by when they were added."""
    rows = connection.execute(select(tables.users).order_by(_U.id, _U.added, _U.digest))
    return [User(name=row.id, role=row.role, added=row.added, ended=row.ended) for row in rows]


def digest_of(token: str) -> str:
    """SHA-256 of a token: 256 random bits need no salt."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
