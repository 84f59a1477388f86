"""``/``: the picture at a glance, and what is new since the last visit."""

from __future__ import annotations

from starlette.responses import Response

from marsad.web.views.titles import sentence
from marsad.web.views.today import COOKIE, since_of, spark_points, today_of
from marsad.web.visit import Visit

_YEAR = 365 * 24 * 3600


def today(visit: Visit) -> Response:
    """The first page."""
    since, cookie = since_of(visit)
    with visit.reading() as connection:
        found = today_of(visit, connection, since)
    most = max((number for one in found.sparks for number in one.days), default=1)
    response = visit.page(
        "today.html", today=found, sentence=sentence, points=lambda days: spark_points(days, most)
    )
    response.set_cookie(COOKIE, cookie, max_age=_YEAR, samesite="strict", httponly=True, path="/")
    return response


ROUTES = (("/", today),)
