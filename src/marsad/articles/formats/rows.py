"""A row of a table becomes an article, whatever the table came in: which column holds what, and what a date may look like.

A date is taken only where year, month and day cannot be mistaken for one another (``2024-12-06``, ``2024/12/06``, with a time or without).
``06/12/2024`` is a day in June to some and in December to others, so that row is set aside: a wrong day would move every "yesterday".
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import PurePath
from typing import Any

from marsad.arabic.folded import fold
from marsad.articles.published import check_published
from marsad.articles.raw import RawArticle, refused
from marsad.errors import SetAside

FIELDS = ("id", "text", "title", "published", "outlet", "url")
_RESERVED = frozenset((*FIELDS, "schema", "reader", "claims"))
_YEAR_FIRST = re.compile(r"(\d{4})([-/])(\d{1,2})\2(\d{1,2})(?:[T ]\s*(\S.*))?", re.ASCII)
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_HEX = 16
"""Digits of the id that a row without one gets: eight would give two of a hundred thousand rows the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table's file, its headers, and the header of each field of an article that it has."""

    file: str
    headers: Sequence[str]
    fields: Mapping[str, str]


def table_of(file: str, headers: Sequence[str], columns: Mapping[str, str] | None) -> Table:
    """Find out which columns hold what.

    Args:
        file: The file's name.
        headers: The names of its columns.
        columns: What the user says of them; fields not named are looked for under the well-known headers.

    Raises:
        SetAside: ``no_column``, where a named column is not there, or none holds the text.
    """
    there = ", ".join(header[:40] for header in headers[:50] if header) or "none"
    chosen: dict[str, str] = {}
    for name, header in (columns or {}).items():
        if name not in FIELDS:
            raise SetAside("no_column", f"an article has no field {name!r}, but {', '.join(FIELDS)}")
        if header.strip() not in headers:
            raise SetAside(
                "no_column", f"there is no column {header!r} for the {name}; the columns are: {there}"
            )
        chosen[name] = header.strip()
    for name, header in recognised(headers).items():
        if name not in chosen and header not in chosen.values():
            chosen[name] = header
    if "text" not in chosen:
        raise SetAside("no_column", f"no column is known to hold the text; the columns are: {there}")
    return Table(file=file, headers=headers, fields=chosen)


def unlike(headers: Sequence[str]) -> list[str]:
    """The headers, trimmed, with a name for those without one and a number for those that stand twice, so that no column is lost."""
    seen: dict[str, int] = {}
    names = []
    for place, header in enumerate(headers, 1):
        name = header.strip() or f"column {place}"
        seen[name] = seen.get(name, 0) + 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return names


def recognised(headers: Sequence[str]) -> dict[str, str]:
    """The fields whose column can be told by its header."""
    by_key = {_key(header): header for header in reversed(headers)}
    found = {
        name: next((by_key[key] for key in keys if key in by_key), None)
        for name, keys in _well_known().items()
    }
    return {name: header for name, header in found.items() if header is not None}


@cache
def _well_known() -> Mapping[str, Sequence[str]]:
    import yaml

    listed = yaml.safe_load(files(__package__).joinpath("headers.yml").read_text(encoding="utf-8"))
    return {name: [_key(header) for header in headers] for name, headers in listed.items()}


def _key(header: str) -> str:
    plain = re.sub(r"[\s_\-.]+", "", fold(header).text.casefold())
    return plain.removeprefix("ال")


def row_piece(table: Table, member: str, values: Mapping[str, Any]) -> RawArticle:
    """The piece of a row, given its values by header (strings where they are fields of an article)."""
    row = {name: _said(values.get(header)) for name, header in table.fields.items()}
    try:
        row["published"] = _date(row["published"]) if row.get("published") else None
    except ValueError as error:
        return refused(table.file, "bad_date", str(error), member)
    row["id"] = row.get("id") or _identity(table.file, row)
    taken = set(table.fields.values())
    extra = {
        _extra(header): value
        for header, value in values.items()
        if header not in taken and value not in ("", None)
    }
    row = {name: value for name, value in row.items() if value}
    return RawArticle(kind="record", file=table.file, data={"text": "", **extra, **row}, member=member)


def _said(value: object) -> str | None:
    return None if value is None else str(value)


def _extra(header: str) -> str:
    return f"{header} (column)" if header in _RESERVED else header


def _identity(file: str, row: Mapping[str, str | None]) -> str:
    told = f"{row.get('text') or ''}\n{row.get('url') or ''}".encode("utf-8", "surrogatepass")
    name = "" if file == "-" else PurePath(file).name.removesuffix(".gz")
    return f"{PurePath(name).stem or 'text'}-{hashlib.sha256(told).hexdigest()[:_HEX]}"


def _date(value: str | None) -> str | None:
    """The date as an article has it; None for an empty one.

    Raises:
        ValueError: it is none, or can be read in several ways.
    """
    written = (value or "").strip().translate(_DIGITS)
    if not written:
        return None
    with suppress(ValueError):
        return check_published(written)
    found = _YEAR_FIRST.fullmatch(written)
    if found is None:
        raise ValueError(
            f"the date {value!r} is not written year first, as 2024-12-06 is, and is not guessed at"
        )
    year, _, month, day, time = found.groups()
    return check_published(f"{year}-{month:0>2}-{day:0>2}" + (f"T{time}" if time else ""))
