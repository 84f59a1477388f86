"""What a list is narrowed to, and how that stands in an address: ``?status=disputed&event=strike.air,harm&since=2024-12-01``.

One object for every page, map and twin. It is canonical: values of one name are sorted and stand once, so two addresses that mean the same give equal
filters, and ``filters_from(filters.pairs()) == filters``. Values of codes may stand in one pair with commas between; names of outlets and roots are taken
whole, for they may hold a comma.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import partial
from math import isfinite
from typing import Any

from marsad.codebook import load_codebook
from marsad.errors import InputError
from marsad.model.readers import VERDICTS

REVIEW_STATES = ("machine", "accepted", "edited", "rejected", "unsure", "conflict", "agreed", "final")
"""What people made of a claim; ``machine`` is one that nobody decided about."""
NONE = "none"
"""The value that stands for "not known": no status, no country, not on the map."""
_MOST_CHARACTERS = 1000
_MOST_VALUES = 200
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBER = re.compile(r"[0-9]{1,9}")
_COUNTRY = re.compile(r"[A-Z]{2}")
_HIGH = (180.0, 90.0, 180.0, 90.0)

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What a list is narrowed to; nothing where all is empty. Of several values of one name any will do, of several names all must hold.

    Attributes:
        status: Statuses of incidents; ``none`` for those that have none.
        event: Codes (``strike.air``) or families (``strike``); an incident fits by any of its events.
        actor: Ids of the register, of who took part.
        place: Id of the place.
        country: Country codes; ``none`` where it is not known.
        outlet: Names of outlets; an incident fits by any of its claims.
        root: Keys of roots, likewise.
        since: First day; what is told of an interval that overlaps fits, and an end that is not known does not stand in the way. What has no day at all never fits.
        until: Last day, likewise.
        killed: The highest toll told is at least this.
        review: States of review (`REVIEW_STATES`); an incident fits by any of its claims.
        precision: Of the point on the map; ``none`` where it has none.
        readers: What comparing two readers came to (`marsad.model.readers.VERDICTS`); ``none`` where one read the article; an incident fits by any of its claims.
        polarity: Of claims, as ``modality`` and ``stance``; an incident fits by a claim that fits all three.
        words: A question as `marsad.store.search` understands it, asked of the articles.
        box: West, south, east and north in degrees; where west is greater it goes around the back of the globe.
        incident: Id of one incident.
        article: Id of one article.
    """

    status: tuple[str, ...] = ()
    event: tuple[str, ...] = ()
    actor: tuple[str, ...] = ()
    place: str | None = None
    country: tuple[str, ...] = ()
    outlet: tuple[str, ...] = ()
    root: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    killed: int | None = None
    review: tuple[str, ...] = ()
    precision: tuple[str, ...] = ()
    readers: tuple[str, ...] = ()
    polarity: tuple[str, ...] = ()
    modality: tuple[str, ...] = ()
    stance: tuple[str, ...] = ()
    words: str | None = None
    box: Box | None = None
    incident: str | None = None
    article: str | None = None

    def __post_init__(self) -> None:
        for name in _MANY:
            object.__setattr__(self, name, tuple(sorted(set(getattr(self, name)))))

    @property
    def used(self) -> tuple[str, ...]:
        """The names that narrow anything, in their fixed order."""
        return tuple(one.name for one in fields(self) if getattr(self, one.name) not in ((), None))

    def pairs(self) -> list[tuple[str, str]]:
        """The pairs of an address, in a fixed order: one for each value."""
        found = []
        for name in self.used:
            value = getattr(self, name)
            if name == "box":
                value = ",".join(map(repr, value))
            found += [(name, str(one)) for one in (value if isinstance(value, tuple) else (value,))]
        return found

    def with_(self, name: str, value: str) -> Filters:
        """These filters with one value more; where only one can be, in the place of the one that was.

        Raises:
            InputError: the value is none of that name.
            KeyError: there is no filter of that name.
        """
        if name in _ONE:
            return self._set(name, _ONE[name](value))
        more = _MANY[name](value)
        return self._set(name, (*getattr(self, name), more))

    def without(self, name: str, value: str | None = None) -> Filters:
        """These filters with one value less, or with none of that name where no value is given."""
        if name in _ONE:
            return self._set(name, None)
        rest = () if value is None else tuple(one for one in getattr(self, name) if one != value)
        return self._set(name, rest)

    def _set(self, name: str, value: Any) -> Filters:  # noqa: ANN401 (a value of any filter)
        changes: dict[str, Any] = {name: value}
        return replace(self, **changes)


