"""A scene: testimonies that are taken together so far, with a summary by which others are compared to them.

First the claims of one article that tell of one event make a scene; then scenes of several articles grow together into incidents. The summary is
kept up as a scene grows, so that a comparison costs the same however many claims are in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from marsad.incidents.families import EVENT_GROUPS
from marsad.model.claim import Count
from marsad.model.incident import Part, Spot, Testimony, When

PRECISE = frozenset(("exact", "town", "district"))
_RANK = {"exact": 4, "town": 3, "district": 2, "governorate": 1, "country": 0}
_TIES = {"named": 2, "relative": 1, "article": 0}
_MOST_PASSAGES = 16
_MOST_CODES = 5
_MOST_TOLLS = 24
_PERIOD_DAYS = 8
"""An interval of more days than this is a period with an incident of its own (a toll of a month, of a war)."""


class Scene:
    """Testimonies of one event and what they say in sum.

    Attributes:
        told: The testimonies.
        group: The group of event codes that it belongs to: only scenes of one group can be one incident.
        codes: How many tell each event code.
        main: The codes most of them tell.
        by: How often each side or actor is named as one that acts, ``to`` as one it was done to.
        speakers: Who acts or takes part, by side, else by id or words; of meetings by id or words, since sides meet daily.
        killed: The different main tolls of killed, at most 24 of them; ``wounded`` the same of wounded.
        passages: The words of its passages, of at most 16 of them.
        articles: The articles.
        families: The families of near copies.
    """

    __slots__ = (
        "_days",
        "_spots",
        "articles",
        "by",
        "codes",
        "families",
        "group",
        "killed",
        "main",
        "passages",
        "speakers",
        "spot",
        "to",
        "told",
        "when",
        "wounded",
    )

    def __init__(self, told: Iterable[Testimony]) -> None:
        self.told: list[Testimony] = []
        self.codes: Counter[str] = Counter()
        self.by: Counter[str] = Counter()
        self.to: Counter[str] = Counter()
        self.killed: list[Count] = []
        self.wounded: list[Count] = []
        self.passages: list[frozenset[str]] = []
        self.articles: set[str] = set()
        self.families: set[str] = set()
        self._spots: Counter[Spot] = Counter()
        self._days: Counter[When] = Counter()
        self.spot: Spot | None = None
        self.when: When = When(None, None)
        self.main: tuple[str, ...] = ()
        self.speakers: set[str] = set()
        self.group = ""
        for one in told:
            self.group = self.group or EVENT_GROUPS[one.event]
            self._take(one)
        self._sum_up()

    def _take(self, one: Testimony) -> None:
        self.told.append(one)
        self.codes[one.event] += 1
        self.articles.add(one.article)
        if one.family:
            self.families.add(one.family)
        if len(self.passages) < _MOST_PASSAGES and (words := frozenset(one.words)) not in self.passages:
            self.passages.append(words)
        if one.place is not None:
            self._spots[one.place] += 1
        if one.when.start is not None:
            self._days[one.when] += 1
        for part in one.parts:
            self._part(part)
        if one.event.startswith("harm."):
            self._toll(one)

    def _part(self, part: Part) -> None:
        key = part.side or part.id
        if part.role in ("agent", "party"):
            self.speakers.add(part.key if self.group == "contact" else part.side or part.key)
        if key:
            (self.by if part.role in ("agent", "gainer", "party") else self.to)[key] += 1

    def _toll(self, one: Testimony) -> None:
        """The main toll of a claim is its highest ("six, two children among them")."""
        for kind, into in (("killed", self.killed), ("wounded", self.wounded)):
            tolls = [c for c in one.counts if c.kind == kind and c.min is not None]
            if not tolls or len(into) >= _MOST_TOLLS:
                continue
            toll = max(tolls, key=lambda c: (c.min or 0, c.max or 0))
            if not any((c.min, c.max, c.approx) == (toll.min, toll.max, toll.approx) for c in into):
                into.append(toll)

    def _sum_up(self) -> None:
        self.spot = max(self._spots, key=self._weight_of_spot, default=None)
        self.main = self._most_told()
        self.when = max(self._days, key=self._weight_of_days, default=When(None, None))

    def _most_told(self) -> tuple[str, ...]:
        """The five codes most claims tell, and all that are told as often as the fifth, so that no order of claims decides."""
        if len(self.codes) <= _MOST_CODES:
            return tuple(self.codes)
        ranked = self.codes.most_common()
        return tuple(code for code, count in ranked if count >= ranked[_MOST_CODES - 1][1])

    def _weight_of_spot(self, spot: Spot) -> tuple[int, int, int, str]:
        """The most precise place that is told; of several the one most claims give."""
        rank = 1 if spot.loose else _RANK.get(spot.precision or "", -1)
        return (min(rank, 2), self._spots[spot], rank, spot.id or spot.name)

    def _weight_of_days(self, when: When) -> tuple[int, int, int, int]:
        """Days that the words name, before those that hang on the day of publication; of several those of most claims."""
        start = when.start or date.min
        return (_TIES[when.tie], when.precision == "day", self._days[when], -start.toordinal())

    def absorb(self, other: Scene) -> None:
        """Take in all that another scene holds."""
        for one in other.told:
            self._take(one)
        self._sum_up()

    @property
    def precise(self) -> bool:
        """Whether its place is a district or smaller."""
        spot = self.spot
        return spot is not None and spot.point is not None and spot.precision in PRECISE and not spot.loose

    @property
    def period(self) -> bool:
        """Whether it tells of a period (a month, a war) rather than of some days."""
        when = self.when
        return bool(when.start and when.end and (when.end - when.start).days > _PERIOD_DAYS)

    @property
    def looks_back(self) -> bool:
        """Whether it is an article's own words about something more than three days past: a retelling, not a report."""
        return all(one.looks_back for one in self.told)

    @property
    def actual(self) -> bool:
        """Whether anyone says that it happened, or that it did not."""
        return any(one.says in ("affirms", "denies") for one in self.told)

    @property
    def key(self) -> tuple[str, str, int]:
        """Its place in a fixed order: that of its first testimony."""
        return min(one.key for one in self.told)
