"""A web page to its article: main text, title, date, outlet.

The main text is `trafilatura`'s. The date is first looked for where a page states it for machines (JSON-LD,
``article:published_time``), because there it comes with its time and offset; a guess from the page's other words
is taken only from the tags that `trafilatura` calls sure, since a wrong day would move every "yesterday".
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from marsad.articles.published import check_published
from marsad.errors import SetAside

_STATED = re.compile(r'"datePublished"\s*:\s*"([^"]{10,40})"')
_META = {
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "dc.date.issued",
    "pubdate",
    "publishdate",
}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_BEFORE_OUTLET = r"\s*[|\-–—:«»•·]+\s*"
_LIBRARIES = ("trafilatura", "htmldate", "courlan", "justext", "charset_normalizer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a page or another document says: its article's text and whatever is known about it."""

    text: str
    title: str = ""
    published: str | None = None
    outlet: str | None = None
    url: str | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)


def page_of(html: str) -> Page:
    """The article of a web page.

    Raises:
        SetAside: ``no_article``, where no main text is found.
    """
    import trafilatura

    for library in _LIBRARIES:
        # What they log about odd pages is not for the reader of the news.
        logging.getLogger(library).setLevel(logging.CRITICAL)
    tree = trafilatura.load_html(_without_declaration(html))
    if tree is None:
        raise SetAside("no_article", "the page cannot be parsed as HTML")
    stated = _published(html, tree)
    found: Any = trafilatura.bare_extraction(
        tree,
        fast=True,
        include_comments=False,
        include_tables=False,
        with_metadata=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    text = (found.text if found else "") or _all_paragraphs(html)
    if not text:
        raise SetAside("no_article", "no article is found on the page")
    outlet = _clean(found.sitename or found.hostname).removeprefix("@") if found else ""
    title = _without_outlet(_clean(found.title), outlet) if found else ""
    return Page(
        text=_without_title(text, title),
        title=title,
        published=stated or _checked(found.date if found else None),
        outlet=outlet or None,
        url=(found.url or None) if found else None,
    )


def _without_declaration(html: str) -> str:
    """The page without ``<?xml ... encoding=...?>``, which lxml refuses in a text that is decoded already."""
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", html.replace("\x00", ""), count=1)


def _all_paragraphs(html: str) -> str:
    """The plain text of a page that is too small or too odd for the extraction."""
    import trafilatura

    _, text, _ = trafilatura.baseline(_without_declaration(html))
    return text


def _published(html: str, tree: Any) -> str | None:  # noqa: ANN401 (lxml has no types)
    for candidate in _stated_dates(html, tree):
        if checked := _checked(candidate):
            return checked
    return None


def _stated_dates(html: str, tree: Any) -> Iterator[str | None]:  # noqa: ANN401 (lxml has no types)
    yield from _STATED.findall(html)
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        if name.lower() in _META:
            yield meta.get("content")
    for time in tree.xpath("//article//time[@datetime] | //header//time[@datetime]"):
        yield time.get("datetime")


def _checked(value: str | None) -> str | None:
    """The date as a page states it, or its day where only that can be read."""
    for candidate in ((value or "").strip(), "".join(_DAY.findall(value or "")[:1])):
        try:
            return check_published(candidate)
        except ValueError:
            continue
    return None


def _clean(value: str | None) -> str:
    return " ".join((value or "").split())


def _without_outlet(title: str, outlet: str) -> str:
    """The headline without the outlet's name, which many pages hang on either end of it."""
    if not outlet or outlet == title:
        return title
    name = re.escape(outlet)
    return re.sub(rf"^{name}{_BEFORE_OUTLET}|{_BEFORE_OUTLET}{name}$", "", title)


def _without_title(text: str, title: str) -> str:
    """The text without a first line that only repeats the headline, which is read as the title."""
    first, _, rest = text.partition("\n")
    return rest.lstrip("\n") if title and rest.strip() and _clean(first) == title else text
