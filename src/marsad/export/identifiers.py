"""Ids, addresses and texts that every reader takes: URNs without odd characters, web addresses that are ones, XML without what XML forbids.

Published text is kept as it came, so an article's id may hold anything, its "address" may be a script, and its headline may hold control characters or halves of surrogate pairs.
"""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from urllib.parse import quote

from marsad.export.base import Making
from marsad.export.cells import encodable, legal

_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f]+")
_WEB = re.compile(r"https?://[^/?#\s]+", re.IGNORECASE)
_KEPT_IN_WEB = "!#$%&'()*+,/:;=?@~-._"
_XML = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;"})


def xml_text(text: object) -> str:
    """A text for an element, or for an attribute in double quotes, of XML 1.0: escaped, what it forbids dropped.

    >>> xml_text("a\\x00<b>&\\ud800")
    'a&lt;b&gt;&amp;'
    """
    return legal(str(text)).translate(_XML)


def one_line(text: str, most: int = 0) -> str:
    """A text in one line without control characters and halves of pairs; cut to ``most`` characters with "…" where that is given.

    >>> one_line("a\\x00b\\n c", 4)
    'a b…'
    """
    plain = text.isprintable() and "  " not in text
    made = text.strip() if plain else " ".join(_CONTROLS.sub(" ", encodable(text)).split())
    return made if not most or len(made) <= most else made[: most - 1] + "…"


@lru_cache(maxsize=4096)
def web_address(url: str | None) -> str | None:
    """An address that can be followed, with what a URI cannot hold percent-encoded; None for none, or for what is not ``http(s)``.

    >>> web_address("https://example.org/خبر <1>"), web_address("javascript:alert(1)")
    ('https://example.org/%D8%AE%D8%A8%D8%B1%20%3C1%3E', None)
    """
    found = (url or "").strip()
    return quote(found, safe=_KEPT_IN_WEB, errors="replace") if _WEB.match(found) else None


def iri(making: Making, kind: str, identity: str) -> str:
    """`Making.iri` for ids that may hold anything: percent-encoded where a URN cannot hold a character."""
    return making.iri(kind, local(identity))


@lru_cache(maxsize=4096)
def local(identity: str) -> str:
    """An id as the last part of an identifier.

    >>> local("i39d5c3fbb619b6f"), local("a b/ج")
    ('i39d5c3fbb619b6f', 'a%20b%2F%D8%AC')
    """
    return quote(identity, safe="", errors="replace")


class Seen:
    """Which ids came before, as numbers of 64 bits: hundreds of thousands of ids take little memory so."""

    def __init__(self) -> None:
        self._numbers: set[int] = set()

    def first(self, identity: str) -> bool:
        """Whether an id comes for the first time."""
        digest = hashlib.blake2b(identity.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        before = len(self._numbers)
        self._numbers.add(int.from_bytes(digest))
        return len(self._numbers) > before


def digest_of(identity: str) -> str:
    """An id as 40 hexadecimal digits (SHA-1), for formats whose ids hold letters and digits only."""
    return hashlib.sha1(identity.encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest()
