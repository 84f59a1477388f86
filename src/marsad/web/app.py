"""The application: every route, what stands before it, and what becomes of an error.

A route is a path with a function that takes a `Visit` and gives a response. It runs in one of a few threads, for the store is asked synchronously; each of them may keep a
connection with its cache, so there are few. Forms have threads of their own: where another process writes for a minute they wait for it, and who reads does not wait for them.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial

import anyio
import anyio.to_thread
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from marsad.errors import Damaged, InputError, MarsadError, Stale, TryAgain
from marsad.store.audit import whoever
from marsad.web import forms, routes
from marsad.web.admission import stands, to_login
from marsad.web.files import STATIC, Files
from marsad.web.guard import Guarded
from marsad.web.later import Later
from marsad.web.sessions import LONGEST, Session
from marsad.web.visit import THEMES, NotAllowed, NotFound, Visit
from marsad.web.words import LANGUAGES
from marsad.web.workspace import Workspace

THREADS, WRITERS = 4, 2
_MOST_SAID = 1000
_GONE = 499
_YEAR = 365 * 24 * 3600
_STATUS: Mapping[type[MarsadError], int] = {
    NotFound: 404, NotAllowed: 403, forms.Refused: 403, forms.TooLarge: 413, Stale: 409, InputError: 400, TryAgain: 503, Damaged: 500,
}  # fmt: skip
"""What each kind of error answers; the first that fits counts, and others are 500."""
_OPEN = ("/login",)
"""Paths that those who are not signed in may see, beside the files that pages are made of."""

Page = Callable[[Visit], Response | Later]


@dataclass(frozen=True, slots=True)
class _Endpoint:
    """One page as an ASGI application."""

    page: Page
    workspace: Workspace
    writers: anyio.CapacityLimiter

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        try:
            visit = await anyio.to_thread.run_sync(partial(_visit, request, self.workspace))
        except MarsadError as error:  # the store cannot say who that is
            await PlainTextResponse(f"marsad: {error}\n", _status(error))(scope, receive, send)
            return
        try:
            if not visit.session.who and visit.path not in _OPEN:
                response = to_login(visit)
            else:
                await forms.fill(visit)
                limiter = self.writers if request.method == "POST" else None
                answer = await anyio.to_thread.run_sync(partial(_answer, self.page, visit), limiter=limiter)
                response = await self._made(visit, answer) if isinstance(answer, Later) else answer
        except MarsadError as error:
            response = await anyio.to_thread.run_sync(partial(_complaint, visit, error))
        finally:
            await forms.close(visit)
        _keep(response, visit)
        await response(scope, receive, send)

    async def _made(self, visit: Visit, wanted: Later) -> Response:
        """What takes long, made in its turn and beside the threads of pages."""
        async with self.workspace.exports:
            if await visit.request.is_disconnected():
                return Response(status_code=_GONE)  # nobody reads it
            make = partial(_answer, lambda _: wanted.made(), visit)
            made = await anyio.to_thread.run_sync(make, limiter=anyio.CapacityLimiter(1))
        assert isinstance(made, Response)
        return made


def make_app(workspace: Workspace, hosts: tuple[str, ...] = ()) -> ASGIApp:
    """The application of an open workspace.

    Args:
        workspace: What is shown.
        hosts: Names beside loopback under which it may be addressed.
    """
    writers = anyio.CapacityLimiter(WRITERS)
    made: list[BaseRoute] = [Mount("/static", Files())]
    for path, page, *methods in routes.ROUTES:
        made.append(Route(path, _Endpoint(page, workspace, writers), methods=methods or ["GET"]))
    made.append(Route("/favicon.ico", _icon))
    made.append(Route("/{path:path}", _Endpoint(_nothing, workspace, writers), methods=["GET", "POST"]))

    @asynccontextmanager
    async def alive(app: Starlette) -> AsyncIterator[None]:
        anyio.to_thread.current_default_thread_limiter().total_tokens = THREADS
        yield

    app = Starlette(
        routes=made, lifespan=alive, exception_handlers={Exception: _broken, HTTPException: _refused}
    )
    # Around the whole of it, so that also the answer to an error that nobody foresaw carries the policy.
    return Guarded(app, hosts, any_number=workspace.asks)


def _answer(page: Page, visit: Visit) -> Response | Later:
    try:
        return page(visit)
    except MarsadError as error:
        return _complaint(visit, error)


def _complaint(visit: Visit, error: MarsadError) -> Response:
    status = _status(error)
    template = "error_part.html" if visit.by_htmx else "error.html"
    said = " ".join(str(error).split())  # one sentence, whatever was asked
    return visit.page(
        template, status, error=said if len(said) <= _MOST_SAID else said[:_MOST_SAID] + "…", code=status
    )


def _status(error: MarsadError) -> int:
    return next((code for kind, code in _STATUS.items() if isinstance(error, kind)), 500)


async def _refused(request: Request, error: Exception) -> Response:
    """The answer where no page was asked: another method than a page takes, or a file that is not there."""
    assert isinstance(error, HTTPException)
    path = request.scope["path"][:_MOST_SAID]
    said = {404: f"there is nothing at {path!r}", 405: f"{path!r} takes no {request.method}"}
    text = said.get(error.status_code, error.detail)
    return PlainTextResponse(f"marsad: {text}\n", status_code=error.status_code, headers=error.headers)


async def _broken(request: Request, error: Exception) -> Response:
    """The answer to what nobody foresaw; the error itself is written to the terminal by the server."""
    said = "marsad: this page broke, and the terminal in which it runs says where. تعطلت هذه الصفحة."
    return PlainTextResponse(f"{said}\n", status_code=500)


async def _icon(request: Request) -> Response:
    """The sign of the workspace, for a browser that shows something which is no page and so names no icon."""
    return FileResponse(STATIC / "icon.svg", media_type="image/svg+xml")


def _nothing(visit: Visit) -> Response:
    raise NotFound(f"there is no page {visit.path}")


def _visit(request: Request, workspace: Workspace) -> Visit:
    """The visit of whoever's cookie that is; on loopback everybody is signed in, elsewhere a stranger has a session too, for the form in which they sign in."""
    session = workspace.sessions.read(request.cookies.get(_cookie(workspace)))
    if session is not None and session.user and not stands(workspace, session):
        session = None
    if workspace.asks:
        session = session or workspace.sessions.begin("", "viewer")
    elif session is None or not session.who:
        session = workspace.sessions.begin(whoever(), "admin")
    return _made(request, workspace, session)


def _made(request: Request, workspace: Workspace, session: Session) -> Visit:
    query, cookies = request.query_params, request.cookies
    lang = next((one for one in (query.get("lang"), cookies.get("marsad_lang")) if one in LANGUAGES), None)
    if lang is None:
        lang = "ar" if request.headers.get("accept-language", "").lower().startswith("ar") else "en"
    theme = next((one for one in (query.get("theme"), cookies.get("marsad_theme")) if one in THEMES), "auto")
    return Visit(
        request=request, workspace=workspace, session=session, words=workspace.words[lang], theme=theme
    )


def _keep(response: Response, visit: Visit) -> None:
    """Set the cookies that changed: language and theme where the address says them, the session where it is new or was not renewed for a while."""
    query = visit.request.query_params
    for name in ("lang", "theme"):
        if query.get(name) in (*LANGUAGES, *THEMES):
            response.set_cookie(f"marsad_{name}", query[name], max_age=_YEAR, samesite="strict", path="/")
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
