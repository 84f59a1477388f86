"""The reading side of the store: what pages, maps and twins ask, narrowed by filters, in pages and in sums.

Every function takes a connection of `Database.reading()` and changes nothing.
"""

from marsad.store.reads.facets import FACETS, facets
from marsad.store.reads.filters import NONE, REVIEW_STATES, Filters, filters_from
from marsad.store.reads.marks import mark
from marsad.store.reads.pages import (
    all_articles,
    all_claims,
    all_incidents,
    articles_page,
    claims_page,
    incidents_page,
)
from marsad.store.reads.points import grid, points, refs
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
from marsad.store.reads.timeline import histogram
from marsad.store.reads.whole import claim_json, incident_json, quotes

__all__ = [
    "FACETS",
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
    "all_articles",
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
