"""Who is at the other end: a cookie that the server signed, and what it says.

Nothing is kept at the server: the cookie carries name, role and when it began, and a code that only this server's key makes. The key is drawn when the server starts, so
that every session ends with it at the latest; else after `IDLE` without a request, and after `LONGEST` in any case.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from marsad.store.users import ROLES

IDLE = 8 * 3600
"""Seconds without a request after which a session ends: a working day."""
LONGEST = 7 * 24 * 3600
_RENEW = 300
"""A cookie that is older is renewed, so that not every answer sets one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """Who is there.

    Attributes:
        id: Random; the form token is made of it.
        who: The name under which decisions are stored.
        role: One of `ROLES`.
        begun: When they signed in, seconds since 1970.
        seen: When the cookie was last renewed.
        user: Whether the name is one of the store's users, who may be ended meanwhile.
    """

    id: str
    who: str
    role: str
    begun: float
    seen: float
    user: bool = False

    def may(self, role: str) -> bool:
        """Whether somebody of this session's role may do what `role` is needed for."""
        return ROLES.index(self.role) >= ROLES.index(role)


@dataclass(frozen=True, slots=True)
class Sessions:
    """Signs and reads cookies.

    Args:
        key: What signs them; drawn anew by each server.
        clock: Seconds since 1970; a test's own.
    """

    key: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)
    clock: Callable[[], float] = time.time

    def begin(self, who: str, role: str, *, user: bool = False) -> Session:
        """A new session."""
        now = self.clock()
        return Session(id=secrets.token_urlsafe(16), who=who, role=role, begun=now, seen=now, user=user)

    def cookie(self, session: Session) -> str:
        """What the browser keeps."""
        said = [session.id, session.who, session.role, session.begun, session.seen, session.user]
        body = base64.urlsafe_b64encode(json.dumps(said).encode()).decode()
        return f"{body}.{self._code('cookie', body)}"

    def read(self, cookie: str | None) -> Session | None:
        """The session of a cookie; None where there is none, it is not of this server, or it has expired."""
        body, _, code = (cookie or "").rpartition(".")
        if not body or not hmac.compare_digest(code.encode(), self._code("cookie", body).encode()):
            return None
        identity, who, role, begun, seen, user = json.loads(base64.urlsafe_b64decode(body))
        now = self.clock()
        if now - seen > IDLE or now - begun > LONGEST:
            return None
        return Session(id=identity, who=who, role=role, begun=begun, seen=seen, user=user)

    def renewed(self, session: Session) -> Session | None:
        """The session as seen now, where its cookie is old enough to be set again; else None."""
        now = self.clock()
        return replace(session, seen=now) if now - session.seen > _RENEW else None

    def form_token(self, session: Session) -> str:
        """What every form of this session carries: another site cannot know it."""
        return self._code("form", session.id)

    def _code(self, purpose: str, text: str) -> str:
        return hmac.new(self.key, f"{purpose}:{text}".encode(), hashlib.sha256).hexdigest()
