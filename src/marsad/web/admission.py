"""Who may come in: a user of the store who was ended is out at the next request, not when their cookie expires, and a stranger is led to the form in which one signs in."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

from starlette.responses import Response

from marsad.store.users import users
from marsad.web.sessions import Session
from marsad.web.visit import Visit
from marsad.web.workspace import Workspace


def stands(workspace: Workspace, session: Session) -> bool:
    """Whether the user of a session is one of the store's, with the role that the session has, and was it when the session began."""
    with workspace.store.database.reading() as connection:
        found = users(connection)
    return any(
        one.name == session.who
        and one.role == session.role
        and one.ended is None
        and datetime.fromisoformat(one.added).timestamp() <= session.begun + 1
        for one in found
    )


def to_login(visit: Visit) -> Response:
    """To the form in which one signs in, and from there to the page that was asked for, or from which a part was asked for or a form was sent."""
    if visit.by_htmx:
        return Response(status_code=401, headers={"hx-redirect": visit.address("/login", to=_page_of(visit))})
    is_page = visit.request.method in ("GET", "HEAD")
    return visit.go(visit.address("/login", to=visit.address(visit.path) if is_page else _page_of(visit)))


def _page_of(visit: Visit) -> str:
    headers = visit.request.headers
    try:
        parts = urlsplit(headers.get("hx-current-url") or headers.get("referer", ""))
    except ValueError:
        return ""
    return parts.path + (f"?{parts.query}" if parts.query else "")
