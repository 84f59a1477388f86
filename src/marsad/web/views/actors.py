"""What ``/actors`` shows: bodies and office-holders of the register and how often they come up; nobody who is not in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from marsad.errors import InputError
from marsad.grounding.place_keys import place_key
from marsad.model.actor import Actor
from marsad.store.reads import Filters, histogram
from marsad.store.reads.known import (
    ROLES,
    ActorSum,
    actor_sums,
    incidents_of_root,
    names_of_actor,
    places_of_actor,
)
from marsad.web.kept import Shown
from marsad.web.views.bars import Bars, bars
from marsad.web.visit import NotFound, Visit

ROWS = 100
_MOST_LOOKED = 1000
_MOST_NAMES = 36
SORTS = ("mentions", "said", *ROLES, "name")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An actor in the list, with its side as the register has it today ("" where it has none)."""

    actor: Actor
    side: str
    sum: ActorSum


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorPage:
    """An actor's page.

    Attributes:
        actor: The register's entry.
        side: Its side, or "".
        sum: How often it comes up.
        parents: What it belongs to, the nearest first.
        organs: What belongs to it, with those that hold offices of it.
        names: The words by which articles call it, with how often.
        looked, claims: In how many claims these words were looked for, and of how many.
        roots: Incidents that it is a root of, by status.
        places: Where it takes part: id, name, claims.
        bars: Incidents in which it takes part.
    """

    actor: Actor
    side: str
    sum: ActorSum
    parents: tuple[Actor, ...]
    organs: tuple[Actor, ...]
    names: tuple[tuple[str, int], ...]
    looked: int
    claims: int
    roots: dict[str, int]
    places: tuple[tuple[str, str, int], ...]
    bars: Bars


def told_about(visit: Shown, connection: Connection) -> list[Listed]:
    """All actors of the register that come up, those most often told of first."""
    return visit.workspace.kept.get(connection, "actors", lambda some: _told_about(visit, some))


def _told_about(visit: Shown, connection: Connection) -> list[Listed]:
    names, found = visit.workspace.names, []
    for identity, one in actor_sums(connection).items():
        actor = names.actor(identity)
        if actor is not None:
            found.append(Listed(actor=actor, side=names.side(actor), sum=one))
    return sorted(found, key=lambda one: (-one.sum.mentions, one.actor.id))


def actors_asked(visit: Visit, connection: Connection) -> list[Listed]:
    """The actors that an address asks for.

    Raises:
        InputError: there is no such order.
    """
    sides = {value for name, value in visit.query if name == "side"}
    countries = {value for name, value in visit.query if name == "country"}
    kinds = {value for name, value in visit.query if name == "kind"}
    every = told_about(visit, connection)
    found = [
        one for one in every
        if (not sides or one.side in sides) and (not countries or one.actor.country in countries) and (not kinds or one.actor.kind in kinds)
    ]  # fmt: skip
    if key := place_key(visit.asked("q")):
        keys = visit.workspace.kept.get(connection, "actors.keys", lambda _: {one.actor.id: _keys(one.actor) for one in every})  # fmt: skip
        found = [one for one in found if key in keys[one.actor.id]]
    return _sorted(found, visit.asked("sort", "mentions"))


def _keys(actor: Actor) -> str:
    """All by which an actor is found: its labels and names, as keys."""
    names = (actor.id, actor.label.en, actor.label.ar, *actor.aliases, *(name for name, _ in actor.loaded))
    return " ".join(place_key(name) for name in names)


def _sorted(found: list[Listed], sort: str) -> list[Listed]:
    if sort not in SORTS:
        raise InputError(f"sort={sort} is none of {', '.join(SORTS)}")
    if sort == "name":
        return sorted(found, key=lambda one: (place_key(one.actor.label.en), one.actor.id))
    if sort == "said":
        return sorted(found, key=lambda one: (-one.sum.said, one.actor.id))
    if sort in ROLES:
        return sorted(found, key=lambda one: (-one.sum.roles.get(sort, 0), one.actor.id))
    return found


def page_of(visit: Visit, connection: Connection, identity: str) -> ActorPage:
    """An actor's page.

    Raises:
        NotFound: the register does not know it; others have no page.
    """
    names = visit.workspace.names
    actor = names.actor(identity)
    if actor is None:
        raise NotFound(
            f"there is no actor {identity} in the register; only its bodies and office-holders have a page"
        )
    told = next((one.sum for one in told_about(visit, connection) if one.actor.id == identity), None)
    words, looked, claims = names_of_actor(connection, identity, _MOST_LOOKED)
    return ActorPage(
        actor=actor, side=names.side(actor), sum=told or ActorSum(id=identity), parents=tuple(_parents(visit, actor)),
        organs=_organs(visit, connection, identity), names=tuple(words.most_common(_MOST_NAMES)), looked=looked, claims=claims,
        roots=incidents_of_root(connection, identity), places=tuple(places_of_actor(connection, identity)),
        bars=bars(histogram(connection, Filters(actor=(identity,)), "incidents", 120)),
    )  # fmt: skip


def _parents(visit: Visit, actor: Actor) -> list[Actor]:
    found: list[Actor] = []
    seen = {actor.id}
    current: Actor | None = actor
    while current is not None and current.parent and current.parent not in seen:
        seen.add(current.parent)
        current = visit.workspace.names.actor(current.parent)
        if current is not None:
            found.append(current)
    return found


def _organs(visit: Visit, connection: Connection, identity: str) -> tuple[Actor, ...]:
    """What belongs to an actor, by label."""
    held = visit.workspace.kept.get(connection, "actors.organs", lambda _: _by_parent(list(visit.workspace.names.actors())))  # fmt: skip
    return tuple(held.get(identity, ()))


def _by_parent(actors: Sequence[Actor]) -> dict[str, list[Actor]]:
    found: dict[str, list[Actor]] = {}
    for actor in sorted(actors, key=lambda one: one.label.en):
        for above in {actor.parent, *(office.of for office in actor.offices)} - {""}:
            found.setdefault(above, []).append(actor)
    return found
