"""What an outlet allows programs to fetch: its robots.txt (RFC 9309), asked for once a day.

No file (4xx) means that everything is allowed. No answer, or one that says "not now" (5xx, 429), means that nothing is,
until it answers; where an older answer is at hand, that one goes on holding.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from marsad.errors import SetAside, TryAgain
from marsad.feeds.address import Address, address_of
from marsad.feeds.fetch import Fetched, Fetcher

if TYPE_CHECKING:
    from protego import Protego

_DAY, _SOON = 24 * 3600.0, 600.0
"""Seconds that an answer holds, and that go by before a site that did not answer is asked again."""
_LONGEST = 512_000
"""Bytes that are read; RFC 9309 asks for 500 KiB at least."""
_MOST_SITES = 1_000
_LONGEST_DELAY = 3_600.0


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of a site: its rules (None while it does not answer, with why), until when."""

    rules: Protego | None
    until: float
    why: str = ""


class Robots:
    """The rules of every site that was asked for, each kept for a day.

    Args:
        fetcher: Gets the files; the name before the slash in its ``agent`` is the one that rules are looked up for.
        clock: Seconds that never jump.
    """

    def __init__(self, fetcher: Fetcher, clock: Callable[[], float] = time.monotonic) -> None:
        self._fetcher, self._clock = fetcher, clock
        self._name = fetcher.agent.partition("/")[0].strip()
        self._known: dict[str, _Known] = {}

    def allowed(self, address: str) -> bool:
        """Whether an address may be fetched.

        Raises:
            TryAgain: the site does not say at the moment.
            SetAside: the address is bad, or the site must not be asked at all (see `Fetcher`).
        """
        place = address_of(address)
        return bool(self._rules(place).can_fetch(place.text, self._name))

    def crawl_delay(self, address: str) -> float | None:
        """Seconds between two requests that the site asks for, an hour at most; None where it does not ask.

        Raises:
            TryAgain, SetAside: as `allowed`.
        """
        delay = self._rules(address_of(address)).crawl_delay(self._name)
        if delay is None or math.isnan(delay) or delay <= 0:
            return None
        return min(float(delay), _LONGEST_DELAY)

    def sitemaps(self, address: str) -> tuple[str, ...]:
        """The sitemaps that the site names, as written there.

        Raises:
            TryAgain, SetAside: as `allowed`.
        """
        return tuple(self._rules(address_of(address)).sitemaps)

    def _rules(self, place: Address) -> Protego:
        known = self._known.get(place.origin)
        if known is None or self._clock() >= known.until:
            known = self._asked(place, known)
            self._known.pop(place.origin, None)
            self._known[place.origin] = known
            while len(self._known) > _MOST_SITES:
                self._known.pop(next(iter(self._known)))
        if known.rules is None:
            raise TryAgain(f"{place.origin} does not say now what it allows (robots.txt): {known.why}")
        return known.rules

    def _asked(self, place: Address, older: _Known | None) -> _Known:
        try:
            fetched = self._fetcher.get(f"{place.origin}/robots.txt")
        except TryAgain as error:
            return self._without_answer(older, str(error))
        except SetAside as refusal:
            if refusal.reason in ("private_address", "bad_address"):
                raise
            if refusal.reason != "too_many_redirects":
                return self._without_answer(older, refusal.message)
            return _Known(_parsed(b""), self._clock() + _DAY)  # as RFC 9309 has it
        if fetched.status >= 500 or fetched.status == 429:
            return self._without_answer(older, f"status {fetched.status}")
        return _Known(_parsed(_text_of(fetched)), self._clock() + _DAY)

    def _without_answer(self, older: _Known | None, why: str) -> _Known:
        return _Known(older.rules if older else None, self._clock() + _SOON, why)


def _text_of(fetched: Fetched) -> bytes:
    return fetched.body[:_LONGEST] if 200 <= fetched.status < 300 else b""


def _parsed(body: bytes) -> Protego:
    from protego import Protego

    return Protego.parse(body.decode("utf-8", "replace"))
