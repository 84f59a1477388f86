"""Lanes: for each place one row of time with who is said to have held it, as shapes in hundredths of the width.

Hundredths, so that one drawing fits every screen without scripts. What is told of a spell ends with the last incident that it rests on; what lies more than
`STALE_DAYS` after that is drawn pale.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from marsad.store.reads.control import ControlPlace, SpellRow
from marsad.web.views.holders import Shade, shades
from marsad.web.views.ticks import Tick, ticks

STALE_DAYS = 90
_NARROWEST = 0.35
_WIDE = 860
_LETTER = 7.0
_EARLY, _LATE = 0.03, 0.97

Spells = Mapping[str, Sequence[tuple[SpellRow, dict[str, Any]]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The days that lanes show, both included."""

    first: date
    last: date

    def at(self, day: date) -> float:
        """Where a day begins, in hundredths of the width."""
        days = (self.last - self.first).days + 1
        return min(max((day - self.first).days / days, 0.0), 1.0) * 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A spell as a shape.

    Attributes:
        spell: Its row.
        x, width: In hundredths of the lane.
        fill: Id of the pattern that fills it; "" for one that is empty.
        text: What is written in it: the label, else a letter, else nothing; what fits.
        stale: From which hundredth of its own width on nothing was told for long; None where that is not so.
        told: The last day that anything was told, or "".
        holder, claimant: What to call them.
        chosen: Whether it is the one that is asked about.
    """

    spell: SpellRow
    x: float
    width: float
    fill: str
    text: str
    stale: float | None
    told: str
    holder: str
    claimant: str
    chosen: bool

    @property
    def text_pale(self) -> bool:
        """Whether most of the text lies where nothing was told for long."""
        if self.stale is None:
            return False
        return self.stale / 100 * self.width / 100 * _WIDE < 5 + len(self.text) * _LETTER / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """A place with its pieces; ``earlier`` and ``later`` are how many spells lie outside of the window, ``precision`` is that of the place, or ""."""

    place: ControlPlace
    pieces: tuple[Piece, ...]
    earlier: int
    later: int
    precision: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Lanes under one axis, with what their colours mean."""

    window: Window
    ticks: tuple[Tick, ...]
    lanes: tuple[Lane, ...]
    legend: tuple[Shade, ...]
    mixed: tuple[tuple[str, Shade | None, Shade | None], ...]
    """Patterns of contested spells: id, last holder, claimant."""


