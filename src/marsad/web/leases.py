"""Who has which claim before them, so that two people are not given the same one; which way each came, so that they can go back; and what comes next, which takes long to
ask where it is narrowed.

Kept in the server's memory: a lease is a courtesy that ends after fifteen minutes, and what keeps decisions from being lost is the revision that each carries.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field

LEASE = 15 * 60.0
"""Seconds for which a claim is kept for whoever has it before them."""
KEPT = 5 * 60.0
"""Seconds after which the order of what comes next is asked for anew, for articles that came meanwhile."""
_MOST_STEPS = 300
_MOST_PEOPLE = 200

Key = tuple[str, str]
Step = tuple[str, str]


@dataclass(slots=True)
class Leases:
    """Leases on claims and the ways of those who review; may be asked by several threads.

    Attributes:
        clock: Seconds that only go forward.
    """

    clock: Callable[[], float] = time.monotonic
    _held: dict[Key, tuple[str, float]] = field(default_factory=dict)
    _ways: OrderedDict[Key, list[Step]] = field(default_factory=OrderedDict)
    _next: OrderedDict[Hashable, tuple[Sequence[str], float]] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, claim: str, part: str, who: str) -> bool:
        """Take a claim, or go on having it; whether nobody else has it. Of each part somebody has one claim at a time: the one before goes back."""
        with self._lock:
            now = self.clock()
            self._forget(now)
            holder = self._held.get((claim, part))
            for key in [
                key
                for key, (name, _) in self._held.items()
                if name == who and key[1] == part and key[0] != claim
            ]:
                del self._held[key]
            if holder is not None and holder[0] != who:
                return False
            self._held[claim, part] = (who, now + LEASE)
            return True

    def free(self, claims: Iterable[str], part: str, who: str) -> list[str]:
        """Those of some claims that nobody else has, in their order."""
        with self._lock:
            self._forget(self.clock())
            others = {
                claim for (claim, kind), (name, _) in self._held.items() if kind == part and name != who
            }
        return [claim for claim in claims if claim not in others]

    def holder(self, claim: str, part: str) -> str | None:
        """Who has a claim."""
        with self._lock:
            self._forget(self.clock())
            found = self._held.get((claim, part))
        return None if found is None else found[0]

    def keep_next(self, scope: Hashable, claims: Sequence[str]) -> None:
        """Keep what comes next for a scope, in its order."""
        with self._lock:
            self._next[scope] = (claims, self.clock() + KEPT)
            self._next.move_to_end(scope)
            while len(self._next) > _MOST_PEOPLE:
                self._next.popitem(last=False)

    def behind(self, scope: Hashable, claim: str) -> Sequence[str] | None:
        """What was kept behind a claim; None where that is not known any more."""
        with self._lock:
            claims, until = self._next.get(scope, ((), 0.0))
            if until <= self.clock() or claim not in claims:
                return None
            return claims[claims.index(claim) + 1 :]

    def came_to(self, claim: str, article: str, part: str, who: str) -> None:
        """Note that somebody looks at a claim; one that lies on their way already changes nothing."""
        with self._lock:
            way = self._ways.setdefault((who, part), [])
            self._ways.move_to_end((who, part))
            if all(step[0] != claim for step in way):
                way.append((claim, article))
            del way[:-_MOST_STEPS]
            while len(self._ways) > _MOST_PEOPLE:
                self._ways.popitem(last=False)

    def before(self, claim: str, part: str, who: str) -> tuple[str, str]:
        """The claim that somebody had before this one, and the last one before it that is in another article; "" where there is none."""
        with self._lock:
            way = list(self._ways.get((who, part), ()))
        at = next((number for number, step in enumerate(way) if step[0] == claim), len(way))
        article = way[at][1] if at < len(way) else ""
        other = next((step[0] for step in reversed(way[:at]) if step[1] != article), "")
        return (way[at - 1][0] if at else "", other)

    def _forget(self, now: float) -> None:
        for key in [key for key, (_, until) in self._held.items() if until <= now]:
            del self._held[key]
