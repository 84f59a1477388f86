"""Sitemaps, indexes of sitemaps and OPML.

Elements are known by their local names, as the namespaces are often written wrong. ``lastmod`` is when a page was last
changed, which may be for its advertisements: it is not taken for the date of publication.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from marsad.errors import SetAside
from marsad.feeds.entries import Found, Kind, Listing, listing

_BARE_AMPERSAND = re.compile(r"&(?!(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|amp|lt|gt|quot|apos);)")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def xml_listing(kind: Kind, text: str, address: str) -> Listing:
    """The entries of a sitemap, of an index of sitemaps or of an OPML file.

    Raises:
        SetAside: ``bad_feed``, where it is not well formed.
    """
    root = _tree(text, address)
    if kind == "opml":
        return listing(kind, _within(root, "head", "title"), _outlines(root), address)
    return listing(kind, "", _locations(root, "url" if kind == "sitemap" else "sitemap"), address)


def _tree(text: str, address: str) -> Any:  # noqa: ANN401 (lxml has no types)
    from lxml import etree  # type: ignore[import-untyped]

    text = _NOT_XML.sub("", text).strip()
    try:
        return _parsed(text)
    except etree.XMLSyntaxError:
        pass
    try:  # the usual mistake: an address with & in it as it is
        return _parsed(_BARE_AMPERSAND.sub("&amp;", text))
    except etree.XMLSyntaxError as error:
        raise SetAside("bad_feed", f"{address} is not well-formed XML: {error.msg}") from None


def _parsed(text: str) -> Any:  # noqa: ANN401 (lxml has no types)
    from lxml import etree

    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    return etree.fromstring(text.encode("utf-8", "replace"), parser)


def _locations(root: Any, name: str) -> Iterator[Found]:  # noqa: ANN401 (lxml has no types)
    for node in root.iter(f"{{*}}{name}"):
        yield Found(
            address=_within(node, "loc"),
            title=_within(node, "news", "title"),
            published=_within(node, "news", "publication_date"),
        )


def _outlines(root: Any) -> Iterator[Found]:  # noqa: ANN401 (lxml has no types)
    for node in root.iter("{*}outline"):
        named = {key.lower(): value for key, value in node.attrib.items()}
        if "xmlurl" in named:
            yield Found(address=named["xmlurl"], title=named.get("title") or named.get("text"))


def _within(node: Any, *names: str) -> str:  # noqa: ANN401 (lxml has no types)
    """The text of the first element at a path of local names."""
    return str(node.findtext("/".join(f"{{*}}{name}" for name in names)) or "")
