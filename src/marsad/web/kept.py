"""Sums over the whole store that take longer than a page may: made once, and kept until the store changes."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, TypeVar, cast

from sqlalchemy import Connection

from marsad.store.lists import mark_of

if TYPE_CHECKING:
    from marsad.web.workspace import Workspace

T = TypeVar("T")


class Shown(Protocol):
    """Whatever has a workspace at hand: a visit, or what makes sums before anybody comes."""

    @property
    def workspace(self) -> Workspace:
        """The workspace."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What was made for pages, by name, of the store as it was at a mark; may be asked by several threads."""

    _held: dict[str, tuple[str, object]] = field(default_factory=dict)
    _locks: defaultdict[str, threading.Lock] = field(default_factory=lambda: defaultdict(threading.Lock))

    def get(self, connection: Connection, name: str, make: Callable[[Connection], T], at: str = "") -> T:
        """What ``make`` gives for the store as this connection sees it; made again only where the store has changed since.

        Args:
            connection: Of `Database.reading()`.
            name: Of what is made: one name, one ``make``.
            make: Makes it; what it gives must not be changed by anybody.
            at: A mark of what it is made of, where that is not what lists are made of.
        """
        now = at or mark_of(connection)
        with self._locks[name]:
            held = self._held.get(name)
            if held is None or held[0] != now:
                held = (now, make(connection))
                self._held[name] = held
        return cast("T", held[1])
