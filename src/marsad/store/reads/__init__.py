"""The reading side of the store: what pages, maps and twins ask, narrowed by filters, in pages and in sums.

Every function takes a connection of `Database.reading()` and changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection

from marsad.store.reads.filters import NONE, REVIEW_STATES, Filters, filters_from
from marsad.store.reads.rows import (
    SORTS,
    ArticleRow,
    Bar,
    Cell,
    ClaimRow,
    Facet,
    Histogram,
    IncidentRow,
    Kind,
    Order,
    Page,
    Points,
)

__all__ = [
    "NONE",
    "REVIEW_STATES",
    "SORTS",
    "ArticleRow",
    "Bar",
    "Cell",
    "ClaimRow",
    "Facet",
    "Filters",
    "Histogram",
    "IncidentRow",
    "Kind",
    "Order",
    "Page",
    "Points",
    "all_claims",
    "all_incidents",
    "articles_page",
    "claim_json",
    "claims_page",
    "facets",
    "filters_from",
    "grid",
    "histogram",
    "incident_json",
    "incidents_page",
    "mark",
    "points",
    "quotes",
    "refs",
]


def incidents_page(connection: Connection, filters: Filters, order: Order) -> Page[IncidentRow]:
    """Some incidents of the list; InputError for an ``after`` that is none or a sort that incidents do not have."""
    raise NotImplementedError


def claims_page(connection: Connection, filters: Filters, order: Order) -> Page[ClaimRow]:
    """Some claims of the list, likewise."""
    raise NotImplementedError


def articles_page(connection: Connection, filters: Filters, order: Order) -> Page[ArticleRow]:
    """Some articles: those that fit themselves (outlet, days, words) and have a claim that fits the rest."""
    raise NotImplementedError


def all_incidents(connection: Connection, filters: Filters, sort: str = "newest") -> Iterator[IncidentRow]:
    """The whole list, in batches; memory stays flat."""
    raise NotImplementedError


def all_claims(connection: Connection, filters: Filters, sort: str = "newest") -> Iterator[ClaimRow]:
    """The whole list, likewise."""
    raise NotImplementedError


def quotes(connection: Connection, claim_ids: Sequence[str]) -> dict[str, str]:
    """The words of each claim's first evidence, cut from the stored version."""
    raise NotImplementedError


def incident_json(connection: Connection, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Incidents as CODEBOOK section 8 has them, by id."""
    raise NotImplementedError


def claim_json(connection: Connection, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Claims as CODEBOOK section 7 has them, by id."""
    raise NotImplementedError


def facets(
    connection: Connection, filters: Filters, names: Sequence[str], kind: Kind = "incidents"
) -> dict[str, list[Facet]]:
    """Of each name (status, event, family, country, place, actor, outlet, root, precision, review, year, month) the values and how many fit, most first."""
    raise NotImplementedError


def histogram(
    connection: Connection, filters: Filters, kind: Kind = "incidents", bars: int = 200
) -> Histogram:
    """How many begin when."""
    raise NotImplementedError


def points(connection: Connection, filters: Filters, kind: Kind = "incidents") -> Points:
    """What lies on the map."""
    raise NotImplementedError


def refs(connection: Connection, kind: Kind, numbers: Sequence[int]) -> dict[int, str]:
    """The ids behind the numbers of points; a number that is none any more is left out."""
    raise NotImplementedError


def grid(
    connection: Connection, filters: Filters, kind: Kind = "incidents", cell: float = 0.25
) -> list[Cell]:
    """What lies on the map, by cells of so many degrees, most first."""
    raise NotImplementedError


def mark(connection: Connection) -> str:
    """What changes whenever articles, claims, incidents or reviews do: for ETags."""
    raise NotImplementedError
