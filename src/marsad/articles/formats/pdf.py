"""The text of a PDF file, with a caution: a PDF holds glyphs at places, and in Arabic their order has to be guessed back.

The guess of the program `pdftotext` (poppler) is the better one, so it is used where it is installed; `pypdf` does without. What each of
them is known to do to Arabic is undone by `pdf_order`: of two pages that were printed by a browser and kept aside for this, 99 % and
100 % of the words came out in their order, from 76 % and 82 % before (`pypdf` alone: 94 % and 100 %, from 12 % and 13 %). Other printing
programs may do other things, hence the caution. Printed shapes (ﻣ, ﻼ) become letters, and lines that were broken at the
margin are joined, since a line break ends a sentence. There is no reading of pictures (OCR).
"""

from __future__ import annotations

import io
import logging
import re
import shutil
import struct
import subprocess
import time
import unicodedata
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from marsad.arabic.letters import PRESENTATION
from marsad.articles.formats.pdf_order import from_the_right, is_from_the_left, mended, undirected, words_of
from marsad.articles.page import Page
from marsad.errors import SetAside

if TYPE_CHECKING:
    from pypdf import PdfReader

MOST_PAGES = 2_000
_SECONDS = 50
"""For one file: a page takes some hundredths of a second, a page that was made to be slow any time."""
_PRESENTED = re.compile(f"[{PRESENTATION}]")
_LETTER = re.compile(r"[^\W\d_]")
_COMMON = ("من", "في", "على", "إلى", "التي", "قال")
_FORWARDS = re.compile(rf"\b(?:{'|'.join(_COMMON)})\b")
_BACKWARDS = re.compile(rf"\b(?:{'|'.join(word[::-1] for word in _COMMON)})\b")
_ENDS = (".", "!", "?", "؟", ":", "»", '"', "…")
_FULL_LINE = 0.7
"""Share of the usual length of a line from which on it reached the margin and goes on in the next."""
_FAULTS: tuple[type[Exception], ...] = (
    ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, MemoryError, NotImplementedError, OSError,
    RecursionError, TypeError, ValueError, struct.error, zlib.error,
)  # fmt: skip
"""What pypdf lets through besides its own errors, where a file is damaged."""
_CAUTION = (
    "taken from a PDF file: words may stand in the wrong order, so check the quotations against the file"
)


def pdf_page(data: bytes) -> Page:
    """The text of a PDF file; ``extra`` holds the caution.

    Raises:
        SetAside: ``damaged``, ``encrypted``, ``no_text`` (pictures of pages only), ``pdf_order`` (its words are backwards) or ``too_long`` (more than `MOST_PAGES` pages, or too
            slow).
    """
    pages, lost = _by_pdftotext(data), 0
    if any(map(_LETTER.search, pages)):
        known = words_of(_words_of_pypdf(data))
        pages = [mended(_lettered(undirected(page)), known) for page in pages]
    else:
        pages, lost = _by_pypdf(data)
        pages = list(map(_lettered, pages))
        if is_from_the_left("\n".join(pages)):
            pages = ["\n".join(map(from_the_right, page.splitlines())) for page in pages]
    text = "\n\n".join(filter(None, map(_flowing, pages)))
    if not _LETTER.search(text):
        raise SetAside("no_text", "it holds pictures of pages only; no OCR is done")
    if len(_BACKWARDS.findall(text)) > len(_FORWARDS.findall(text)):
        raise SetAside(
            "pdf_order", "the letters of its words come out backwards: give the text in another form"
        )
    missing = f"; {lost} of its {len(pages) + lost} pages could not be read" if lost else ""
    return Page(text=text, extra={"caution": "pdf_order", "caution_text": _CAUTION + missing})


def _by_pdftotext(data: bytes) -> list[str]:
    """The pages as `pdftotext` gives them; none where it is not installed or gives up."""
    program = shutil.which("pdftotext")
    if program is None:
        return []
    command = [program, "-q", "-enc", "UTF-8", "-l", str(MOST_PAGES + 1), "-", "-"]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=_SECONDS, check=False)
    except (subprocess.TimeoutExpired, OSError):
        return []
    pages = done.stdout.decode("utf-8", "replace").split("\f") if done.returncode == 0 else []
    _check_count(len(pages) - 1)  # a form feed ends every page, the last one too
    return pages


def _check_count(pages: int) -> None:
    if pages > MOST_PAGES:
        raise SetAside("too_long", f"it has more than {MOST_PAGES:,} pages, which is the limit")


def _by_pypdf(data: bytes) -> tuple[list[str], int]:
    """The pages that can be read, and the number of those that cannot."""
    logging.getLogger("pypdf").setLevel(
        logging.CRITICAL
    )  # what it logs about odd files is not for the reader of the news
    try:
        reader = _reader(data)
        count = len(reader.pages)
    except _faults() as error:
        raise SetAside("damaged", f"the PDF file cannot be read: {_said(error)}") from error
    _check_count(count)
    pages = [page for page in _texts(reader, count) if page is not None]
    if count and not pages:
        raise SetAside("damaged", f"none of the {count} pages of the PDF file can be read")
    return pages, count - len(pages)


def _reader(data: bytes) -> PdfReader:
    from pypdf import PdfReader
    from pypdf.errors import DependencyError

    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted:
        try:
            unlocked = bool(reader.decrypt(""))
        except DependencyError:
            unlocked = False
        if not unlocked:
            raise SetAside("encrypted", "the PDF file is encrypted: save it without a password")
    return reader


def _texts(reader: PdfReader, count: int) -> Iterator[str | None]:
    end = time.monotonic() + _SECONDS
    for number in range(count):
        if time.monotonic() > end:
            raise SetAside("too_long", f"after {_SECONDS} s only {number} of its {count} pages were read")
        try:
            yield reader.pages[number].extract_text()
        except _faults():
            yield None


def _faults() -> tuple[type[Exception], ...]:
    from pypdf.errors import PyPdfError

    return (PyPdfError, *_FAULTS)


def _said(error: Exception) -> str:
    return f"{error}"[:200] or type(error).__name__


def _words_of_pypdf(data: bytes) -> list[str]:
    with suppress(SetAside):
        return list(map(_lettered, _by_pypdf(data)[0]))
    return []


def _lettered(page: str) -> str:
    """Text with letters for printed shapes, without lone surrogates and NUL."""
    text = page.encode("utf-8", "replace").decode("utf-8").replace("\x00", "")
    return _PRESENTED.sub(_letters, text)


def _flowing(page: str) -> str:
    """The text of a page with the lines joined that were broken at the margin."""
    return "\n".join(_joined([" ".join(line.split()) for line in page.splitlines()]))


def _letters(shape: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", shape[0]).strip() or shape[0]


def _joined(lines: Sequence[str]) -> Iterator[str]:
    lengths = sorted(map(len, filter(None, lines)))
    usual = lengths[len(lengths) * 3 // 4] if lengths else 0
    held: list[str] = []
    for line in [*lines, ""]:
        if line:
            held.append(line)
        if held and (not line or line.endswith(_ENDS) or len(line) < _FULL_LINE * usual):
            yield " ".join(held)
            held = []
