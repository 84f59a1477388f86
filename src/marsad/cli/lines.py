"""JSON lines: one article with its claims a line, as CODEBOOK section 7 has it."""

from __future__ import annotations

import json
import re

from marsad import __version__
from marsad.model.article import Article
from marsad.model.claim import Claim
from marsad.model.jsonl import article_to_json

READER = f"marsad {__version__}"
_LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")


def json_line(article: Article, claims: list[Claim], reader: str = READER) -> str:
    """The line, its end included; ``reader`` says who found the claims."""
    return safe_line(json.dumps(article_to_json(article, claims, reader), ensure_ascii=False))


def safe_line(line: str) -> str:
    """A line of JSON with its end, as UTF-8 can hold it.

    Half of a surrogate pair (JSON can hold one, UTF-8 cannot) is written as the escape that it came from, so that
    the text comes back code point for code point.
    """
    if not line.isascii():
        line = _LONE_SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", line)
    return line + "\n"
