"""The register of actors and outlets: who is who by name and by day, with the neutral label and the side; read from the built table.

The words are written by hand in ``data/actors/*.yml`` and ``data/outlets.yml``, the bodies that every state has (army, ministries, police ...)
are made from ``data/state_bodies.yml`` and the table of countries; `marsad.grounding.register_build` compiles all of it. A user's own file
may add actors, and add names to those of the register or replace them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from marsad.errors import InputError
from marsad.grounding.actor_keys import key_of_name
from marsad.grounding.register_file import BUILT, Tables
from marsad.model import Actor, Label, Membership, Outlet, on_day


class Register:
    """Actors, sides and outlets by id and by name, read from the built file as they are asked for.

    Args:
        file: The built register.
        extra: Rows of the user's own file, which add names to ours or stand in their stead.

    Attributes:
        version: Changes when the register does.
        sides: Neutral labels of the sides, by id.

    Raises:
        MarsadError: it has not been built.
    """

    def __init__(self, file: Path = BUILT, extra: Iterable[Mapping[str, Any]] = ()) -> None:
        self._file = Tables(file)
        self.version: str = self._file.get("meta", "version")
        self.sides: dict[str, Label] = {
            key: Label(en=en, ar=ar) for key, (en, ar) in self._file.get("meta", "sides").items()
        }
        self.strangers = Strangers()
        self._own: dict[str, Mapping[str, Any]] = {}
        self._replaced: set[str] = set()
        self._own_names: dict[str, list[str]] = {}
        self._own_local: dict[str, dict[str, list[str]]] = {}
        self._actors: dict[str, Actor | None] = {}
        for row in extra:
            self._take(row)
            self.version = hashlib.sha256(f"{self.version}{row!r}".encode()).hexdigest()[:16]

    def _take(self, row: Mapping[str, Any]) -> None:
        """Add a row of the user's: names to one of ours, or an actor in its own right."""
        identity = row["id"]
        known = self._row(identity)
        anywhere, local = _keys(names_of(row)), _keys(row.get("local") or ())
        if row.get("extend"):
            if known is None:
                raise InputError(f"{identity} extends an actor that is not in the register")
            # Only what is new is the user's own: a short name of ours, entered again, would hide the others of that name.
            country = str(known.get("country", ""))
            anywhere = {key for key in anywhere if identity not in self.named(key)}
            local = {key for key in local if identity not in self.local(key).get(country, ())}
            row = {**known, **{name: _joined(known, row, name) for name in ("aliases", "loaded", "local")}}
        elif known is not None:
            self._replaced.add(identity)
        self._own[identity] = row
        for key in anywhere:
            _append(self._own_names, key, identity)
        for key in local:
            _append(self._own_local.setdefault(key, {}), str(row.get("country", "")), identity)

    def _row(self, identity: str) -> Mapping[str, Any] | None:
        return self._own.get(identity) or self._file.get("actors", identity)

    def actor(self, identity: str) -> Actor | None:
        """The actor of an id, or None."""
        if identity not in self._actors:
            row = self._row(identity)
            self._actors[identity] = actor_of(row) if row is not None else None
        return self._actors[identity]

    def __iter__(self) -> Iterator[Actor]:
        """All actors, by id."""
        for identity in sorted({*self._file.keys("actors"), *self._own}):
            actor = self.actor(identity)
            if actor is not None:
                yield actor

    def __len__(self) -> int:
        """How many actors there are."""
        return len({*self._file.keys("actors"), *self._own})

    def outlets(self) -> list[Outlet]:
        """All outlets, by id."""
        return [outlet_of(self._file.get("outlets", key)) for key in self._file.keys("outlets")]

    def outlet_label(self, identity: str) -> Label | None:
        """The label of an outlet's id, or None."""
        row = self._file.get("outlets", identity)
        return Label(en=row["en"], ar=row["ar"]) if row else None

    def named(self, key: str) -> list[str]:
        """The ids of the actors that bear a name anywhere (see `actor_keys`)."""
        found: list[str] = self._file.get("names", key) or _NONE
        if self._replaced:
            found = self._kept(found)
        return [*found, *self._own_names[key]] if key in self._own_names else found

    def local(self, key: str) -> Mapping[str, list[str]]:
        """The ids of the actors that a short name means in news about a country, by country; the user's own before ours."""
        found: Mapping[str, list[str]] = self._file.get("local", key) or _NOWHERE
        if self._replaced:
            found = {country: kept for country, ids in found.items() if (kept := self._kept(ids))}
        return {**found, **self._own_local[key]} if key in self._own_local else found

    def _kept(self, ids: list[str]) -> list[str]:
        """Of the ids under a name of ours those that the user has not replaced: the names of these are the user's own."""
        return [one for one in ids if one not in self._replaced]

    def meant(self, name: str, country: str, day: date | None) -> list[Actor]:
        """The actors of an id or a name that existed on a day; short names mean the actors of the country that the news is about."""
        key = key_of_name(name)
        ids = [name] if self.actor(name) else [*self.named(key), *self.local(key).get(country, ())]
        found = [actor for one in dict.fromkeys(ids) if (actor := self.actor(one))]
        return [actor for actor in found if actor.existed(day)] or found

    def side(self, actor: Actor, day: date | None) -> str:
        """The id of the side that an actor was on, its own or that of the body it spoke for or belonged to; "" where unknown."""
        seen: set[str] = set()
        current: Actor | None = actor
        while current is not None and current.id not in seen:
            seen.add(current.id)
            if side := on_day(current.sides, day):
                return side.of
            office = on_day(current.offices, day)
            current = self.actor(office.of if office else current.parent)
        return ""

    def outlet(self, name: str | None, address: str | None = None) -> Outlet | None:
        """The outlet of a name or domain as given in an article, or of its address."""
        for given in (name, _host(address)):
            identity = self._outlet_id(given) if given else None
            if identity:
                return outlet_of(self._file.get("outlets", identity))
        return None

    def _outlet_id(self, given: str) -> str | None:
        """The id of an outlet by its id, its name, its domain, or a domain below that ("arabic.cnn.com")."""
        if self._file.get("outlets", given):
            return given
        if named := self._file.get("outlet_names", key_of_name(given)):
            return str(named)
        labels = _domain(given).split(".")
        domains = (".".join(labels[start:]) for start in range(len(labels) - 1))
        return next((one for domain in domains if (one := self._file.get("domains", domain))), None)


