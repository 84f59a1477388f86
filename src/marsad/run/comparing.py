"""Compare a project with files of ACLED or UCDP: what both have, what only they have, what only we have, each where both could have it.

"They do not have it" is said of an incident only within the days and the countries that their file covers, and of a kind that they record; "we do not have it" only of
days that the project's articles bring news of. What lies outside is counted. Nothing of a reference file is stored.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from sqlalchemy import Connection

from marsad.errors import InputError, SetAside
from marsad.references import Origin, ReferenceEvent, read_events
from marsad.run.comparing_match import Fit, Matcher, paired
from marsad.run.comparing_names import TheirNames
from marsad.run.comparing_ours import Coverage, Ours, news_days, our_events, told_days
from marsad.store.reads import Filters

KINDS = ("both", "theirs", "ours")
"""What a row says: both have it, only they, only we."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What is compared.

    Attributes:
        files: Reference files; those of one origin are one layer.
        km: Kilometres allowed beyond both precisions.
        days: Days allowed beyond both intervals.
        filters: What our incidents are narrowed to; country, since, until and box narrow their events, too.
    """

    files: tuple[Path, ...]
    km: float = 5.0
    days: int = 1
    filters: Filters = field(default_factory=Filters)

    def __post_init__(self) -> None:
        if not 0 <= self.km <= 200 or not 0 <= self.days <= MOST_DAYS:
            raise InputError(f"km must be 0 to 200 and days 0 to {MOST_DAYS}, not {self.km} and {self.days}")


MOST_DAYS = 31
Refused = Callable[[Path, int, SetAside], None]
"""Told of a row that is set aside: its file, its line, and why."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One line of a comparison: at least one of the two, with the fit where both are; ``near`` is the other's id that would fit too but has a better partner."""

    theirs: ReferenceEvent | None
    ours: Ours | None
    fit: Fit | None = None
    near: str = ""

    @property
    def kind(self) -> str:
        """One of `KINDS`."""
        return "both" if self.fit else "theirs" if self.theirs else "ours"

    @property
    def day(self) -> date:
        """The first day, theirs where they have it."""
        return self.theirs.first_day if self.theirs else date.fromordinal(self.ours.first if self.ours else 1)

    @property
    def order(self) -> tuple[date, int, str, str]:
        """Its place in the fixed order: by day, then kind, then ids."""
        ids = (self.theirs.id if self.theirs else "", self.ours.row.id if self.ours else "")
        return (self.day, KINDS.index(self.kind), *ids)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A project beside one layer.

    Attributes:
        origin: Whose layer it is.
        coverage: What its files cover.
        rows: The lines, in their fixed order.
        set_aside: Rows of theirs that could not be read, by reason.
        theirs_out: Events of theirs that are not compared: ``other_days`` (no article brings news of them), ``narrowed`` (by the filters), ``no_place``.
        ours_out: Incidents of ours that are not compared (`marsad.run.comparing_ours`).
    """

    origin: Origin
    coverage: Coverage
    rows: Sequence[Compared]
    set_aside: Counter[str]
    theirs_out: Counter[str]
    ours_out: Counter[str]


_About = tuple[TheirNames, frozenset[int], Ask]
"""What their names mean, the days that the project can have anything of, and what is asked."""


@dataclass(slots=True)
class _Layer:
    """What has been read of the files of one origin."""

    coverage: Coverage = field(default_factory=Coverage)
    events: list[ReferenceEvent] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    set_aside: Counter[str] = field(default_factory=Counter)
    out: Counter[str] = field(default_factory=Counter)


def compare(connection: Connection, meaning: TheirNames, ask: Ask, refused: Refused) -> Iterator[Comparison]:
    """Compare a project with each layer, ACLED before UCDP.

    Args:
        connection: Of the project, for reading.
        meaning: What their names mean.
        ask: What to compare.
        refused: Told of each row that is set aside.

    Raises:
        InputError: a file is none of theirs, or nothing in it can be read.
    """
    news = news_days(connection)
    days = news | told_days(connection)
    layers = _layers((meaning, days, ask), refused)
    for origin in sorted(layers):
        layer, out = layers[origin], Counter[str]()
        ours = our_events(connection, ask.filters, origin, (layer.coverage, meaning.names), out)
        matcher = Matcher(ours, meaning, km=ask.km, days=ask.days)
        yield Comparison(
            origin=origin,
            coverage=layer.coverage,
            rows=_rows(layer, ours, matcher, news),
            set_aside=layer.set_aside,
            theirs_out=layer.out,
            ours_out=out,
        )


def _layers(about: _About, refused: Refused) -> dict[Origin, _Layer]:
    layers: dict[Origin, _Layer] = {}
    for path in about[2].files:
        aside: Counter[str] = Counter()

        def tell(line: int, why: SetAside, path: Path = path, aside: Counter[str] = aside) -> None:
            aside[why.reason] += 1
            refused(path, line, why)

        event = None
        for event in read_events(path, tell):
            layer = layers.setdefault(event.origin, _Layer())
            if event.id in layer.seen:
                tell(event.line, SetAside("duplicate_id", f"{event.id[:60]!r} stands in a file before"))
                continue
            layer.seen.add(event.id)
            _take(event, layer, about)
        if event is None:
            raise InputError(f"{path}: there is no row in it that can be read ({aside.total():,} set aside)")
        layers[event.origin].set_aside.update(aside)
    return layers


def _take(event: ReferenceEvent, layer: _Layer, about: _About) -> None:
    """Count what a row covers, and keep it where it can be compared."""
    meaning, told, ask = about
    cover, lands = layer.coverage, meaning.lands(event)
    first, last = event.first_day.toordinal(), event.last_day.toordinal()
    cover.rows += 1
    cover.first, cover.last = min(cover.first, first), max(cover.last, last)
    cover.countries.update(lands)
    if not lands:
        cover.unknown.add(event.country)
    if told.isdisjoint(range(first, last + 1)):
        layer.out["other_days"] += 1
    elif not _narrowed(event, lands, ask.filters):
        layer.out["narrowed"] += 1
    elif event.lat is None:
        layer.out["no_place"] += 1
    else:
        layer.events.append(replace(event, notes="", sources=()))


def _narrowed(event: ReferenceEvent, lands: tuple[str, ...], filters: Filters) -> bool:
    """Whether an event is within the filters that hold for both."""
    if filters.country and not set(filters.country) & set(lands or ("none",)):
        return False
    if filters.since and event.last_day < date.fromisoformat(filters.since):
        return False
    if filters.until and event.first_day > date.fromisoformat(filters.until):
        return False
    if filters.box and event.lat is not None and event.lon is not None:
        west, south, east, north = filters.box
        across = west <= event.lon <= east if west <= east else not east < event.lon < west
        return across and south <= event.lat <= north
    return not filters.box


def _rows(layer: _Layer, ours: Sequence[Ours], matcher: Matcher, news: frozenset[int]) -> list[Compared]:
    events = layer.events
    candidates = [matcher.candidates(event) for event in events]
    pairs = paired(candidates)
    near: dict[int, tuple[float, str]] = {}
    for event, found in zip(events, candidates, strict=True):
        for score, number in found:
            near[number] = max(near.get(number, (0.0, "")), (score, event.id))
    rows = []
    for place, event in enumerate(events):
        if place in pairs:
            rows.append(Compared(event, ours[pairs[place]], matcher.fit(event, pairs[place])))
        elif news.isdisjoint(range(event.first_day.toordinal(), event.last_day.toordinal() + 1)):
            layer.out["other_days"] += 1
        else:
            found = candidates[place]
            rows.append(Compared(event, None, near=ours[found[0][1]].row.id if found else ""))
    taken = set(pairs.values())
    rows += [
        Compared(None, one, near=near.get(number, (0.0, ""))[1])
        for number, one in enumerate(ours)
        if number not in taken
    ]
    return sorted(rows, key=lambda row: row.order)
