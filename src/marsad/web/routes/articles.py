"""The page of an article, and its twin: the object of CODEBOOK section 7."""

from __future__ import annotations

from starlette.responses import JSONResponse, Response

from marsad.store.sensitive import standing_marks
from marsad.web.views.article import article_json, article_page, difference, web_address
from marsad.web.views.editing import books
from marsad.web.visit import NotFound, Visit

SIZES = (14, 16, 18, 20, 22, 26, 30)
"""Letters of the text, in pixels."""
_USUAL = SIZES.index(18)
_MOST_VERSIONS = 1_000_000
_FORM = ".json"


def article(visit: Visit) -> Response:
    """One article: its text with marks, its claims beside it, where it comes from; or what differs between two versions."""
    return _shown(visit, visit.part("id"))


def as_json(visit: Visit) -> Response:
    """The same as an object; an article whose own id ends like the form of a twin is shown as a page."""
    identity = visit.part("id")
    with visit.reading() as connection:
        row = article_json(connection, identity, visit.session.who)
    if row is None:
        return _shown(visit, identity + _FORM)
    return JSONResponse(row)


def _shown(visit: Visit, identity: str) -> Response:
    number, against = (visit.number(name, 0, _MOST_VERSIONS) for name in ("version", "against"))
    with visit.reading() as connection:
        page = article_page(connection, identity, visit.session.who, number=number, find=visit.asked("find"))
        if page is None:
            raise NotFound(
                f"there is no article {identity!r} here" + (f" with a version {number}" if number else "")
            )
        changes = difference(connection, identity, page.number, against) if against else None
        held = standing_marks(connection)
    size = visit.number("size", 18, SIZES[-1])
    at = SIZES.index(size) if size in SIZES else _USUAL
    return visit.page(
        "article.html", page=page, changes=changes, against=against, address=web_address(page.article.url), books=books(), held=held,
        size=SIZES[at], smaller=SIZES[max(at - 1, 0)], larger=SIZES[min(at + 1, len(SIZES) - 1)],
    )  # fmt: skip


ROUTES = ((f"/articles/{{id:path}}{_FORM}", as_json), ("/articles/{id:path}", article))
