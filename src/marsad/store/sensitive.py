"""What people hold back from exports: articles, and single claims. A mark says who made it and why; to release is a new row.

A mark on a claim stays with it when its article gets a new version. An article that is held back takes all its claims with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, select

from marsad.errors import InputError
from marsad.store import tables
from marsad.store.audit import note as audit
from marsad.store.audit import now, whoever
from marsad.store.db import batches
from marsad.store.export_tables import sensitive
from marsad.store.people import stands_as

Kind = Literal["claim", "article"]
KINDS = ("claim", "article")
MOST_NOTE = 2_000
_MOST_STEPS = 100
_S, _F, _A, _R = sensitive.c, tables.successions.c, tables.articles.c, tables.reviews.c


@dataclass(frozen=True, slots=True)
class Held:
    """What is held back: ids of claims as they stand now, and ids of articles."""

    claims: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()

    def holds(self, claim: str, article: str) -> bool:
        """Whether a claim of an article is held back, by itself or with its article."""
        return claim in self.claims or article in self.articles


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One mark: ``subject`` is the id as it stands now; ``held`` is False for a release."""

    kind: Kind
    subject: str
    held: bool
    who: str
    at: str
    note: str


def hold_back(connection: Connection, kind: Kind, subject: str, who: str, note: str) -> None:
    """Hold a claim or an article back from exports.

    Raises:
        InputError: there is none of that id, no reason is given, or it is held back already.
    """
    _add(connection, (kind, subject), who, note, held=True)


def release(connection: Connection, kind: Kind, subject: str, who: str, note: str) -> None:
    """Let a claim or an article go out with exports again.

    Raises:
        InputError: there is none of that id, no reason is given, or it is not held back.
    """
    _add(connection, (kind, subject), who, note, held=False)


def kind_of(connection: Connection, identity: str) -> Kind:
    """What an id is one of: an article's, or else a claim's.

    Raises:
        InputError: there is neither.
    """
    if connection.scalar(select(_A.id).where(_A.id == identity)) is not None:
        return "article"
    if _claim(connection, identity) is not None:
        return "claim"
    raise InputError(f"there is no article and no claim {identity!r} in this project")


def marks(connection: Connection) -> dict[tuple[str, str], Mark]:
    """The latest mark of each claim and article that ever had one, by kind and id of now."""
    rows = connection.execute(select(sensitive).order_by(_S.id)).all()
    names = _names(connection, {row.subject for row in rows if row.subject_kind == "claim"})
    found: dict[tuple[str, str], Mark] = {}
    for row in rows:
        subject = names[row.subject] if row.subject_kind == "claim" else row.subject
        found[row.subject_kind, subject] = Mark(
            kind=row.subject_kind, subject=subject, held=row.held, who=row.who, at=row.at, note=row.note
        )
    return found


def standing_marks(connection: Connection) -> dict[tuple[str, str], Mark]:
    """The marks of what is held back now, by kind and id."""
    return {of: mark for of, mark in marks(connection).items() if mark.held}


def held_back(connection: Connection) -> Held:
    """What is held back now."""
    standing = standing_marks(connection).values()
    claims = frozenset(one.subject for one in standing if one.kind == "claim")
    return Held(claims, frozenset(one.subject for one in standing if one.kind == "article"))


def incidents_held(connection: Connection, held: Held) -> frozenset[str]:
    """The incidents that a claim is part of which is held back, by itself or with its article."""
    links = tables.incident_claims.c
    found: set[str] = set()
    for some in batches(sorted(held.claims)):
        found.update(connection.execute(select(links.incident).where(links.claim.in_(some))).scalars())
    for some in batches(sorted(held.articles)):
        query = select(links.incident).join(tables.claims, tables.claims.c.id == links.claim)
        found.update(connection.execute(query.where(tables.claims.c.article.in_(some))).scalars())
    return frozenset(found)


def _add(connection: Connection, of: tuple[Kind, str], who: str, note: str, *, held: bool) -> None:
    kind, subject = of
    if kind not in KINDS:
        raise InputError(f"what is held back is a claim or an article, not {kind!r}")
    if not note.strip() or len(note) > MOST_NOTE or "\x00" in note:
        raise InputError(f"holding back and releasing need a reason of at most {MOST_NOTE:,} characters")
    subject = _there(connection, kind, subject)
    mark = marks(connection).get((kind, subject))
    if (mark is not None and mark.held) == held:
        raise InputError(f"{kind} {subject!r} is {'held back already' if held else 'not held back'}")
    who = who or whoever()
    row = {"at": now(), "who": who, "subject_kind": kind, "subject": subject, "held": held, "note": note}
    connection.execute(sensitive.insert().values(row))
    audit(connection, "held back" if held else "released", subject, {"kind": kind, "note": note}, who)


def _there(connection: Connection, kind: Kind, subject: str) -> str:
    known: str | None = (
        connection.scalar(select(_A.id).where(_A.id == subject))
        if kind == "article"
        else _claim(connection, subject)
    )
    if known is None:
        raise InputError(f"there is no {kind} {subject!r} in this project")
    return known


def _claim(connection: Connection, identity: str) -> str | None:
    """The id under which a claim stands now, also that of one that people added."""
    if known := stands_as(connection, identity):
        return known
    query = select(_R.claim).where(_R.claim == identity, _R.decision == "add").limit(1)
    added: str | None = connection.scalar(query)
    return added


def _names(connection: Connection, claims: set[str]) -> dict[str, str]:
    """From claims as they were called to what they are called now."""
    names = {claim: claim for claim in claims}
    for _ in range(_MOST_STEPS):
        follows: dict[str, str] = {}
        for some in batches(sorted(set(names.values()))):
            rows = connection.execute(select(_F.id, _F.claim).where(_F.id.in_(some)))
            follows.update((row.id, row.claim) for row in rows)
        if not follows:
            break
        names = {claim: follows.get(name, name) for claim, name in names.items()}
    return names
