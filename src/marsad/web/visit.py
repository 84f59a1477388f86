"""One request, with all that a page needs to answer it: who asks, in which language, for what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

from sqlalchemy import Connection
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from marsad.errors import InputError, MarsadError
from marsad.web.sessions import Session
from marsad.web.words import Words
from marsad.web.workspace import Workspace

THEMES = ("auto", "light", "dark")
_SHOWN = 40
_MOST_FIGURES = 18


class NotFound(MarsadError):
    """There is no such page, article, claim or incident."""


class NotAllowed(MarsadError):
    """Somebody of this role may not do that."""


@dataclass(slots=True, kw_only=True)
class Visit:
    """One request.

    Attributes:
        request: Starlette's request.
        workspace: The project that is shown.
        session: Who asks.
        words: The interface's words in the language of this visit.
        theme: ``auto``, ``light`` or ``dark``.
        form: The fields of a form that was sent, in their order.
        files: The files that came with it.
    """

    request: Request
    workspace: Workspace
    session: Session
    words: Words
    theme: str = "auto"
    form: list[tuple[str, str]] = field(default_factory=list)
    files: list[UploadFile] = field(default_factory=list)

    @property
    def lang(self) -> str:
        """``en`` or ``ar``."""
        return self.words.lang

    @property
    def path(self) -> str:
        """The path of the address, as routes see it: an id may hold a question mark, and no header has a say in it."""
        return str(self.request.scope["path"])

    @property
    def query(self) -> list[tuple[str, str]]:
        """The query of the address, in its order, without what only says how to show it (``lang``, ``theme``)."""
        pairs = self.request.query_params.multi_items()
        return [(name, value) for name, value in pairs if name not in ("lang", "theme") and value != ""]

    @property
    def by_htmx(self) -> bool:
        """Whether a part of a page is asked for, by the page itself."""
        return self.request.headers.get("hx-request") == "true"

    def asked(self, name: str, default: str = "") -> str:
        """The last value of a query's name."""
        return next((value for key, value in reversed(self.query) if key == name), default)

    def number(self, name: str, default: int, most: int) -> int:
        """A whole number of the query between 0 and ``most``.

        Raises:
            InputError: it is none.
        """
        raw = self.asked(name)
        if not raw:
            return default
        found = whole(raw)
        if found is None or found > most:
            raise InputError(f"{name}={raw[:_SHOWN]!r} is no whole number from 0 to {most}")
        return found

    def part(self, name: str) -> str:
        """A part of the path, such as the id in ``/incidents/ID``."""
        return str(self.request.path_params[name])

    def field(self, name: str, default: str = "") -> str:
        """The last value of a form's field, without blanks around it."""
        return next((value for key, value in reversed(self.form) if key == name), default).strip()

    def fields(self, name: str) -> list[str]:
        """All values of a form's field."""
        return [value for key, value in self.form if key == name]

    def reading(self) -> AbstractContextManager[Connection]:
        """A view of the store that does not change while it is read."""
        self.workspace.check()
        return self.workspace.store.database.reading()

    def writing(self) -> AbstractContextManager[Connection]:
        """One transaction on the store."""
        self.workspace.check()
        return self.workspace.store.database.writing()

    def need(self, role: str) -> None:
        """Go on only if this visitor may do what ``role`` is needed for.

        Raises:
            NotAllowed: they may not.
        """
        if not self.session.may(role):
            raise NotAllowed(f"this needs the role {role!r}; {self.session.who!r} has {self.session.role!r}")

    def label(self, identity: str | None) -> str:
        """Our label of an actor, side or outlet in this visit's language, or "" where the register has none."""
        found = self.workspace.names.label(identity)
        return "" if found is None else (found.ar if self.lang == "ar" and found.ar else found.en)

    def page(self, template: str, status: int = 200, **values: Any) -> HTMLResponse:  # noqa: ANN401 (whatever templates show)
        """A page from a template; ``visit``, ``t`` (the words) and the values are what it sees."""
        made = self.workspace.pages.get_template(template)
        html = made.render(visit=self, t=self.words, token=self.form_token, **values)
        # A text of an article may hold half of a surrogate pair, which no page can.
        return HTMLResponse(html.encode("utf-8", "replace"), status_code=status)

    @property
    def form_token(self) -> str:
        """What a form of this visit must carry in its field ``token``."""
        return self.workspace.sessions.form_token(self.session)

    def go(self, address: str) -> Response:
        """To another page, after a form."""
        return RedirectResponse(address, status_code=303)

    def address(self, path: str | None = None, **changes: object) -> str:
        """The address of a page with this visit's query, changed: None takes a name out, a list gives it several times."""
        pairs = self.query if path is None or path == self.path else []
        return made_address(path or self.path, pairs, changes)

    def same_query(self, path: str, **changes: object) -> str:
        """Another page with the same query, changed as in `address`: how lists lead to their twins and to the map."""
        return made_address(path, self.query, changes)


def whole(written: str) -> int | None:
    """A whole number from 0 on as people write it, in figures of ASCII; None where it is none, or longer than any that is meant.

    >>> whole("007"), whole("-1"), whole("٣"), whole("9" * 5000)
    (7, None, None, None)
    """
    is_one = written.isascii() and written.isdigit() and len(written) <= _MOST_FIGURES
    return int(written) if is_one else None


def made_address(path: str, pairs: Iterable[tuple[str, str]], changes: Mapping[str, object]) -> str:
    """A path of this workspace, with a query whose names are replaced by ``changes``."""
    kept = [(name, value) for name, value in pairs if name not in changes]
    for name, value in changes.items():
        if value is None or value == "":
            continue
        several = value if isinstance(value, (list, tuple)) else (value,)
        kept += [(name, str(one)) for one in several]
    query = urlencode(kept, quote_via=quote, safe=",:")
    here = "/" + path.lstrip("/")  # what begins with two would be another site's name
    return quote(here, safe="/:@") + (f"?{query}" if query else "")
