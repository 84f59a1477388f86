"""One polite GET: what came, in full and as it came, or why nothing did.

Every status that a server gives is an answer and is returned, 404 and 503 too; an exception means that there is no answer.
Redirects are followed by hand, each a request of its own that the guard judges anew. Everything has a limit: bytes as
they came, bytes unpacked, redirects, and the time of the whole, also against a server that sends a byte a minute.
"""

from __future__ import annotations

import hashlib
import re
import ssl
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPException
from itertools import pairwise
from typing import TYPE_CHECKING

from marsad.errors import SetAside, TryAgain
from marsad.feeds.address import Address, address_of, followed
from marsad.feeds.guard import Guard
from marsad.feeds.headers import charset_of, media_type_of, readable_location, seconds_to_wait, validator
from marsad.feeds.unpacking import decoded

if TYPE_CHECKING:
    from urllib3.response import HTTPResponse

    from marsad.deadline import Deadline
    from marsad.feeds.dialing import Dialer

Headers = tuple[tuple[str, str], ...]

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_FOR_GOOD = frozenset({301, 308})
_PIECE = 1 << 16
_WANTED = (
    "application/atom+xml, application/rss+xml, application/feed+json, "
    "application/xml;q=0.9, text/html;q=0.9, */*;q=0.8"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchLimits:
    """What one request may cost: bytes as received, bytes unpacked, seconds in all, seconds to connect, redirects."""

    raw_bytes: int = 20_000_000
    decoded_bytes: int = 50_000_000
    seconds: float = 60.0
    connect_seconds: float = 10.0
    redirects: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """An answer.

    Args:
        address: The address that was asked for, as it was given.
        final_address: The address that answered, after redirects.
        status: 200, 304, 404, 429 …; ``reason`` is the server's own word for it.
        headers: Names and values in the order of the answer.
        raw: The body as received, still compressed; empty for a 304.
        body: The body unpacked.
        at: When the answer began to be asked for, ISO in UTC.
        sha256: Of ``raw``, in hexadecimal.
        retry_after: Seconds that the server asks to wait, or None.
        moved_permanently: The final address, where there were redirects and all were for good (301, 308).
        downgraded: Whether a redirect led from https to http.
        ip: The number of the machine that answered.
    """

    address: str
    final_address: str
    status: int
    headers: Headers
    raw: bytes
    body: bytes
    at: str
    sha256: str
    reason: str = ""
    charset: str | None = None
    media_type: str = ""
    etag: str | None = None
    last_modified: str | None = None
    retry_after: int | None = None
    moved_permanently: str | None = None
    downgraded: bool = False
    ip: str | None = None


@dataclass(frozen=True, slots=True)
class _Answer:
    """What one request without redirects gave."""

    status: int
    reason: str
    headers: Headers
    raw: bytes
    ip: str | None

    def header(self, name: str) -> str:
        """The first value of a header, or nothing."""
        return next((value for key, value in self.headers if key.lower() == name), "")


class Fetcher:
    """Asks for addresses, one request at a time; it keeps nothing between them and may be shared by threads.

    Args:
        limits: What a request may cost.
        allow: Hosts and networks that may be asked although they are private (see `Guard`).
        agent: The ``User-Agent``: name, version and how to reach the desk.
        trust: Which certificates are believed; those of the system, where None.
        now: The clock on the wall.

    Raises:
        InputError: an entry of ``allow`` cannot be read.
    """

    def __init__(
        self,
        limits: FetchLimits,
        allow: Iterable[str],
        agent: str,
        *,
        trust: ssl.SSLContext | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.agent = agent
        self._limits, self._trust, self._now = limits, trust, now
        self._guard = Guard(allow)
        self._dialer: Dialer | None = None

    def get(self, address: str, *, etag: str | None = None, modified: str | None = None) -> Fetched:
        """The answer for an address, after redirects.

        Args:
            address: With http or https.
            etag: What an earlier answer gave; if nothing changed since, the answer is a 304.
            modified: The same, for ``Last-Modified``.

        Raises:
            SetAside: ``bad_address``, ``private_address``, ``too_many_redirects``, ``too_long`` or ``encoding``.
            TryAgain: no answer: the name is not found, the connection is refused or cut off, a certificate is bad, or
                the time is over.
        """
        from marsad.deadline import Deadline

        wanted, trail = self._wanted(etag, modified), _Trail(address)
        with Deadline(self._limits.seconds) as deadline:
            while True:
                at = self._now()
                answer = self._asked(trail.last, wanted, deadline)
                if not trail.leads_on(answer, self._limits.redirects):
                    return self._fetched(trail, answer, at)

    def _wanted(self, etag: str | None, modified: str | None) -> dict[str, str]:
        headers = {
            "User-Agent": self.agent,
            "Accept": _WANTED,
            "Accept-Encoding": "gzip, deflate",
            "Connection": "close",
            "If-None-Match": validator(etag),
            "If-Modified-Since": validator(modified),
        }
        return {name: value for name, value in headers.items() if value}

    def _asked(self, place: Address, headers: dict[str, str], deadline: Deadline) -> _Answer:
        """One request, without redirects."""
        from urllib3.exceptions import HTTPError

        from marsad.feeds.dialing import Dialer, ip_of

        if self._dialer is None:
            self._dialer = Dialer(self._guard, self._limits.connect_seconds, self._trust)
        connection = self._dialer.connection(place, deadline)
        try:
            connection.request("GET", place.target, headers=headers, preload_content=False)
            response = connection.getresponse()
            with closing(response):
                raw = b"" if response.status in _REDIRECTS else self._body(response, place)
            deadline.left()  # a connection that was shut can look like the end of a body
        except (HTTPError, HTTPException, OSError, ValueError) as error:
            deadline.left()
            raise TryAgain(f"{place.origin} gave no answer: {_said(error)}") from error
        finally:
            connection.close()
        return _Answer(
            response.status,
            response.reason or "",
            tuple(response.headers.iteritems()),
            raw,
            ip_of(connection),
        )

    def _body(self, response: HTTPResponse, place: Address) -> bytes:
        limit, size = self._limits.raw_bytes, 0
        pieces: list[bytes] = []
        while size <= limit and (response.length_remaining or 0) + size <= limit:
            piece = response.read(min(_PIECE, limit - size + 1), decode_content=False)
            if not piece:
                return b"".join(pieces)
            pieces.append(piece)
            size += len(piece)
        raise SetAside("too_long", f"{place.text} has more than {limit:,} bytes, which is the limit")

    def _fetched(self, trail: _Trail, answer: _Answer, at: datetime) -> Fetched:
        kind = answer.header("content-type")
        return Fetched(
            address=trail.asked,
            final_address=trail.last.text,
            status=answer.status,
            reason=answer.reason,
            headers=answer.headers,
            raw=answer.raw,
            body=decoded(answer.raw, answer.header("content-encoding"), self._limits.decoded_bytes),
            at=at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z"),
            sha256=hashlib.sha256(answer.raw).hexdigest(),
            charset=charset_of(kind),
            media_type=media_type_of(kind),
            etag=validator(answer.header("etag")) or None,
            last_modified=validator(answer.header("last-modified")) or None,
            retry_after=seconds_to_wait(answer.header("retry-after"), at),
            moved_permanently=trail.moved_for_good,
            downgraded=trail.downgraded,
            ip=answer.ip,
        )


class _Trail:
    """The addresses from the one that was asked for to the one that answers."""

    def __init__(self, asked: str) -> None:
        self.asked = asked
        self._steps = [address_of(asked)]
        self._statuses: list[int] = []

    @property
    def last(self) -> Address:
        return self._steps[-1]

    @property
    def moved_for_good(self) -> str | None:
        return self.last.text if self._statuses and _FOR_GOOD.issuperset(self._statuses) else None

    @property
    def downgraded(self) -> bool:
        schemes = [step.scheme for step in self._steps]
        return ("https", "http") in pairwise(schemes)

    def leads_on(self, answer: _Answer, most: int) -> bool:
        """Go one step further where an answer says so.

        Raises:
            SetAside: ``too_many_redirects``, or the next address is bad.
        """
        location = readable_location(answer.header("location"))
        if answer.status not in _REDIRECTS or not location:
            return False
        if len(self._statuses) == most:
            raise SetAside("too_many_redirects", f"{self.asked} led on {most} times and did not end")
        self._statuses.append(answer.status)
        self._steps.append(followed(self.last.text, location))
        return True


def _said(error: Exception) -> str:
    """What an error says, without the memory addresses that libraries put before it."""
    return (
        re.sub(r"^<?[\w.]*(?:Connection|_Plain|_Secure)\([^)]*\)(?: at 0x[0-9a-f]+>)?: ", "", str(error))
        or type(error).__name__
    )
