"""What the reading side gives: rows of lists, pages of them, facets, bars, points and cells; plain data for pages and twins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, Literal, TypeVar

Kind = Literal["incidents", "claims"]
Sort = Literal["newest", "oldest", "claims", "roots", "killed", "changed"]
SORTS: Mapping[str, tuple[Sort, ...]] = {
    "incidents": ("newest", "oldest", "claims", "roots", "killed", "changed"),
    "claims": ("newest", "oldest", "killed"),
    "articles": ("newest", "oldest", "claims", "changed"),
}
"""By what each list can be sorted. Newest and oldest go by the first day of the event (articles: of publication); what has no such day, or no toll, comes last."""

R = TypeVar("R")


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Which rows of a list: in which order, after which one (``after`` of the page before), and how many at most."""

    sort: Sort = "newest"
    after: str | None = None
    most: int = 50


@dataclass(frozen=True, slots=True)
class Page(Generic[R]):
    """Some rows of a list, how many the whole list has, and where the next page begins (None at the end)."""

    rows: tuple[R, ...]
    total: int
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentRow:
    """An incident as a list shows it.

    ``killed`` is the lowest and the highest toll told (None as highest: "or more"), None where none is; ``outlets`` is how many tell of it; ``reviewed`` is how
    many of its claims people decided about, ``rejected`` how many of these they refused; days are ISO days; ``changed`` is an ISO time.
    """

    id: str
    event: str
    events: tuple[str, ...]
    status: str | None
    roots: int
    independent: int
    counts_differ: bool
    claims: int
    first_day: str | None
    last_day: str | None
    place_id: str | None
    place: str | None
    country: str | None
    lat: float | None
    lon: float | None
    precision: str | None
    killed: tuple[int | None, int | None] | None
    outlets: int
    changed: str
    reviewed: int
    rejected: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRow:
    """A claim as a list shows it; ``incident``, ``status`` and ``root`` are None until it has been reconciled, ``source`` None for the article's own voice."""

    id: str
    article: str
    number: int
    event: str
    polarity: str
    modality: str
    source: str | None
    source_kind: str | None
    source_id: str | None
    stance: str | None
    place_id: str | None
    place: str | None
    country: str | None
    lat: float | None
    lon: float | None
    precision: str | None
    first_day: str | None
    last_day: str | None
    killed: tuple[int | None, int | None] | None
    outlet: str | None
    published: str | None
    title: str
    incident: str | None
    status: str | None
    root: str | None
    review: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRow:
    """An article as a list shows it; ``copy_of`` is the article that it is known to repeat, ``versions`` how many it has had."""

    id: str
    title: str
    outlet: str | None
    published: str | None
    day: str | None
    url: str | None
    characters: int
    claims: int
    versions: int
    copy_of: str | None
    added: str
    changed: str


@dataclass(frozen=True, slots=True)
class Facet:
    """A value of a filter and how many would fit; ``label`` is the name of a place, else the value."""

    value: str
    count: int
    label: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of days (ISO, both included) and how many begin in it, by status (``none`` where there is none)."""

    first_day: str
    last_day: str
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Histogram:
    """Bars without gaps in the order of time, each a ``unit`` long (day, week, month, quarter, year).

    Counted apart, by status: what has no first day (``undated``), and what begins before the first bar or behind the last one.
    """

    unit: str
    bars: tuple[Bar, ...]
    undated: Mapping[str, int] = field(default_factory=dict)
    earlier: Mapping[str, int] = field(default_factory=dict)
    later: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Points:
    """What lies on the map as columns of bytes (`marsad.store.reads.points`), how many points that is, and how many lie nowhere.

    ``events``, ``statuses`` and ``precisions`` are what the numbers in the columns mean.
    """

    data: bytes
    number: int
    unplaced: int
    events: tuple[str, ...]
    statuses: tuple[str, ...]
    precisions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the map: the mean of its points, how many there are, by status too, and the place that most of them name."""

    lat: float
    lon: float
    count: int
    counts: Mapping[str, int]
    place: str | None