def filters_from(pairs: Iterable[tuple[str, str]]) -> Filters:
    """The filters of an address.

    Args:
        pairs: Its pairs. Names that are no filter's are left to others; empty values count as not given; of a filter that has one value the last pair counts.

    Raises:
        InputError: a value is none of its name, or there are too many.
    """
    found: dict[str, Any] = {}
    for name, given in pairs:
        value = given.strip()
        if not value or name not in {*_ONE, *_MANY}:
            continue
        if len(value) > _MOST_CHARACTERS or not _storable(value):
            raise InputError(f"{name}={value[:40]!r}... cannot be looked for: it is too long, or no text")
        if name in _ONE:
            found[name] = _ONE[name](value)
            continue
        parts = [value] if name in _WHOLE else [part.strip() for part in value.split(",")]
        found[name] = (*found.get(name, ()), *(_MANY[name](part) for part in parts if part))
        if len(found[name]) > _MOST_VALUES:
            raise InputError(f"more than {_MOST_VALUES} values of {name}")
    made = Filters(**found)
    if made.since and made.until and made.since > made.until:
        raise InputError(f"since={made.since} is after until={made.until}")
    return made


def codes_of(events: Iterable[str]) -> tuple[str, ...]:
    """The codes that events name, where families stand for all codes that are theirs; sorted."""
    book = load_codebook()
    return tuple(sorted({code for one in events for code in ([one] if one in book.events else _family(one))}))


def _family(name: str) -> list[str]:
    return [event.code for event in load_codebook().family(name)]


def _storable(value: str) -> bool:
    return not any(one == "\x00" or "\ud800" <= one <= "\udfff" for one in value)


def _text(value: str) -> str:
    return value


def _event(value: str) -> str:
    book = load_codebook()
    if value not in book.events and value not in book.families:
        raise InputError(f"event={value} is no code of the codebook and no family of codes")
    return value


def _word(name: str, group: str, value: str) -> str:
    more = {"precision": (NONE,)}.get(name, ())
    own = {"review": REVIEW_STATES, "readers": (*VERDICTS, NONE)}
    allowed = own.get(name) or (*load_codebook().values[group], *more)
    if value not in allowed:
        raise InputError(f"{name}={value} is none of {', '.join(allowed)}")
    return value


def _country(value: str) -> str:
    if value != NONE and not _COUNTRY.fullmatch(value):
        raise InputError(f"country={value} is no code of a country such as SY, nor 'none'")
    return value


def _day(name: str, value: str) -> str:
    try:
        return date.fromisoformat(value if _DAY.fullmatch(value) else "").isoformat()
    except ValueError:
        raise InputError(f"{name}={value} is no day such as 2024-12-06") from None


def _number(value: str) -> int:
    if not _NUMBER.fullmatch(value):
        raise InputError(f"killed={value} is no number of people")
    return int(value)


def _box(value: str) -> Box:
    try:
        west, south, east, north = map(float, value.split(","))
    except ValueError:
        raise InputError(f"box={value} is not west,south,east,north in degrees") from None
    box = (west, south, east, north)
    within = all(isfinite(one) and abs(one) <= most for one, most in zip(box, _HIGH, strict=True))
    if not within or south > north:
        raise InputError(f"box={value} is not west,south,east,north in degrees")
    return box


_MANY: Mapping[str, Callable[[str], str]] = {
    "status": partial(_word, "status", "statuses"),
    "event": _event,
    "actor": _text,
    "country": _country,
    "outlet": _text,
    "root": _text,
    "review": partial(_word, "review", ""),
    "precision": partial(_word, "precision", "place_precisions"),
    "readers": partial(_word, "readers", ""),
    "polarity": partial(_word, "polarity", "polarities"),
    "modality": partial(_word, "modality", "modalities"),
    "stance": partial(_word, "stance", "stances"),
}
"""What reads a value, of filters that may have several."""
_ONE: Mapping[str, Callable[[str], Any]] = {
    "place": _text,
    "since": partial(_day, "since"),
    "until": partial(_day, "until"),
    "killed": _number,
    "words": _text,
    "box": _box,
    "incident": _text,
    "article": _text,
}
"""The same, of filters that have one value."""
_WHOLE = ("outlet", "root")
"""Names that are not cut at commas."""
