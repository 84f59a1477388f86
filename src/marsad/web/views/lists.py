"""What stands around a list: the filters that hold with a way out of each, facets, dates, the order, and a strip of bars over time.

Everything is an address: a filter is added or taken out by a link, and a list that somebody wants to see again is its address.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection

from marsad.errors import InputError
from marsad.store.reads import SORTS, Facet, Filters, Histogram, Kind, Order, facets, histogram
from marsad.store.reads.article import latest_article_day
from marsad.web.views.bars import Part, stacked
from marsad.web.views.incident import place_name
from marsad.web.visit import Visit, made_address

AT_ONCE = 30
_PRESETS = (("week", 7), ("month", 30), ("year", 365))
_GROUPS: Mapping[str, str] = {
    "status": "status", "event": "event", "family": "family", "precision": "precision", "review": "review", "polarity": "polarity",
    "modality": "modality", "stance": "stance", "readers": "readers",
}  # fmt: skip
"""Filters whose values the interface has words for, and where those are."""
OPEN: Mapping[Kind, tuple[str, ...]] = {
    "incidents": ("status", "family", "event"),
    "claims": ("status", "family"),
}
"""Facets that are counted on every page of a list; there are three times as many claims as incidents."""
_WIDE, _HIGH, _BARS = 1000, 64, 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A value of a facet: what it is called, how many would fit, and the address with it (without it, where it is chosen)."""

    label: str
    count: int
    address: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """A facet with its choices, or the address at which they are counted."""

    name: str
    choices: tuple[Choice, ...] = ()
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stripe:
    """One bar of the strip: where it stands, its parts, what it says, and the address of its days."""

    x: float
    width: float
    parts: tuple[Part, ...]
    first: str
    last: str
    count: int
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """All of it, for a page.

    Attributes:
        chips: What holds, with the address without it.
        facets: What else could be chosen.
        strip: Bars over time, with ``unit`` of each.
        undated: How many have no day.
        sorts: The orders with their addresses; the chosen one is ``sort``.
        presets: Stretches of days before the latest day in the store, with their addresses.
        hidden: The filters that the form of dates must carry on.
    """

    filters: Filters
    sort: str
    chips: tuple[tuple[str, str], ...]
    facets: tuple[Facets, ...]
    sorts: tuple[tuple[str, str], ...]
    presets: tuple[tuple[str, str, bool], ...]
    hidden: tuple[tuple[str, str], ...]
    strip: tuple[Stripe, ...] = ()
    unit: str = "day"
    undated: int = 0
    latest: str | None = None


def count(
    connection: Connection, visit: Visit, filters: Filters, names: Sequence[str], kind: Kind
) -> tuple[Facets, ...]:
    """The facets of some names: those that are asked for (``facet=``), that a filter of the address is of, or that stand open on every page are counted.

    The others wait until somebody unfolds them, so that a page counts no more than it shows.
    """
    asked = {value for name, value in visit.query if name == "facet"}
    used = {*filters.used, *(("year",) if filters.since else ())}
    wanted = [name for name in names if name in asked or name in OPEN[kind] or name in used]
    found = facets(connection, filters, wanted, kind)
    return tuple(_facet(visit, filters, name, found.get(name)) for name in names)


def order_of(visit: Visit, kind: str) -> Order:
    """The order that an address asks for.

    Raises:
        InputError: there is no such order.
    """
    asked = visit.asked("sort", "newest")
    sort = next((one for one in SORTS[kind] if one == asked), None)
    if sort is None:
        raise InputError(f"sort={asked} is none of {', '.join(SORTS[kind])}")
    return Order(sort=sort, after=visit.asked("after") or None, most=AT_ONCE)


def next_address(visit: Visit, after: str | None) -> str:
    """Where the list goes on after a place in it; "" at its end."""
    return visit.address(after=after) if after else ""


def around(
    visit: Visit, connection: Connection, filters: Filters, names: Sequence[str], kind: Kind | None
) -> Around:
    """What stands around a list with facets of some names; articles (no kind) have neither facets nor bars."""
    listed, latest = kind or "articles", latest_article_day(connection)
    bars = histogram(connection, filters, kind, _BARS) if kind else None
    own = ("since", "until", "killed", "words")
    return Around(
        filters=filters, sort=order_of(visit, listed).sort, chips=chips(visit, filters),
        facets=count(connection, visit, filters, names, kind) if kind else (),
        sorts=tuple((one, visit.address(sort=None if one == "newest" else one, after=None)) for one in SORTS[listed]),
        presets=_presets(visit, filters, latest),
        hidden=tuple((name, value) for name, value in [*filters.pairs(), ("sort", visit.asked("sort"))] if value and name not in own),
        strip=_strip(visit, filters, bars) if bars else (), unit=bars.unit if bars else "day",
        undated=sum(bars.undated.values()) if bars else 0, latest=latest,
    )  # fmt: skip


