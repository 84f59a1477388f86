"""From one raw piece of input to an `Article`: decoded, complete, and known to be readable.

The id of a text or a page is its file's name with eight digits of a hash of its bytes (``hama-3fa9c1d2``): the
same file gives the same id wherever it lies, and two files of one name stay apart. The first line of a text is
not taken for its title, so that the text stays as it was given and every offset with it: use ``--title``.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePath
from typing import Any, NoReturn

from marsad.articles.encoding import decode
from marsad.articles.language import check_readable
from marsad.articles.published import check_published
from marsad.articles.raw import Defaults, Limits, RawArticle
from marsad.errors import SetAside
from marsad.model.article import Article
from marsad.model.jsonl import article_from_json

_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|(?:html|head|body|meta|title|article|main|section|div|h1|h2|p)\b)",
    re.IGNORECASE | re.DOTALL,
)
_FEED = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:rss|feed|rdf:RDF|urlset|sitemapindex)\b")
_NOTHING_SAID = Defaults()


def article_of(raw: RawArticle, defaults: Defaults = _NOTHING_SAID, limits: Limits | None = None) -> Article:
    """The article that a raw piece of input holds.

    Raises:
        SetAside: it cannot be read; the reason is one of ``bad_json``, ``bad_record``, ``binary``, ``damaged``,
            ``empty``, ``feed``, ``not_arabic``, ``no_article``, ``too_long``, ``undecodable`` or ``unreadable``.
    """
    if raw.refusal is not None:
        raise raw.refusal
    is_record = raw.kind == "record"
    article = _filled(_record(raw.data), defaults) if is_record else _document(raw, defaults)
    check_readable(article, limits or Limits())
    return article


def _record(data: bytes | Mapping[str, Any]) -> Article:
    row = _parsed(data) if isinstance(data, bytes) else data
    if not isinstance(row, Mapping):
        raise SetAside("bad_record", f"an article must be a JSON object, not {type(row).__name__}")
    try:
        article = article_from_json(row)
        if article.published is not None:
            check_published(article.published)
    except ValueError as error:
        raise SetAside("bad_record", str(error)) from None
    return article


def _parsed(line: bytes) -> object:
    try:
        return json.loads(line.decode("utf-8"), parse_constant=_no_number, parse_float=_finite)
    except UnicodeDecodeError as error:
        message = f"the line is not UTF-8: byte 0x{line[error.start]:02X} at {error.start}"
        raise SetAside("undecodable", message) from None
    except json.JSONDecodeError as error:
        raise SetAside("bad_json", f"the line is not JSON: {error.msg} at column {error.colno}") from None
    except RecursionError:
        raise SetAside("bad_json", "the line is not JSON that can be read: it is nested too deep") from None
    except ValueError as error:
        raise SetAside("bad_json", f"the line is not JSON: {error}") from None


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number in JSON")


def _finite(digits: str) -> float:
    value = float(digits)
    if math.isinf(value):
        raise ValueError(f"{digits} is too large for a number")
    return value


def _filled(article: Article, defaults: Defaults) -> Article:
    if defaults == _NOTHING_SAID:
        return article
    return replace(
        article,
        published=article.published or defaults.published,
        outlet=article.outlet or defaults.outlet,
        title=article.title or defaults.title or "",
    )


def _document(raw: RawArticle, defaults: Defaults) -> Article:
    data = raw.data if isinstance(raw.data, bytes) else b""
    text = decode(data, page=_PAGE.match(data[:4096].decode("latin-1")) is not None)
    if _FEED.match(text):
        raise SetAside("feed", "it is a feed or a site map, not an article")
    identity = _identity(raw.file, data)
    if not _PAGE.match(text):
        title = defaults.title or ""
        return Article(
            id=identity, text=text, title=title, published=defaults.published, outlet=defaults.outlet
        )
    from marsad.articles.page import page_of

    page = page_of(text)
    return Article(
        id=identity,
        text=page.text,
        title=defaults.title or page.title,
        published=defaults.published or page.published,
        outlet=defaults.outlet or page.outlet,
        url=page.url,
    )


def _identity(file: str, data: bytes) -> str:
    digest = hashlib.sha256(data).hexdigest()[:8]
    name = "" if file == "-" else PurePath(file).name.removesuffix(".gz")
    stem = PurePath(name).stem
    return f"{stem}-{digest}" if stem else f"text-{digest}"
