"""``/incidents``, ``/claims`` and ``/articles``: the lists, their facets, and the same lists in other forms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from marsad.store.reads import Filters, Kind, articles_page, claims_page, filters_from, incidents_page, quotes
from marsad.store.reads.story import decided_of, first_claims
from marsad.store.reviewing import standings
from marsad.web.twins import FORMS, twin
from marsad.web.views.incident import gists
from marsad.web.views.lists import around, count, next_address, order_of
from marsad.web.views.taken import articles_listing, claims_listing, incidents_listing
from marsad.web.views.titles import day_words, sentence, title_of
from marsad.web.visit import Visit

_INCIDENT_FACETS = (
    "status",
    "family",
    "event",
    "country",
    "place",
    "actor",
    "outlet",
    "root",
    "year",
    "precision",
    "review",
)
_CLAIM_FACETS = ("status", "family", "event", "polarity", "modality", "stance", "country", "place", "outlet", "root", "year", "precision", "readers", "review")  # fmt: skip


def incidents(visit: Visit) -> Response:
    """The list of incidents; for htmx only its next rows."""
    filters, order = filters_from(visit.query), order_of(visit, "incidents")
    if _wants_facet(visit):
        return _facet(visit, filters, _INCIDENT_FACETS, "incidents")
    with visit.reading() as connection:
        page = incidents_page(connection, filters, order)
        rows = {row.id: row for row in page.rows}
        named = gists(visit, connection, {one: _fields(row) for one, row in rows.items()})
        claims = first_claims(connection, list(rows))
        decided = decided_of(connection, list(rows), visit.session.who)
        words = quotes(connection, list(claims.values()))
        shown: dict[str, Any] = {
            "rows": page.rows, "decided": decided, "titles": {one: title_of(gist, visit.words) for one, gist in named.items()}, "sentence": sentence,
            "quotes": {one: words.get(claim, "") for one, claim in claims.items()}, "more": next_address(visit, page.after),
        }  # fmt: skip
        if visit.by_htmx:
            return visit.page("incidents_rows.html", **shown)
        list_ = around(visit, connection, filters, _INCIDENT_FACETS, "incidents")
    return visit.page("incidents.html", total=page.total, around=list_, forms=FORMS, **shown)


def claims(visit: Visit) -> Response:
    """The list of claims, likewise."""
    filters, order = filters_from(visit.query), order_of(visit, "claims")
    if _wants_facet(visit):
        return _facet(visit, filters, _CLAIM_FACETS, "claims")
    with visit.reading() as connection:
        page = claims_page(connection, filters, order)
        ids = [row.id for row in page.rows]
        shown: dict[str, Any] = {
            "rows": page.rows, "quotes": quotes(connection, ids), "states": standings(connection, ids, visit.session.who),
            "more": next_address(visit, page.after), "sentence": sentence, "day": lambda first, last: day_words(first, last, visit.words),
        }  # fmt: skip
        if visit.by_htmx:
            return visit.page("claims_rows.html", **shown)
        list_ = around(visit, connection, filters, _CLAIM_FACETS, "claims")
    return visit.page("claims.html", total=page.total, around=list_, forms=FORMS, **shown)


def articles(visit: Visit) -> Response:
    """The list of articles, likewise; it has filters but no facets."""
    filters, order = filters_from(visit.query), order_of(visit, "articles")
    with visit.reading() as connection:
        page = articles_page(connection, filters, order)
        shown: dict[str, Any] = {"rows": page.rows, "more": next_address(visit, page.after)}
        if visit.by_htmx:
            return visit.page("articles_list_rows.html", **shown)
        list_ = around(visit, connection, filters, (), None)
    return visit.page("articles_list.html", total=page.total, around=list_, forms=FORMS, **shown)


def incidents_twin(visit: Visit) -> Response:
    """The incidents in another form."""
    return twin(visit, incidents_listing(visit))


def claims_twin(visit: Visit) -> Response:
    """The claims in another form."""
    return twin(visit, claims_listing(visit))


def articles_twin(visit: Visit) -> Response:
    """The articles in another form."""
    return twin(visit, articles_listing(visit))


def _wants_facet(visit: Visit) -> bool:
    return visit.by_htmx and bool(visit.asked("facet"))


def _facet(visit: Visit, filters: Filters, names: tuple[str, ...], kind: Kind) -> Response:
    """The choices of one facet, when somebody unfolds it."""
    wanted = [name for name in names if name == visit.asked("facet")]
    with visit.reading() as connection:
        found = count(connection, visit, filters, wanted, kind)
    return visit.page("list_facet.html", facets=found)


def _fields(row: Any) -> Mapping[str, Any]:  # noqa: ANN401 (a row of a list)
    return {name: getattr(row, name) for name in ("events", "place_id", "place", "first_day", "last_day")}


ROUTES = (
    ("/incidents.{form}", incidents_twin),
    ("/incidents", incidents),
    ("/claims.{form}", claims_twin),
    ("/claims", claims),
    ("/articles.{form}", articles_twin),
    ("/articles", articles),
)
