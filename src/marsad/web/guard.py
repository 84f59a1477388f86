"""What stands before every page: which hosts may be named, where a form may come from, and the policy that the browser enforces.

A workspace on this machine is reached by any page that a browser has open, so "only local" is no protection by itself. A request must name a host that we are (else another
site's name, pointed to this machine, would make its scripts ours), and one that changes something must come from our own pages and carry the form token.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = "; ".join(
    (
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data: blob:", "connect-src 'self'",
        "worker-src 'self'", "font-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
    )
)  # fmt: skip
"""The content security policy: scripts, styles, fonts and data from here and from nowhere else, and nothing written into a page runs."""
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
_SHOWN = 100
_CHANGES = ("POST", "PUT", "PATCH", "DELETE")
_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[0-9a-z._\-]+)(?::[0-9]{0,5})?", re.IGNORECASE)
"""A host and a port, and nothing else: what stands behind them would become a part of the addresses that are made of it."""


class Guarded:
    """Refuses requests that name another host or come from another site, and puts the policy on every answer.

    Args:
        app: What is guarded.
        hosts: Names under which this server may be addressed, beside loopback; any address in figures is let through where ``any_number``, for none can be pointed elsewhere.
        any_number: Whether the server listens for other machines.
    """

    def __init__(self, app: ASGIApp, hosts: tuple[str, ...] = (), *, any_number: bool = False) -> None:
        self.app, self.hosts, self.any_number = (
            app,
            frozenset((*LOOPBACK, *map(str.lower, hosts))),
            any_number,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("cache-control", "no-store")
            await send(message)

        said = self._refusal(scope["method"], Headers(scope=scope))
        answer: ASGIApp = PlainTextResponse(f"marsad: {said}\n", status_code=403) if said else self.app
        await answer(scope, receive, send_guarded)

    def _refusal(self, method: str, headers: Mapping[str, str]) -> str:
        host = headers.get("host", "")
        if not self._is_ours(_name_of(host)):
            way = f"; `marsad serve --name {name}` would let it through" if (name := _name_of(host)) else ""
            return f"the host {host[:_SHOWN]!r} is not this workspace{way}"
        if method not in _CHANGES:
            return ""
        origin = headers.get("origin")
        if origin is not None and _netloc_of(origin) != host:
            return f"a form of another site ({origin[:_SHOWN]}) cannot change anything here"
        if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return "a form of another site cannot change anything here"
        return ""

    def _is_ours(self, name: str) -> bool:
        return name in self.hosts or (self.any_number and _is_number(name))


def _name_of(host: str) -> str:
    """The name without the port: ``[::1]:8000`` is ``[::1]``; "" where it is no host."""
    found = _HOST.fullmatch(host)
    return found[1].lower() if found else ""


def _netloc_of(origin: str) -> str:
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""


def _is_number(name: str) -> bool:
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True


def is_loopback(host: str) -> bool:
    """Whether a server bound to this host is reached from this machine only."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
