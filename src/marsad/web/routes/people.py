"""Who is there: signing in and out, and on one's own machine the name under which decisions are stored."""

from __future__ import annotations

import hmac

from starlette.responses import Response

from marsad.errors import InputError
from marsad.web.visit import Visit

_MOST_NAME = 60


def me(visit: Visit) -> Response:
    """Who one is here, and how pages look; a form changes the name on one's own machine."""
    if visit.request.method == "POST":
        _take_name(visit, visit.field("who"))
        return visit.go(_local(visit.field("to")) or "/me")
    return visit.page("me.html", to=_local(visit.asked("to")))


def login(visit: Visit) -> Response:
    """The form in which a token is given, and what it leads to; the address may bring the token, as the program prints it."""
    sent = visit.field("given") if visit.request.method == "POST" else visit.asked("token")
    to = _local(visit.field("to") or visit.asked("to")) or "/"
    if sent and _admitted(visit, sent):
        return visit.go(to)
    return visit.page("login.html", 401 if sent else 200, to=to, refused=bool(sent))


def logout(visit: Visit) -> Response:
    """End this session."""
    visit.session = visit.workspace.sessions.begin("", "viewer")
    response = visit.go("/login" if visit.workspace.asks else "/")
    response.delete_cookie(f"marsad_{visit.workspace.port}", path="/")
    return response


def _take_name(visit: Visit, name: str) -> None:
    if visit.workspace.asks:
        raise InputError("here a name comes with its token; sign in anew to be somebody else")
    if not name or len(name) > _MOST_NAME or not name.isprintable():
        raise InputError(f"a name has 1 to {_MOST_NAME} printable characters, not {name!r}")
    visit.session = visit.workspace.sessions.begin(name, "admin")


def _admitted(visit: Visit, sent: str) -> bool:
    workspace = visit.workspace
    if workspace.token and hmac.compare_digest(sent.encode(), workspace.token.encode()):
        visit.session = workspace.sessions.begin("admin", "admin")
        return True
    from marsad.store.users import user_of

    with visit.reading() as connection:
        user = user_of(connection, sent)
    if user is None:
        return False
    visit.session = workspace.sessions.begin(user.name, user.role, user=True)
    return True


def _local(address: str) -> str:
    """An address of this workspace, else ""; so that no link can lead elsewhere through here."""
    is_local = address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if is_local and address.isprintable() else ""


ROUTES = (("/me", me, "GET", "POST"), ("/login", login, "GET", "POST"), ("/logout", logout, "POST"))
