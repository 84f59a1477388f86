"""An incident: claims about the same thing, with who says what; nothing of them is averaged away.

The incident table is a pure function of claims and judgements: judgements are the only stored opinion about identity.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Literal

from marsad.model.actor import Label, RoleName
from marsad.model.claim import Count, CountKind, SourceKind, Stance
from marsad.model.interval import TimePrecision
from marsad.model.place import PlacePrecision
from marsad.model.span import Span

Says = Literal["affirms", "denies", "expects", "demands"]
Status = Literal["denied", "disputed", "conceded", "corroborated", "single"]
Verdict = Literal["same", "different", "unsure"]


DAYS_OF_NEWS = 3
"""Days after an event in which an article that gives no source still reports it; later it retells what was reported."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What a person decided about two claims, by their ids: ``same``, ``different`` or ``unsure``; the later of two on one pair holds."""

    one: str
    other: str
    verdict: Verdict
    by: str | None = None
    at: str | None = None


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the map as reconciling needs it.

    Attributes:
        id: Id in the gazetteer, or "".
        name: English name, or the words as written where it is not known.
        lat: Degrees north, or None where it is not on the map.
        lon: Degrees east, or None.
        precision: How near the point gets, or None.
        country: ISO 3166-1 alpha-2, or "".
        radius: How far it reaches from its point, in kilometres.
        admin: Code of its governorate (``SY-HM``), or "".
        loose: Whether the bare name of a city may as well mean the governorate that bears it ("قصف على إدلب").
    """

    id: str
    name: str
    lat: float | None = None
    lon: float | None = None
    precision: PlacePrecision | None = None
    country: str = ""
    radius: float = 0.0
    admin: str = ""
    loose: bool = False

    @property
    def point(self) -> tuple[float, float] | None:
        """Its point, or None where it is not on the map."""
        return None if self.lat is None or self.lon is None else (self.lat, self.lon)


@dataclass(frozen=True, slots=True)
class When:
    """Days of an event: the interval (None where no day is known), its precision, and how surely it is tied to the calendar.

    ``tie`` is ``named`` (a weekday or date in the words), ``relative`` (today, yesterday: hangs on the day of publication) or ``article`` (no words of
    time: the article's day).
    """

    start: date | None
    end: date | None
    precision: TimePrecision = "unknown"
    tie: Literal["named", "relative", "article"] = "article"


@dataclass(frozen=True, slots=True)
class Part:
    """Who took part, in which role: the words, the register's id and the side on that day ("" where not known)."""

    role: RoleName
    text: str
    id: str = ""
    side: str = ""

    @property
    def key(self) -> str:
        """What tells it from others: its id, or its words."""
        return self.id or self.text


@dataclass(frozen=True, slots=True)
class Root:
    """The voice nearest to the event.

    Attributes:
        key: An id of the register, ``outlet:`` with the outlet's name, or the words as written.
        text: The words that name it, or the outlet's name.
        kind: Kind of source.
        authority: What it is an organ, member or spokesman of, as ids or words, itself first, the topmost last.
        side: The side it was on that day, or "".
        own_voice: Whether the article speaks itself (no source, or the outlet's own correspondent).
        relays: Whether there is no source at all, so that any source of the same incident in the article goes before it.
        official: Whether the words say someone in office, but not of which state ("مصدر أمني").
        label: Our neutral Arabic label of who is meant, or "" where the register has none.
    """

    key: str
    text: str
    kind: SourceKind
    authority: tuple[str, ...] = ()
    side: str = ""
    own_voice: bool = False
    relays: bool = False
    official: bool = False
    label: str = ""


@lru_cache(maxsize=10_000)
def _instant(published: str) -> str:
    try:
        moment = datetime.fromisoformat(published)
    except ValueError:
        return published
    if len(published) <= len("2024-12-06") or moment.tzinfo is None:
        return published
    return moment.astimezone(UTC).isoformat()


@dataclass(frozen=True, slots=True, kw_only=True)
class Testimony:
    """One claim as it weighs in an incident: who says it, what of it can be compared, and where its words stand.

    ``family`` is the id of the first of the near copies that its article belongs to ("" where it is no copy and none is of it), ``copy_of`` the id of
    the article that came before and that its article is known to repeat.
    """

    article: str
    number: int
    id: str
    event: str
    says: Says
    stance: Stance | None
    root: Root
    outlet: str
    published: str
    family: str
    copy_of: str = ""
    place: Spot | None
    when: When
    parts: tuple[Part, ...] = ()
    counts: tuple[Count, ...] = ()
    words: tuple[str, ...] = ()
    span: Span
    text: str = ""

    @property
    def looks_back(self) -> bool:
        """Whether an article tells in its own voice of something days past, which it has from reports of then."""
        if not self.root.relays or self.when.end is None or not self.published:
            return False
        return (date.fromisoformat(self.published[:10]) - self.when.end).days > DAYS_OF_NEWS

    @property
    def instant(self) -> str:
        """When it was published, comparable with others: in universal time where a time with its offset is known, else as given."""
        return _instant(self.published)

    @property
    def key(self) -> tuple[str, str, int]:
        """Its place in any fixed order."""
        return (self.published, self.article, self.number)


@dataclass(frozen=True, slots=True, kw_only=True)
class CountRange:
    """How many people, from the lowest to the highest that a root says; ``max`` None is "or more"; each end has its root's name."""

    kind: CountKind
    min: int | None
    max: int | None
    min_by: str
    max_by: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is as it is, in a sentence in English and in Arabic; ``claim`` is the testimony it is about ("" for the whole)."""

    code: str
    text: Label
    claim: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A testimony within an incident: under which group of roots it counts ("" where it does not) and why it belongs there."""

    testimony: Testimony
    group: str
    joined: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """Claims judged to be about one event.

    Attributes:
        id: Stable while its core claims stay (`marsad.incidents`).
        events: Codes of its events, the ones that most roots tell first.
        status: The first of CODEBOOK section 8 that holds; None where it is only planned, possible or demanded, which never makes a status.
        roots: How many roots say something of it.
        independent: How many independent groups of roots affirm it.
        counts_differ: Whether roots give different tolls.
        when: The days that most roots give.
        place: The most precise place that most roots give.
        parts: Who took part, each once.
        counts: The tolls, as ranges.
        told: Every claim of it.
        reasons: Why the status is what it is.
        retells: Id of the incident that holds the reports of the day, where later articles look back at it; else "".
    """

    id: str
    events: tuple[str, ...]
    status: Status | None
    roots: int
    independent: int
    counts_differ: bool
    when: When
    place: Spot | None
    parts: tuple[Part, ...]
    counts: tuple[CountRange, ...]
    told: tuple[Told, ...]
    reasons: tuple[Reason, ...]
    retells: str = ""
