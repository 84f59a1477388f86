"""From one raw piece of input to an `Article`: decoded, complete, and known to be readable.

The id of a text or a page is its file's name with eight digits of a hash of its bytes (``hama-3fa9c1d2``): the
same file gives the same id wherever it lies, and two files of one name stay apart. Where a file holds many documents, as a
web archive does, it is sixteen digits over address and bytes. The first line of a text is not taken for its title, so
that the text stays as it was given and every offset with it: use ``--title``.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePath
from typing import NoReturn

from marsad.articles.encoding import decode
from marsad.articles.language import check_readable
from marsad.articles.page import Page
from marsad.articles.published import check_published
from marsad.articles.raw import NOTHING_KNOWN, About, Defaults, Limits, RawArticle
from marsad.errors import SetAside
from marsad.model.article import Article
from marsad.model.jsonl import article_from_json

_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|(?:html|head|body|meta|title|article|main|section|div|h1|h2|p)\b)",
    re.IGNORECASE | re.DOTALL,
)
_FEED = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:rss|feed|rdf:RDF|urlset|sitemapindex)\b")
_FRAME = re.compile(r"<(?:!doctype\s+html|html|head|body|meta|p)\b", re.IGNORECASE)
_BEGINNING = 20_000
_ARABIC_LETTERS = re.compile(
    "[\u0620-\u064a\u066e-\u06ef\u06fa-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]+"
)
_BY_NUMBER = re.compile(r"&#(?:1[5-7]\d\d|x0?6[2-9a-f][0-9a-f]);", re.IGNORECASE)
_FEWEST_LETTERS = 20
"""Of a page, its menus included: fewer are no sentence."""
_NOTHING_SAID = Defaults()
_DIGITS, _DIGITS_OF_MANY = 8, 16
"""Of the hash in an id: eight would give two of a hundred thousand pieces the same id, sixteen would not among millions."""


def article_of(raw: RawArticle, defaults: Defaults = _NOTHING_SAID, limits: Limits | None = None) -> Article:
    """The article that a raw piece of input holds.

    Raises:
        SetAside: it cannot be read; the reason is that of a refused piece, or one of ``bad_date``, ``bad_json``, ``bad_record``,
            ``binary``, ``damaged``, ``empty``, ``encrypted``, ``feed``, ``not_arabic``, ``no_article``, ``no_text``,
            ``too_long``, ``undecodable`` or ``unreadable``.
    """
    if raw.refusal is not None:
        raise raw.refusal
    limits = limits or Limits()
    if raw.kind == "record":
        article = _filled(_record(raw), defaults)
    else:
        article = _completed(raw, _page(raw, limits), defaults)
    check_readable(article, limits)
    return article


def _record(raw: RawArticle) -> Article:
    row = _parsed(raw.data) if isinstance(raw.data, bytes) else raw.data
    if not isinstance(row, Mapping):
        raise SetAside("bad_record", f"an article must be a JSON object, not {type(row).__name__}")
    about = raw.about
    if about != NOTHING_KNOWN:
        known = {
            "url": about.url, "outlet": about.outlet, "published": about.published, "title": about.title
        }  # fmt: skip
        row = {**row, **{name: value for name, value in known.items() if value and not row.get(name)}}
        row["id"] = about.id or row.get("id")
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


def _page(raw: RawArticle, limits: Limits) -> Page:
    data = raw.data if isinstance(raw.data, bytes) else b""
    if raw.kind == "docx":
        from marsad.articles.formats.docx import docx_page

        return docx_page(data, limits.bytes)
    if raw.kind == "pdf":
        from marsad.articles.formats.pdf import pdf_page

        return pdf_page(data)
    return _document(data, raw.about)


def _document(data: bytes, about: About) -> Page:
    text = decode(data, page=_is_page(data[:4096].decode("latin-1"), about), charset=about.charset)
    if _FEED.match(text):
        raise SetAside("feed", "it is a feed or a site map, not an article")
    if not _is_page(text, about):
        return Page(text=text)
    _check_letters(text, about)
    from marsad.articles.page import page_of

    return page_of(text)


def _check_letters(text: str, about: About) -> None:
    """Refuse a page of the web that has next to no Arabic letter anywhere, before its article is looked for: in an archive of the web most have none.

    Looking for the article takes fifty times as long as this. A page may write its letters by number (``&#1575;``): such a page is never refused here.
    """
    if about.url is None or _BY_NUMBER.search(text):
        return
    letters = sum(map(len, _ARABIC_LETTERS.findall(text)))
    if letters < _FEWEST_LETTERS:
        raise SetAside("not_arabic", f"the page is not Arabic: it has {letters} Arabic letters in all")


def _is_page(text: str, about: About) -> bool:
    """What comes from the web may begin with anything, so there a tag of a page's frame near the beginning is enough."""
    return _PAGE.match(text) is not None or (
        about.url is not None and _FRAME.search(text[:_BEGINNING]) is not None
    )


def _completed(raw: RawArticle, page: Page, defaults: Defaults) -> Article:
    """The article of a document: the user's word wins, then the container's, where it is surer than the page's."""
    about = raw.about
    published = page.published or about.published
    if published is not None and published == about.published:
        try:
            check_published(published)
        except ValueError as error:
            raise SetAside("bad_date", str(error)) from None
    return Article(
        id=about.id or _identity(raw),
        text=page.text,
        title=defaults.title or page.title or about.title or "",
        published=defaults.published or published,
        outlet=defaults.outlet or about.outlet or page.outlet,
        url=about.url or page.url,
        extra=page.extra,
    )


def _identity(raw: RawArticle) -> str:
    data = raw.data if isinstance(raw.data, bytes) else b""
    name = "" if raw.file == "-" else PurePath(raw.file).name.removesuffix(".gz")
    stem = PurePath(name).stem or "text"
    if not raw.member:
        return f"{stem}-{hashlib.sha256(data).hexdigest()[:_DIGITS]}"
    # One file with millions of pieces, of which some are equal pages at several addresses.
    digest = hashlib.sha256((raw.about.url or "").encode("utf-8", "replace") + b"\n" + data).hexdigest()
    return f"{stem}-{digest[:_DIGITS_OF_MANY]}"