def with_filters(visit: Visit, filters: Filters, path: str | None = None) -> str:
    """The address of a list under other filters, in the same order."""
    sort = visit.asked("sort")
    pairs = [*filters.pairs(), *([("sort", sort)] if sort else [])]
    return made_address(path or visit.path, pairs, {})


def chips(visit: Visit, filters: Filters) -> tuple[tuple[str, str], ...]:
    """What holds, in words, with the address without it."""
    found = []
    for name, value in filters.pairs():
        text = (
            f"{visit.words('filter.' + name)}{visit.words('title.colon')} {value_label(visit, name, value)}"
        )
        found.append((text, with_filters(visit, filters.without(name, value))))
    return tuple(found)


def value_label(visit: Visit, name: str, value: str, label: str = "") -> str:
    """What a filter's value is called in the visit's language."""
    words = visit.words
    if name == "event" and "." not in value:
        return words.label("family", value)
    if name == "status":
        return words.label("status", value)
    if name in _GROUPS:
        return words.label(_GROUPS[name], value)
    if name == "place":
        return place_name(visit, value, label or _english(visit, value)) or value
    if name in ("actor", "root"):
        return visit.label(value) or value.removeprefix("outlet:")
    if name == "outlet":
        return visit.label(f"outlet:{value}") or value
    if name == "country":
        return (
            words("unknown") if value == "none" else place_name(visit, value, _english(visit, value)) or value
        )
    return value


def _english(visit: Visit, place: str) -> str:
    known = visit.workspace.names.place(place)
    return known.name if known else ""


def _facet(visit: Visit, filters: Filters, name: str, values: Sequence[Facet] | None) -> Facets:
    if values is None:
        return Facets(name=name, address=visit.address(facet=name, after=None))
    return Facets(name=name, choices=tuple(_choice(visit, filters, name, one) for one in values))


def _choice(visit: Visit, filters: Filters, name: str, one: Facet) -> Choice:
    address, is_chosen = _toggled(visit, filters, name, one.value)
    return Choice(
        label=value_label(visit, name, one.value, one.label),
        count=one.count,
        address=address,
        chosen=is_chosen,
    )


def _toggled(visit: Visit, filters: Filters, name: str, value: str) -> tuple[str, bool]:
    """The address with a value (without it, where it is chosen), and whether it is; "" where nothing can be narrowed to it."""
    if name == "year":
        span = (f"{value}-01-01", f"{value}-12-31")
        is_chosen = (filters.since, filters.until) == span
        rest = filters.without("since").without("until")
        return with_filters(
            visit, rest if is_chosen else rest.with_("since", span[0]).with_("until", span[1])
        ), is_chosen
    of = "event" if name == "family" else name
    held = getattr(filters, of)
    is_chosen = value == held if isinstance(held, str) else value in (held or ())
    try:
        changed = filters.without(of, value) if is_chosen else filters.with_(of, value)
    except InputError:
        return "", False
    return with_filters(visit, changed), is_chosen


def _presets(visit: Visit, filters: Filters, latest: str | None) -> tuple[tuple[str, str, bool], ...]:
    if latest is None:
        return ()
    made = []
    for name, days in _PRESETS:
        since = (date.fromisoformat(latest) - timedelta(days - 1)).isoformat()
        changed = filters.without("since").without("until").with_("since", since).with_("until", latest)
        made.append((name, with_filters(visit, changed), (filters.since, filters.until) == (since, latest)))
    return tuple(made)


def _strip(visit: Visit, filters: Filters, bars: Histogram) -> tuple[Stripe, ...]:
    highest = max((sum(bar.counts.values()) for bar in bars.bars), default=0)
    if not highest:
        return ()
    step = _WIDE / len(bars.bars)
    made = []
    for number, bar in enumerate(bars.bars):
        one = (
            filters.without("since")
            .without("until")
            .with_("since", bar.first_day)
            .with_("until", bar.last_day)
        )
        made.append(
            Stripe(
                x=round(number * step, 2), width=round(max(step - 0.6, step * 0.8), 2), parts=stacked(bar.counts, highest, _HIGH, 1.0), first=bar.first_day,
                last=bar.last_day, count=sum(bar.counts.values()), address=with_filters(visit, one),
            )
        )  # fmt: skip
    return tuple(made)
