"""The text of a Word document (.docx): its paragraphs and those in its tables' cells, in their order, a line each.

The XML is read as it stands, because that finds also the text that Word wraps in insertions, content controls and links. What was deleted under
tracked changes is left out, and so are headers, footers, notes and comments. A date in the file says when somebody saved it, not when the
article was published, so none is taken.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from marsad.articles.formats.zipped import FAULTS, archive_of, check_sizes
from marsad.articles.page import Page
from marsad.errors import SetAside

_MAIN = "wordprocessingml.document.main+xml"
_USUAL = "word/document.xml"
_BREAKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_LEFT_OUT = {"p", "pPr", "rPr", "del", "moveFrom", "Fallback"}
_TWICE = "Fallback"
"""Word writes a text box twice, once in the form of older versions."""


def docx_page(data: bytes, most: int) -> Page:
    """The title and text of a Word document.

    Raises:
        SetAside: ``damaged``, ``encrypted``, ``no_text`` or ``too_long``.
    """
    with archive_of(io.BytesIO(data)) as archive:
        names = archive.namelist()
        body = _tree(archive, _main_part(archive, most), most)
        title = _title(archive, most) if "docProps/core.xml" in names else ""
    text = "\n".join(filter(str.strip, map(_words, _paragraphs(body))))
    if not text:
        raise SetAside("no_text", "there is no text in the document")
    return Page(text=text, title=title)


def _main_part(archive: zipfile.ZipFile, most: int) -> str:
    """The name of the part that holds the text; nearly always the usual one."""
    if _USUAL in archive.namelist():
        return _USUAL
    for part in _tree(archive, "[Content_Types].xml", most):
        if str(part.get("ContentType", "")).endswith(_MAIN):
            return str(part.get("PartName", "")).removeprefix("/")
    raise SetAside("damaged", f"the document has no {_USUAL}")


def _tree(archive: zipfile.ZipFile, name: str, most: int) -> Any:  # noqa: ANN401 (lxml has no types)
    from lxml import etree  # type: ignore[import-untyped]

    try:
        member = archive.getinfo(name)
        check_sizes(member, most)
        if member.flag_bits & 1:
            raise SetAside("encrypted", f"{name} in it is encrypted: save it without a password")
        content = archive.read(member)
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
        )
        return etree.fromstring(content, parser)
    except (*FAULTS, etree.LxmlError) as error:
        raise SetAside("damaged", f"{name} of the document cannot be read: {error}") from error


def _title(archive: zipfile.ZipFile, most: int) -> str:
    try:
        found = _tree(archive, "docProps/core.xml", most).find("{http://purl.org/dc/elements/1.1/}title")
    except SetAside:
        return ""  # a document whose properties are damaged still has its text
    return " ".join((found.text or "").split()) if found is not None else ""


def _paragraphs(body: Any) -> Iterator[Any]:  # noqa: ANN401 (lxml has no types)
    for element in body.iter("{*}p"):
        if not any(_local(parent) == _TWICE for parent in element.iterancestors()):
            yield element


def _words(paragraph: Any) -> str:  # noqa: ANN401 (lxml has no types)
    """The text of a paragraph without that of the text boxes in it, which have paragraphs of their own."""
    found: list[str] = []
    waiting = list(reversed(paragraph))
    while waiting:
        element = waiting.pop()
        name = _local(element)
        if name == "t":
            found.append(element.text or "")
        elif name in _BREAKS and _local(element.getparent()) == "r":
            found.append(_BREAKS[name])
        elif name not in _LEFT_OUT:
            waiting.extend(reversed(element))
    return "".join(found)


def _local(element: Any) -> str:  # noqa: ANN401 (lxml has no types)
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