def window_of(beginnings: Sequence[str], latest: str | None, since: str | None, until: str | None) -> Window:
    """The days to show: those asked for, else those in which nearly all spells begin, up to the latest day of the store.

    Args:
        beginnings: First days of spells, sorted.
        latest: The latest day of the store.
        since, until: As asked.
    """
    known = [date.fromisoformat(day) for day in beginnings]
    last = date.fromisoformat(until or latest or (beginnings[-1] if beginnings else "2000-01-01"))
    if since:
        first = date.fromisoformat(since)
    else:
        before = [day for day in known if day <= last]
        first = before[int(len(before) * _EARLY)] if before else last
    return Window(first=min(first, last), last=max(last, first + timedelta(days=1)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """How lanes are looked at.

    Attributes:
        window: The days to show.
        told: By id of incident the last day it may have been on.
        label: From a holder's id and the label that the spell has, what to call it.
        chosen: Id of the spell that is asked about.
    """

    window: Window
    told: Mapping[str, str]
    label: Callable[[str, str], str]
    chosen: str = ""


def chart(places: Sequence[ControlPlace], spells: Spells, sight: Sight) -> Chart:
    """The lanes of places in their order; ``spells`` are by key of place and in the order of time."""
    labels: dict[str, str] = {}
    named: list[str] = []
    for who in _parties(spells):
        key = holder_key(who) or ""
        labels[key] = sight.label(who.get("id") or "", who["label"])
        named.append(key)
    looks = shades(named, labels)
    made = _Maker(looks, sight)
    lanes = tuple(made.lane(place, spells.get(place.key, ())) for place in places)
    return Chart(
        window=sight.window, ticks=ticks(sight.window.first, sight.window.last), lanes=lanes,
        legend=tuple(looks.values()), mixed=tuple((name, *pair) for name, pair in made.mixed.items()),
    )  # fmt: skip


def _parties(spells: Spells) -> Iterator[Mapping[str, Any]]:
    for key in spells:
        for _, whole in spells[key]:
            yield from (who for who in (whole.get("holder"), whole.get("claimant")) if who)


def holder_key(who: Mapping[str, Any] | None) -> str | None:
    """By what a holder is told from others: its id, or its words."""
    return (who.get("id") or who["label"]) if who else None


class _Maker:
    """Draws one spell after the other; ``mixed`` gathers the patterns that contested ones need."""

    def __init__(self, looks: Mapping[str, Shade], sight: Sight) -> None:
        self._looks, self._told, self._window, self._chosen = looks, sight.told, sight.window, sight.chosen
        self.mixed: dict[str, tuple[Shade | None, Shade | None]] = {}

    def lane(self, place: ControlPlace, spells: Sequence[tuple[SpellRow, dict[str, Any]]]) -> Lane:
        """A place's lane."""
        window, pieces, earlier, later = self._window, [], 0, 0
        for row, whole in spells:
            first = date.fromisoformat(row.first_day)
            end = date.fromisoformat(row.last_day) if row.last_day else window.last + timedelta(days=1)
            if first > window.last:
                later += 1
            elif end <= window.first:
                earlier += 1
            else:
                pieces.append(self._piece(row, whole, first, max(end, first + timedelta(days=1))))
        return Lane(
            place=place, pieces=tuple(pieces), earlier=earlier, later=later, precision=_precision(spells)
        )

    def _piece(self, row: SpellRow, whole: Mapping[str, Any], first: date, end: date) -> Piece:
        x = self._window.at(first)
        width = max(self._window.at(end) - x, _NARROWEST)
        holder, claimant = (
            self._looks.get(holder_key(whole.get(name)) or "") for name in ("holder", "claimant")
        )
        told = max((self._told[one] for one in whole["incidents"] if one in self._told), default="")
        return Piece(
            spell=row, x=min(x, 100 - width), width=width, fill=self._fill(row.state, holder, claimant),
            text=_text(row.state, holder, claimant, width), stale=self._stale(told, first, end), told=told,
            holder=holder.label if holder else "", claimant=claimant.label if claimant else "", chosen=row.id == self._chosen,
        )  # fmt: skip

    def _fill(self, state: str, holder: Shade | None, claimant: Shade | None) -> str:
        if state == "held" and holder:
            return holder.pattern
        if state != "contested":
            return ""
        name = f"mix-{holder.letter if holder else ''}-{claimant.letter if claimant else ''}"
        self.mixed[name] = (holder, claimant)
        return name

    def _stale(self, told: str, first: date, end: date) -> float | None:
        if not told:
            return None
        after = max(date.fromisoformat(told), first) + timedelta(days=STALE_DAYS)
        begin = self._window.at(first)
        width = self._window.at(end) - begin
        if after >= end or width <= 0:
            return None
        share = (self._window.at(after) - begin) / width * 100
        return share if share < 99 else None


def _precision(spells: Sequence[tuple[SpellRow, dict[str, Any]]]) -> str:
    return next((whole["place"].get("precision") or "" for _, whole in spells), "")


def _text(state: str, holder: Shade | None, claimant: Shade | None, width: float) -> str:
    """What fits into a piece: names, else letters, else nothing."""
    room = width / 100 * _WIDE - 8
    if state == "unknown":
        choices = ["?"]
    elif state == "held":
        choices = [holder.label, holder.letter] if holder else []
    else:
        sides = [one for one in (holder, claimant) if one]
        choices = [" / ".join(one.label for one in sides), " / ".join(one.letter for one in sides)]
    return next((one for one in choices if len(one) * _LETTER <= room), "")
