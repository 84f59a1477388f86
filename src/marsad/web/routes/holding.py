"""Holding an article or a claim back from exports, and releasing it: a form with a reason on the page of the article and beside the claim that is reviewed; and the list of what is held."""

from __future__ import annotations

from starlette.responses import Response

from marsad.errors import InputError
from marsad.store.reads.kept_back import kept_back, marked_rows
from marsad.store.sensitive import Kind, hold_back, release
from marsad.web.visit import Visit

_DEEDS = {"hold": hold_back, "release": release}
_KINDS: dict[str, Kind] = {"claim": "claim", "article": "article"}


def hold(visit: Visit) -> Response:
    """Store a mark, and go back to where the form was."""
    visit.need("coder")
    kind, subject, act = _KINDS.get(visit.field("kind")), visit.field("id"), _DEEDS.get(visit.field("deed"))
    if act is None or kind is None:
        raise InputError("the form says neither what is held back or released, nor which of the two")
    with visit.writing() as connection:
        act(connection, kind, subject, visit.session.who, visit.field("why"))
    if kind == "article":
        return visit.go(visit.address(f"/articles/{subject}"))
    return visit.go(visit.same_query("/review", claim=subject))


def held(visit: Visit) -> Response:
    """What is held back now: by whom, since when and why, and how many incidents stay here with it."""
    with visit.reading() as connection:
        rows, back = marked_rows(connection), kept_back(connection)
    return visit.page("held.html", rows=rows, back=back)


ROUTES = (("/hold", hold, "POST"), ("/held", held))
