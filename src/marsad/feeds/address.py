"""An address (URL) in its parts, written in one way.

Only what a feed or an article can have: http or https, a host, a port, a path and a query. Whatever two programs
could read in two ways is refused: a user name before the host, an odd character in the host, a zone of an IPv6
address. Arabic host names are turned into their ASCII form, Arabic paths are percent-encoded.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

from marsad.errors import SetAside

_PORTS = {"http": 80, "https": 443}
_LONGEST = 8_000
"""Characters; longer ones are refused by most servers too."""
_HOST = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?", re.ASCII)
_SAFE_IN_PATH = "/:@!$&'()*+,;=~%"
_SAFE_IN_QUERY = _SAFE_IN_PATH + "?"


@dataclass(frozen=True, slots=True)
class Address:
    """Where one request goes: ``host`` is ASCII and in lower case, ``target`` is the path with the query."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def origin(self) -> str:
        """Scheme, host and port, without the port where it is the usual one: ``https://example.org``."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        usual = self.port == _PORTS[self.scheme]
        return f"{self.scheme}://{host}" if usual else f"{self.scheme}://{host}:{self.port}"

    @property
    def text(self) -> str:
        """The whole address, without a fragment."""
        return self.origin + self.target


def address_of(text: str) -> Address:
    """The parts of an address.

    Raises:
        SetAside: ``bad_address``, where it is no address of a page on the web.
    """
    if len(text) > _LONGEST:
        raise _bad(text, f"it has {len(text):,} characters")
    try:
        parts = urlsplit(text.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise _bad(text, str(error)) from None
    if parts.scheme not in _PORTS:
        raise _bad(text, "it does not begin with http:// or https://")
    if "@" in parts.netloc:
        raise _bad(text, "it has a user name in it")
    if port == 0:
        raise _bad(text, "there is no port 0")
    target = quote(parts.path or "/", safe=_SAFE_IN_PATH, errors="replace")
    if parts.query:
        target += "?" + quote(parts.query, safe=_SAFE_IN_QUERY, errors="replace")
    return Address(
        parts.scheme, _host_of(host, "[" in parts.netloc, text), port or _PORTS[parts.scheme], target
    )


def followed(base: str, reference: str) -> Address:
    """Where a reference that stands at an address leads.

    Raises:
        SetAside: ``bad_address``, where it does not lead to a page on the web.
    """
    try:
        return address_of(urljoin(base, reference.strip()))
    except ValueError as error:
        raise _bad(reference, str(error)) from None


def joined(base: str, reference: str) -> str | None:
    """The same as text, or None where it does not lead to a page on the web (``mailto:``, ``javascript:``)."""
    try:
        return followed(base, reference).text
    except SetAside:
        return None


def ascii_host(host: str) -> str:
    """A host name in ASCII and lower case.

    Raises:
        ValueError: it has a label that is empty, too long or not a name.
    """
    return host.lower() if host.isascii() else host.encode("idna").decode("ascii").lower()


def _host_of(host: str, bracketed: bool, text: str) -> str:
    try:
        name = ascii_host(host)
    except ValueError:
        raise _bad(text, f"{host!r} is not the name of a host") from None
    if not (_is_ipv6(name) if bracketed else _HOST.fullmatch(name)):
        raise _bad(text, f"{host!r} is not the name of a host")
    return name


def _is_ipv6(name: str) -> bool:
    try:
        return ipaddress.IPv6Address(name).scope_id is None
    except ValueError:
        return False


def _bad(text: str, why: str) -> SetAside:
    shown = text if len(text) <= 200 else text[:200] + "…"
    return SetAside("bad_address", f"{shown!r} cannot be fetched: {why}")
