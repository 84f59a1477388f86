"""What is in a file before it is taken in: its kind, its first articles as they would be read, what would be set aside, and the columns of a table.

Looking stores nothing. It reads at most `_MOST_PIECES` pieces for at most `_MOST_SECONDS`, so that a large archive is looked at as quickly as a small one.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from sqlalchemy import Connection

from marsad.articles import Defaults, Limits, RawArticle, article_of, check_published, pieces
from marsad.articles.formats.headers import table_headers
from marsad.articles.formats.rows import FIELDS
from marsad.errors import InputError, SetAside
from marsad.model import Article
from marsad.run.addresses import is_listing, listing_of_file
from marsad.run.storing import piece_of
from marsad.store import known_pieces
from marsad.web.views.uploads import kept_file, shown_name
from marsad.web.visit import Visit

_MOST_PIECES, _SHOWN, _BEGINNING = 200, 5, 400
_MOST_SECONDS = 5.0
_MOST_FILES = 50
_MOST_NAME = 200
_KINDS = {"docx": "docx", "pdf": "pdf", "document": "document"}
_SUFFIXES = {
    ".wacz": "wacz", ".warc": "warc", ".parquet": "parquet", ".csv": "table", ".tsv": "table", ".tab": "table", ".zip": "zip",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody says of what is taken in, as the addresses of the pages carry it.

    Attributes:
        files: Names of kept uploads.
        outlet, published: For articles that do not say it themselves; "" where nothing is said.
        columns: Of a table: the header of each field that somebody chose.
    """

    files: tuple[str, ...]
    outlet: str = ""
    published: str = ""
    columns: Mapping[str, str]

    def pairs(self) -> list[tuple[str, str]]:
        """The fields of a form, or the query of an address."""
        made = [("file", name) for name in self.files]
        made += [(name, value) for name in ("outlet", "published") if (value := getattr(self, name))]
        return made + [(f"column.{name}", header) for name, header in self.columns.items()]

    def options(self) -> list[str]:
        """The same for ``marsad ingest``; each value stands in one word with its option, so that none can be taken for another option."""
        found = [f"--{name}={value}" for name in ("outlet", "published") if (value := getattr(self, name))]
        return found + [f"--column={name}={header}" for name, header in self.columns.items()]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An article as it would be read; ``stored`` where this very piece is in the store already."""

    article: Article
    beginning: str
    stored: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What is in one file.

    Attributes:
        kind: What it was taken for.
        pieces: How many articles were met; ``more`` whether the file holds more than were looked at.
        good: How many of them can be read.
        entries: Of a feed, a site map or an OPML list: how many addresses it names, which would be fetched.
        headers, known: The columns of a table, and which of them are taken for what.
    """

    name: str
    size: int
    kind: str
    pieces: int = 0
    good: int = 0
    more: bool = False
    entries: int = 0
    shown: Sequence[Shown] = ()
    refused: Sequence[tuple[str, SetAside]] = ()
    headers: Sequence[str] = ()
    known: Mapping[str, str]

    @property
    def title(self) -> str:
        """The name that it came with."""
        return shown_name(self.name)


def asked_of(pairs: Sequence[tuple[str, str]]) -> Asked:
    """What a query or a form says.

    Raises:
        InputError: a day is none, or a name cannot be one.
    """
    files = tuple(dict.fromkeys(value for name, value in pairs if name == "file"))
    said = {name: value.strip() for name, value in pairs if value.strip()}
    columns = {name: said[f"column.{name}"] for name in FIELDS if f"column.{name}" in said}
    if len(files) > _MOST_FILES:
        raise InputError(f"at most {_MOST_FILES} files at once; a folder is for `marsad ingest`")
    for value in (said.get("outlet", ""), *columns.values()):
        if len(value) > _MOST_NAME or not value.isprintable():
            raise InputError(
                f"{value[:_MOST_NAME]!r} is no name: it has 1 to {_MOST_NAME} printable characters"
            )
    return Asked(
        files=files,
        outlet=said.get("outlet", ""),
        published=day_of(said.get("published", "")),
        columns=columns,
    )


