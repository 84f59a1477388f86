"""The application: every route, what stands before it, and what becomes of an error.

A route is a path with a function that takes a `Visit` and gives a response. It runs in one of a few threads, for the store is asked synchronously; each of them may keep a
connection with its cache, so there are few.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial

import anyio.to_thread
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import Receive, Scope, Send

from marsad.errors import Damaged, InputError, MarsadError, Stale, TryAgain
from marsad.store.audit import whoever
from marsad.web import forms, routes
from marsad.web.files import Files
from marsad.web.guard import Guarded
from marsad.web.sessions import LONGEST, Session
from marsad.web.visit import THEMES, NotAllowed, NotFound, Visit
from marsad.web.words import LANGUAGES
from marsad.web.workspace import Workspace

THREADS = 4
_YEAR = 365 * 24 * 3600
_STATUS: Mapping[type[MarsadError], int] = {
    NotFound: 404, NotAllowed: 403, forms.Refused: 403, forms.TooLarge: 413, Stale: 409, InputError: 400, TryAgain: 503, Damaged: 500,
}  # fmt: skip
"""What each kind of error answers; the first that fits counts, and others are 500."""
_OPEN = ("/login",)
"""Paths that those who are not signed in may see, beside the files that pages are made of."""

Page = Callable[[Visit], Response]


@dataclass(frozen=True, slots=True)
class _Endpoint:
    """One page as an ASGI application."""

    page: Page
    workspace: Workspace

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        visit = _visit(request, self.workspace)
        signed_in = visit is not None
        if visit is None:
            visit = _stranger(request, self.workspace)
        try:
            if not signed_in and request.url.path not in _OPEN:
                response = visit.go(visit.address("/login", to=request.url.path))
            else:
                await forms.fill(visit)
                response = await anyio.to_thread.run_sync(partial(_answer, self.page, visit))
        except MarsadError as error:
            response = await anyio.to_thread.run_sync(partial(_complaint, visit, error))
        finally:
            await forms.close(visit)
        _keep(response, visit, signed_in=signed_in)
        await response(scope, receive, send)


def make_app(workspace: Workspace, hosts: tuple[str, ...] = ()) -> Starlette:
    """The application of an open workspace.

    Args:
        workspace: What is shown.
        hosts: Names beside loopback under which it may be addressed.
    """
    made: list[BaseRoute] = [Mount("/static", Files())]
    for path, page, *methods in routes.ROUTES:
        made.append(Route(path, _Endpoint(page, workspace), methods=methods or ["GET"]))
    made.append(Route("/{path:path}", _Endpoint(_nothing, workspace), methods=["GET", "POST"]))

    @asynccontextmanager
    async def alive(app: Starlette) -> AsyncIterator[None]:
        anyio.to_thread.current_default_thread_limiter().total_tokens = THREADS
        yield

    app = Starlette(routes=made, lifespan=alive)
    app.add_middleware(Guarded, hosts=hosts, any_number=workspace.asks)
    return app


def _answer(page: Page, visit: Visit) -> Response:
    try:
        return page(visit)
    except MarsadError as error:
        return _complaint(visit, error)


def _complaint(visit: Visit, error: MarsadError) -> Response:
    status = next((code for kind, code in _STATUS.items() if isinstance(error, kind)), 500)
    template = "error_part.html" if visit.by_htmx else "error.html"
    return visit.page(template, status, error=str(error), code=status)


def _nothing(visit: Visit) -> Response:
    raise NotFound(f"there is no page {visit.path}")


def _visit(request: Request, workspace: Workspace) -> Visit | None:
    """The visit of somebody who is signed in; on loopback everybody is."""
    session = workspace.sessions.read(request.cookies.get(_cookie(workspace)))
    if session is None and not workspace.asks:
        session = workspace.sessions.begin(whoever(), "admin")
    return None if session is None else _made(request, workspace, session)


def _stranger(request: Request, workspace: Workspace) -> Visit:
    return _made(request, workspace, workspace.sessions.begin("", "viewer"))


def _made(request: Request, workspace: Workspace, session: Session) -> Visit:
    query, cookies = request.query_params, request.cookies
    lang = next((one for one in (query.get("lang"), cookies.get("marsad_lang")) if one in LANGUAGES), None)
    if lang is None:
        lang = "ar" if request.headers.get("accept-language", "").lower().startswith("ar") else "en"
    theme = next((one for one in (query.get("theme"), cookies.get("marsad_theme")) if one in THEMES), "auto")
    return Visit(
        request=request, workspace=workspace, session=session, words=workspace.words[lang], theme=theme
    )


def _keep(response: Response, visit: Visit, *, signed_in: bool) -> None:
    """Set the cookies that changed: language and theme where the address says them, the session where it is new or was not renewed for a while."""
    query = visit.request.query_params
    for name in ("lang", "theme"):
        if query.get(name) in (*LANGUAGES, *THEMES):
            response.set_cookie(f"marsad_{name}", query[name], max_age=_YEAR, samesite="strict", path="/")
    if not signed_in and not visit.session.who:
        return
    sessions, workspace = visit.workspace.sessions, visit.workspace
    held = visit.request.cookies.get(_cookie(workspace))
    known = sessions.read(held)
    fresh = sessions.renewed(visit.session) if known and known.id == visit.session.id and known.who == visit.session.who else visit.session  # fmt: skip
    if fresh is not None:
        response.set_cookie(
            _cookie(workspace), sessions.cookie(fresh), max_age=LONGEST, httponly=True, samesite="strict",
            secure=visit.request.url.scheme == "https", path="/",
        )  # fmt: skip


def _cookie(workspace: Workspace) -> str:
    return f"marsad_{workspace.port}"
