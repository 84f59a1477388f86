"""Who is there: signing in and out, on one's own machine the name under which decisions are stored, and for admins the people who may come in."""

from __future__ import annotations

import hmac

from starlette.responses import Response

from marsad.errors import InputError
from marsad.store.users import ROLES, add_user, end_user, user_of, users
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
    sent = visit.field("given") if visit.request.method == "POST" else _brought(visit)
    to = _local(visit.field("to") or visit.asked("to")) or "/"
    if sent and _admitted(visit, sent):
        return visit.go(to)
    return visit.page("login.html", 401 if sent else 200, to=to, refused=bool(sent))


def logout(visit: Visit) -> Response:
    """End this session."""
    visit.session = visit.workspace.sessions.begin("", "viewer")
    return visit.go("/login" if visit.workspace.asks else "/")


def people(visit: Visit) -> Response:
    """Everybody with a token; a form adds somebody, whose token is on this one answer and nowhere else, or ends somebody."""
    visit.need("admin")
    given = None
    if visit.request.method == "POST":
        if visit.field("end"):
            with visit.writing() as connection:
                end_user(connection, visit.field("end"), visit.session.who)
            return visit.go("/people")
        name = visit.field("name")
        with visit.writing() as connection:
            given = (name, add_user(connection, name, visit.field("role"), visit.session.who))
    with visit.reading() as connection:
        found = sorted(users(connection), key=lambda one: (one.ended is not None, one.name, one.added))
    return visit.page("people.html", people=found, given=given, roles=ROLES)


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
    with visit.reading() as connection:
        user = user_of(connection, sent)
    if user is None:
        return False
    visit.session = workspace.sessions.begin(user.name, user.role, user=True)
    return True


def _brought(visit: Visit) -> str:
    """The token of an address; "" where a link of another site leads here, which could sign people in as somebody else than they believe."""
    is_typed = visit.request.headers.get("sec-fetch-site", "none") in ("none", "same-origin")
    return visit.asked("token") if is_typed else ""


def _local(address: str) -> str:
    """An address of this workspace, else ""; so that no link can lead elsewhere through here."""
    is_local = address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if is_local and address.isprintable() else ""


ROUTES = (
    ("/me", me, "GET", "POST"),
    ("/login", login, "GET", "POST"),
    ("/logout", logout, "POST"),
    ("/people", people, "GET", "POST"),
)