def day_of(value: str) -> str:
    """A day or ISO time as the user gave it, or "".

    Raises:
        InputError: it is none.
    """
    try:
        return check_published(value) if value else ""
    except ValueError as error:
        raise InputError(str(error)) from None


def looks(visit: Visit, asked: Asked) -> list[Look]:
    """A look into each file.

    Raises:
        InputError: there is no such upload.
    """
    project = visit.workspace.project
    usual = Limits()
    limits = Limits(
        characters=project.plan.max_characters or usual.characters,
        bytes=project.plan.max_bytes or usual.bytes,
    )
    columns = {**project.plan.columns, **asked.columns}
    files = [(name, kept_file(project.archive, name)) for name in asked.files]
    with visit.reading() as connection:
        return [_Looking(connection, limits, columns, asked).at(name, file) for name, file in files]


@dataclass(frozen=True, slots=True)
class _Looking:
    connection: Connection
    limits: Limits
    columns: Mapping[str, str]
    asked: Asked

    def at(self, name: str, file: Path) -> Look:
        size = file.stat().st_size
        if is_listing(str(file)) and (look := self._listing(name, file, size)):
            return look
        headers, known = table_headers(str(file), self.limits)
        raws = list(islice(pieces(str(file), self.limits, self.columns or None), _MOST_PIECES + 1))
        shown: list[Shown] = []
        refused: list[tuple[str, SetAside]] = []
        stored, until, count = self._stored(raws), time.monotonic() + _MOST_SECONDS, 0
        for raw in raws[:_MOST_PIECES]:
            if time.monotonic() > until:
                break
            count += 1
            try:
                article = article_of(raw, self._defaults(), self.limits)
            except SetAside as refusal:
                refused.append((_place(raw), refusal))
                continue
            if len(shown) < _SHOWN:
                shown.append(
                    Shown(
                        article=article,
                        beginning=article.text[:_BEGINNING],
                        stored=piece_of(raw)[1] in stored,
                    )
                )
        return Look(
            name=name, size=size, kind=_kind(file, raws), pieces=count, good=count - len(refused), more=len(raws) > count, shown=shown,
            refused=refused, headers=headers, known={**known, **self.columns},
        )  # fmt: skip

    def _listing(self, name: str, file: Path, size: int) -> Look | None:
        try:
            listing = listing_of_file(str(file))
        except SetAside as refusal:
            return Look(
                name=name, size=size, kind="feed", pieces=1, refused=[(shown_name(name), refusal)], known={}
            )
        if listing.kind == "none":  # it only looked like one
            return None
        return Look(name=name, size=size, kind=listing.kind, entries=len(listing.entries), known={})

    def _defaults(self) -> Defaults:
        return Defaults(published=self.asked.published or None, outlet=self.asked.outlet or None)

    def _stored(self, raws: Sequence[RawArticle]) -> set[str]:
        named = [piece_of(raw) for raw in raws]
        known = known_pieces(self.connection, named)
        return {digest for name, digest in named if name in known or digest in known}


def _place(raw: RawArticle) -> str:
    """Where in its file a piece lies; the file itself is named above the list."""
    line = "" if raw.line is None else f":{raw.line}"
    return f"{raw.member}{line}" or shown_name(Path(raw.file).name)


def _kind(file: Path, raws: Sequence[RawArticle]) -> str:
    suffix = Path(file.name.lower().removesuffix(".gz")).suffix
    if suffix in _SUFFIXES:
        return _SUFFIXES[suffix]
    first = next((raw for raw in raws if raw.refusal is None), None)
    if first is None:
        return "unknown"
    if first.member.startswith("messages/"):
        return "telegram"
    return _KINDS.get(first.kind, "records")
