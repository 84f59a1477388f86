"""``/health``: how much is there, what waits, what was set aside, and whether everything is as it should be."""

from __future__ import annotations

from starlette.responses import JSONResponse, Response

from marsad.run.looking import overview
from marsad.web.visit import Visit


def health(visit: Visit) -> Response:
    """What the store holds and what waits."""
    found = overview(visit.workspace.store)
    return visit.page("health.html", overview=found, chores=visit.workspace.chores.all())


def health_json(visit: Visit) -> Response:
    """The same as JSON, for whoever watches the desk."""
    return JSONResponse(overview(visit.workspace.store).data())


ROUTES = (("/health", health), ("/health.json", health_json))