class Strangers:
    """Names in which nothing of the register was found, whatever the article: they need not be looked up again."""

    _MOST = 25_000

    def __init__(self) -> None:
        self._names: set[tuple[str, ...]] = set()

    def __contains__(self, words: tuple[str, ...]) -> bool:
        """Whether nothing was found in these words before."""
        return words in self._names

    def add(self, words: tuple[str, ...]) -> None:
        """Remember that nothing is in these words."""
        if len(self._names) >= self._MOST:
            self._names.clear()
        self._names.add(words)


_NONE: list[str] = []
_NOWHERE: dict[str, list[str]] = {}


def _keys(names: Iterable[str]) -> set[str]:
    return {key for name in names if (key := key_of_name(name))}


def _joined(known: Mapping[str, Any], more: Mapping[str, Any], name: str) -> list[Any]:
    """A list of two rows, each of its values once."""
    first = known.get(name) or []
    return [*first, *(one for one in more.get(name) or () if one not in first)]


def _append(names: dict[str, list[str]], key: str, identity: str) -> None:
    if identity not in names.setdefault(key, []):
        names[key] = [*names[key], identity]


def _host(address: str | None) -> str:
    return address.partition("://")[2].partition("/")[0].partition(":")[0] if address else ""


def _domain(name: str) -> str:
    """A domain as the register has it: lower case, without www. and the like."""
    lowered = name.strip().lower()
    for front in ("www.", "m.", "ar.", "arabic."):
        lowered = lowered.removeprefix(front)
    return lowered


def names_of(row: Mapping[str, Any]) -> Iterator[str]:
    """All names of a row of the register that mean its actor in any news."""
    if row.get("ar"):
        yield row["ar"]
    yield from row.get("aliases") or ()
    yield from (loaded["text"] for loaded in row.get("loaded") or ())


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _memberships(rows: Iterable[Mapping[str, Any]], key: str) -> tuple[Membership, ...]:
    return tuple(
        Membership(
            of=row[key],
            start=_day(row.get("from")),
            end=_day(row.get("to")),
            title=Label(en=row["en"], ar=row.get("ar", "")) if row.get("en") else None,
        )
        for row in rows
    )


def actor_of(row: Mapping[str, Any]) -> Actor:
    """An actor from a row of the register."""
    return Actor(
        id=row["id"],
        label=Label(en=row["en"], ar=row["ar"]),
        kind=row["kind"],
        country=row.get("country", ""),
        inter=row.get("inter"),
        start=_day(row.get("from")),
        end=_day(row.get("to")),
        parent=row.get("parent", ""),
        sides=_memberships(row.get("sides") or (), "side"),
        offices=_memberships(row.get("offices") or (), "of"),
        aliases=tuple(row.get("aliases") or ()),
        loaded=tuple((one["text"], one.get("by", "")) for one in row.get("loaded") or ()),
        local=tuple(row.get("local") or ()),
    )


def outlet_of(row: Mapping[str, Any]) -> Outlet:
    """An outlet from a row of the register."""
    return Outlet(
        id=row["id"],
        label=Label(en=row["en"], ar=row["ar"]),
        country=row.get("country", ""),
        ownership=row.get("ownership", "unknown"),
        owner=row.get("owner", ""),
        alignment=row.get("alignment", ""),
        agency=bool(row.get("agency")),
        domains=tuple(row.get("domains") or ()),
        aliases=tuple(row.get("aliases") or ()),
    )
