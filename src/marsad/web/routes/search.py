"""``/search``: the articles that answer a question, and who and what its words name."""

from __future__ import annotations

from starlette.responses import Response

from marsad.web.twins import twin
from marsad.web.views.search import found_of, hits_listing, marked
from marsad.web.visit import NotFound, Visit

_FORMS = ("json", "jsonl", "csv", "atom")


def search(visit: Visit) -> Response:
    """What was found; for htmx only the next hits."""
    with visit.reading() as connection:
        found = found_of(visit, connection)
    template = "search_rows.html" if visit.by_htmx else "search.html"
    return visit.page(template, found=found, marked=marked, forms=_FORMS)


def search_twin(visit: Visit) -> Response:
    """The hits in another form; they have no places."""
    if visit.part("form") not in _FORMS:
        raise NotFound(f"there is no /search.{visit.part('form')}: the forms are {', '.join(_FORMS)}")
    return twin(visit, hits_listing(visit))


ROUTES = (("/search.{form}", search_twin), ("/search", search))
