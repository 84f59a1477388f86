"""Names for whoever shows claims to people: labels of actors, sides and outlets, and places by id or by how they are written.

It holds the register and the gazetteer only, not what reading an article takes, so that a server that shows a project stays small.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

from marsad.grounding import Gazetteer, Lookup, Register, search
from marsad.grounding.actor_keys import key_of_name
from marsad.grounding.gazetteer import BUILT
from marsad.model import Label
from marsad.model.actor import Actor, Outlet
from marsad.model.place import Place
from marsad.run.own_data import OwnData


class Names:
    """Labels and places; may be asked by several threads.

    Args:
        data: The user's folder (gazetteer files, actors), None for what the program brings only.

    Raises:
        MarsadError: a register has not been built, or a file of the user's cannot be used.
    """

    def __init__(self, data: Path | None = None) -> None:
        own = OwnData.of(data)
        self._register = Register(extra=own.actors)
        self._gazetteer = Gazetteer((BUILT, *own.gazetteers))
        self._lookup = Lookup(self._gazetteer)
        self._lock = threading.Lock()

    def actor(self, identity: str | None) -> Actor | None:
        """The actor of an id, or None."""
        if not identity:
            return None
        with self._lock:
            return self._register.actor(identity)

    def actors(self) -> Iterator[Actor]:
        """All actors of the register, by id."""
        with self._lock:
            found = list(self._register)
        yield from found

    def outlet(self, name: str | None) -> Outlet | None:
        """What the register says of an outlet, by its id, its name or its domain, or None."""
        if not name:
            return None
        with self._lock:
            return self._register.outlet(name)

    def side(self, actor: Actor, day: date | None = None) -> str:
        """The id of the side that an actor was on that day (without a day, is on), or ""."""
        with self._lock:
            return self._register.side(actor, day)

    def actors_named(self, written: str) -> list[Actor]:
        """Actors that bear a name, as it is written in Arabic or Latin letters."""
        with self._lock:
            found = [self._register.actor(one) for one in self._register.named(key_of_name(written))]
        return [one for one in found if one is not None]

    def label(self, identity: str | None) -> Label | None:
        """Our neutral label of an actor, a side or an outlet (``outlet:ID``); None for no id, or one that is not in the register."""
        actor = self.actor(identity)
        if actor is not None:
            return actor.label
        if not identity:
            return None
        with self._lock:
            return self._register.sides.get(identity) or self._register.outlet_label(
                identity.removeprefix("outlet:")
            )

    def place(self, identity: str | None) -> Place | None:
        """The place of an id, or None."""
        if not identity:
            return None
        with self._lock:
            return self._gazetteer.place(identity)

    def places(self, written: str, most: int = 20) -> list[Place]:
        """Places that bear a name, as it is written in Arabic or Latin letters; the best known first."""
        if not written.strip():
            return []
        with self._lock:
            choice = search(self._lookup, written)
        return [one.place for one in choice.scored[:most]]

    def close(self) -> None:
        """Close the files."""
        self._gazetteer.close()


class KeptNames:
    """The same for who asks for the same names over and over: what was asked for once is kept.

    Args:
        names: Where names come from.
    """

    def __init__(self, names: Names) -> None:
        self.actor = cache(names.actor)
        self.label = cache(names.label)
        self.place = cache(names.place)
        self.outlet = cache(names.outlet)
        self.side = cache(names.side)
