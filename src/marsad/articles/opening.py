"""Cutting an input into articles by what it holds, not by what it is called.

JSON lines are cut line by line and never held as a whole; a text, a page or one JSON document is read up to the
limit. Which it is shows in the first line that is not blank:

* it parses as a JSON object: JSON lines;
* it begins like JSON but does not parse: the whole is tried as one JSON document (an article, or a list of them);
  failing that, JSON lines with a bad first line if any other line is an object, or if the file is named so;
* anything else is one document, a page or a text. A file named ``.jsonl`` is JSON lines even so: then it is the
  first line that is bad, and the others are read.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from itertools import chain
from typing import Any, BinaryIO

from marsad.articles.raw import Limits, RawArticle
from marsad.articles.streams import opened
from marsad.errors import SetAside
from marsad.model.beside import begins_beside

_BINARY = {
    b"%PDF": "a PDF file", b"PK\x03\x04": "a ZIP archive", b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image", b"GIF8": "a GIF image", b"RIFF": "a media file", b"\xd0\xcf\x11\xe0": "an old office file (save it as .docx, or a table as .csv)",
    b"SQLite format 3": "an SQLite database", b"\x7fELF": "a program", b"BZh": "a bzip2 file", b"\x28\xb5\x2f\xfd": "a zstd file",
    b"\xfd7zXZ": "an xz file", b"7z\xbc\xaf": "a 7z archive", b"\x1f\x8b": "a gzip file inside a gzip file", b"{\\rtf": "an RTF file",
}  # fmt: skip
_JSON_LINES_NAME = re.compile(r"\.(?:jsonl|ndjson)(?:\.(?:gz|bz2|xz|zst))?$", re.IGNORECASE)
_BEGINS_LIKE_JSON = re.compile(rb'\s*(?:\{\s*(?:"|\}|$)|\[\s*(?:\{|\]|$))')
_BEGINS_LIKE_A_RECORD = re.compile(rb'^[ \t]*\{[ \t]*"', re.MULTILINE)

Lines = Iterable[tuple[int, bytes]]


def raw_articles(file: str, limits: Limits) -> Iterator[RawArticle]:
    """The articles of one file (or ``-``) of text, HTML or JSON, in order; what is refused at the door is among them, with its reason."""
    return with_refusals(file, opened(file), lambda stream: cut(file, stream, limits))


def with_refusals(
    file: str, opening: AbstractContextManager[BinaryIO], reading: Callable[[BinaryIO], Iterator[RawArticle]]
) -> Iterator[RawArticle]:
    """The pieces of a stream; where it cannot be opened or breaks off, the last of them says why."""
    last = 0
    try:
        with opening as stream:
            for raw in reading(stream):
                last = raw.line or last
                yield raw
    except SetAside as refusal:
        yield RawArticle(kind="refused", file=file, line=last + 1 if last else None, refusal=refusal)


def cut(file: str, stream: BinaryIO, limits: Limits) -> Iterator[RawArticle]:
    """The articles of a stream of text, HTML or JSON.

    Raises:
        SetAside: nothing (more) of it can be read.
    """
    lines = lines_of(stream, limits.bytes)
    first = next((line for line in lines if line[1].strip()), None)
    if first is None:
        raise SetAside("empty", "there is nothing in it")
    number, data = first
    _refuse_binary(data)
    if _begins_lines(file, data):
        yield from _records(file, chain([first], lines), limits)
        return
    whole = b"\n" * (number - 1) + data + stream.read(limits.bytes - len(data) + 1)
    if len(whole) > limits.bytes:
        raise SetAside("too_long", f"more than {limits.bytes:,} bytes in one document, which is the limit")
    yield from _document(file, whole, limits)


def is_lines(file: str, stream: BinaryIO, limits: Limits) -> bool:
    """Whether a stream of text, HTML or JSON is JSON lines, as its first line tells."""
    first = next((line for _, line in lines_of(stream, limits.bytes) if line.strip()), None)
    if first is None:
        return False
    try:
        _refuse_binary(first)
    except SetAside:
        return False
    return _begins_lines(file, first)


def lines_between(file: str, stream: BinaryIO, limits: Limits, begin: int, end: int) -> Iterator[RawArticle]:
    """The articles of the JSON lines that begin at bytes from ``begin`` to before ``end``; which lines they are in the file is not known, so ``member`` tells the byte."""
    stream.seek(max(begin - 1, 0))
    if begin:
        _skip_line(stream)
    place = stream.tell()
    while place < end and (line := stream.readline(limits.bytes + 1)):
        if len(line) > limits.bytes and not line.endswith(b"\n"):
            _skip_line(stream)
        line = line.removeprefix(codecs.BOM_UTF8) if place == 0 else line
        for raw in _records(file, [(0, line)], limits):
            yield replace(raw, line=None, member=f"@{place}")
        place = stream.tell()


def _begins_lines(file: str, first: bytes) -> bool:
    return _is_record(first) or (
        _JSON_LINES_NAME.search(file) is not None and not _BEGINS_LIKE_JSON.match(first)
    )


def _document(file: str, whole: bytes, limits: Limits) -> Iterator[RawArticle]:
    rows = _json_rows(whole) if _BEGINS_LIKE_JSON.match(whole) else None
    if rows is not None:
        for row in rows:
            if isinstance(row, dict):
                yield RawArticle(kind="record", file=file, data=row)
            else:
                refusal = SetAside(
                    "bad_record", f"an article must be a JSON object, not {type(row).__name__}"
                )
                yield RawArticle(kind="refused", file=file, refusal=refusal)
    elif _BEGINS_LIKE_A_RECORD.search(whole) and (
        _JSON_LINES_NAME.search(file) or any(map(_is_record, whole.split(b"\n")))
    ):
        yield from _records(file, enumerate(whole.split(b"\n"), 1), limits)
    else:
        if b"\x00" in whole:
            raise SetAside("binary", "it holds NUL bytes: binary, or UTF-16 without its byte order mark")
        yield RawArticle(kind="document", file=file, data=whole)


def _records(file: str, lines: Lines, limits: Limits) -> Iterator[RawArticle]:
    for number, line in lines:
        if len(line) > limits.bytes:
            refusal = SetAside(
                "too_long", f"more than {limits.bytes:,} bytes in one line, which is the limit"
            )
            yield RawArticle(kind="refused", file=file, line=number, refusal=refusal)
        elif line.strip() and not begins_beside(line):
            yield RawArticle(kind="record", file=file, data=line, line=number)


def lines_of(stream: BinaryIO, limit: int) -> Iterator[tuple[int, bytes]]:
    """Numbered lines without the byte order mark; of a line over the limit only the beginning is kept."""
    number = 0
    while line := stream.readline(limit + 1):
        number += 1
        if len(line) > limit and not line.endswith(b"\n"):
            _skip_line(stream)
        yield number, line.removeprefix(codecs.BOM_UTF8) if number == 1 else line


def _skip_line(stream: BinaryIO) -> None:
    while (piece := stream.readline(1 << 20)) and not piece.endswith(b"\n"):
        pass


def _refuse_binary(data: bytes) -> None:
    for magic, name in _BINARY.items():
        if data.startswith(magic):
            raise SetAside("binary", f"it is {name}, not text")
    if b"\x00" in data[:4096]:
        raise SetAside("binary", "it holds NUL bytes: binary, or UTF-16 without its byte order mark")


def _is_record(line: bytes) -> bool:
    if not line.lstrip().startswith(b"{"):
        return False
    with suppress(ValueError, RecursionError):
        return isinstance(json.loads(line), dict)
    return False


def _json_rows(whole: bytes) -> list[Any] | None:
    with suppress(ValueError, RecursionError):
        value = json.loads(whole)
        return value if isinstance(value, list) else [value]
    return None
