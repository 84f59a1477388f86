"""What leaves a project, record by record, and what writes it down: one going-through, many exporters.

`marsad.run.taking` goes through a project and makes records; an exporter is fed those it takes and is finished at the end. It writes to a path that is its own (a file, or a
folder that is there and empty) and knows nothing of where that goes: whether it is put in place, packed or sent. What it writes depends on the records alone and never on the
clock or on chance, so that two releases of the same store are equal byte by byte and others can be told apart line by line.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal, Protocol

from marsad.model.actor import Actor, Label, Outlet
from marsad.model.place import Place

Json = dict[str, Any]
RecordKind = Literal["articles", "incidents", "spells", "changes", "news"]
"""``news`` are the last changes only, `Making.most` of them."""
MACHINE = "machine"
"""The state of review of what nobody decided about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleHead:
    """What identifies an article and its text.

    Attributes:
        outlet: The outlet's name as stored; its label is ``names.outlet(outlet)``'s where the register knows it.
        published: As given: a day, or an ISO time with offset, or None; ``day`` is its day.
        version: The number of the text that spans point into; ``digest`` is the SHA-256 of that text with its title.
        kept: Where the raw response lies in the project's archive, or "".
        added: When it came into the store, ISO in UTC.
        copy_of: Id of the article that it is known to repeat, or None.
        reader: Name and version of what read it.
        names: The private persons whom it quotes, as they are named; within an incident those of all its articles; empty where names are let out.
    """

    id: str
    outlet: str | None
    published: str | None
    day: str | None
    title: str
    url: str | None
    version: int
    digest: str
    kept: str
    added: str
    copy_of: str | None
    reader: str = ""
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRecord:
    """A claim as people decided it, or as the machine made it where nobody did.

    Attributes:
        id: The claim's id.
        number: Its number within the article.
        head: The article.
        data: The claim as CODEBOOK section 7 has it, with people's corrections; names of private persons as written.
        quote: The words of its first evidence, raw.
        private: Spans within the article (part, start, end) that name private persons: sources who are persons, speak for no body and are not in the register.
        review: ``machine``, or what people made of it (`marsad.store.reads.REVIEW_STATES`); rejected ones are not exported.
        incident: Id of its incident, None until it is reconciled; so are ``status`` (of that incident), ``root`` and ``says``.
        told: Its row in the incident's ``claims`` (CODEBOOK section 8), where the record is reached through its incident; else None.
        made: What one exporter made of it that the next one needs too (`marsad.export.columns.values_of`); so has each kind of record that has rows.
    """

    id: str
    number: int
    head: ArticleHead
    data: Json
    quote: str
    private: tuple[tuple[str, int, int], ...] = ()
    review: str = MACHINE
    incident: str | None = None
    status: str | None = None
    root: str | None = None
    says: str | None = None
    told: Json | None = None
    made: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRecord:
    """An article with its text and its claims in the order of their numbers; under filters only those claims that fit."""

    head: ArticleHead
    text: str
    extra: Mapping[str, Any]
    claims: tuple[ClaimRecord, ...]
    made: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentRecord:
    """An incident with the claims it is made of.

    Attributes:
        data: The incident as CODEBOOK section 8 has it, without the rows of claims that people rejected and without names of private persons, unless they are let out.
        stored: The same with all names, where ``data`` is without some; else None.
        claims: Its claims, in the order of ``data["claims"]``.
        added: When its id first came up, ISO in UTC; ``changed`` when it last changed.
        review: ``machine`` where nobody decided about a claim of it, ``reviewed`` where people accepted or corrected every one, else ``partly``.
        reviewed: How many claims people decided about; ``rejected`` how many of these they refused.
    """

    id: str
    data: Json
    claims: tuple[ClaimRecord, ...]
    added: str
    changed: str
    review: str = MACHINE
    reviewed: int = 0
    rejected: int = 0
    stored: Json | None = None
    made: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpellRecord:
    """Who is said to hold a place for a stretch of time, as CODEBOOK section 9 has it; ``number`` is its order at the place, ``stored`` as in `IncidentRecord`."""

    id: str
    place_key: str
    number: int
    country: str | None
    data: Json
    stored: Json | None = None
    made: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRecord:
    """What became of an incident after a moment.

    Attributes:
        id: The incident's id, which may be gone.
        what: ``added``, ``changed``, ``merged``, ``split`` or ``withdrawn``.
        at: When, ISO in UTC.
        into: Ids of the incidents that hold its claims now, where it was merged or split.
        before: Its status before, or None; ``now`` is its status now, None where it is gone or has none.
        incident: The incident as it is now, where it is.
    """

    id: str
    what: str
    at: str
    into: tuple[str, ...] = ()
    before: str | None = None
    now: str | None = None
    incident: IncidentRecord | None = None


Record = ArticleRecord | IncidentRecord | SpellRecord | ChangeRecord


class Names(Protocol):
    """Labels and places by id: what `marsad.run.names.Names` knows; None for what is not known."""

    def actor(self, identity: str | None) -> Actor | None:
        """An actor of the register."""

    def side(self, actor: Actor, day: date | None = None) -> str:
        """The id of the side an actor was on that day, or ""."""

    def label(self, identity: str | None) -> Label | None:
        """The label of an actor, a side or an outlet (``outlet:ID``)."""

    def place(self, identity: str | None) -> Place | None:
        """A place of the gazetteer."""

    def outlet(self, name: str | None) -> Outlet | None:
        """An outlet of the register."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """What every exporter is told of the export it is part of.

    Attributes:
        names: Labels and places by id, from one that remembers what it was asked: exporters ask for the same over and over.
        project: The project's name: that of its folder.
        store: The store's own id, for ids that must be unique in the world (`iri`).
        moment: When the store last changed, ISO in UTC: the date of every export of it.
        version: Of this program.
        filters: The pairs by which the export is narrowed; empty for all.
        since: The moment or day from which changes are told, or "".
        lang: ``en`` or ``ar``, for what people read.
        bom: Whether tables of text begin with a byte order mark: for browsers' downloads.
        with_text: Whether whole texts of articles may go out where a format can do without them.
        private: Whether names of private persons go out where they are indexed.
        fatalities: How ``acled`` counts: ``acled`` (the lowest, vague words by ACLED's numbers), ``lowest``, ``highest`` (as told).
        title: Of the release, or "".
        license: Of the release: an SPDX id or words, or "" where the maker has said none.
        creators: Who makes the release.
        most: How many entries a feed or a report has at most.
    """

    names: Names
    project: str = ""
    store: str = ""
    moment: str = ""
    version: str = ""
    filters: tuple[tuple[str, str], ...] = ()
    since: str = ""
    lang: Literal["en", "ar"] = "en"
    bom: bool = False
    with_text: bool = False
    private: bool = False
    fatalities: Literal["acled", "lowest", "highest"] = "acled"
    title: str = ""
    license: str = ""
    creators: tuple[str, ...] = ()
    most: int = 200

    def said(self, label: Label) -> str:
        """A label in the language of the export."""
        return label.ar if self.lang == "ar" else label.en

    def iri(self, kind: str, identity: str) -> str:
        """An identifier that is unique in the world and stays: ``urn:marsad:STORE:incident:i39d5c3fbb619b6f``."""
        return f"urn:marsad:{self.store}:{kind}:{identity}"


class Exporter(Protocol):
    """Writes one format."""

    def feed(self, record: Record) -> None:
        """Take the next record; only kinds come that its format takes."""

    def finish(self) -> None:
        """Write what is left and close what is open. Called once, also where nothing was fed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format: what it is called, what it takes and what writes it.

    Attributes:
        name: As it is asked for: ``acled``.
        label: A line for people.
        module: Where its class is, imported when it is first used; ``maker`` is its name: called with the path, the `Making` and, where ``of`` has any, one of them.
        takes: The kinds of records it is fed, by ``of`` ("" where it has none), in the order in which they come.
        suffix: Of its file; "" for a folder.
        media: Its media type (a folder is sent as a ZIP).
        weight: Seconds that 10,000 articles take, roughly: how work is shared out among processes.
        packs: Whether its exporter, of many files, writes a ZIP by itself where the path ends in ``.zip``; else its folder is packed.
        extra: The optional dependency of this program that it needs, or "".
        audience: Who uses it first, for the list in the workspace (`marsad.web.views.formats.AUDIENCES`).
    """

    name: str
    label: str
    module: str
    maker: str
    takes: Mapping[str, tuple[RecordKind, ...]]
    suffix: str
    media: str
    weight: float = 1.0
    packs: bool = False
    extra: str = ""
    audience: str = ""

    @property
    def of(self) -> tuple[str, ...]:
        """What it can be made of (``--of``), the default first; empty where there is no choice."""
        return tuple(one for one in self.takes if one)

    @property
    def folder(self) -> bool:
        """Whether it is a folder and no file."""
        return not self.suffix


Maker = Callable[..., Exporter]


@dataclass(slots=True)
class Counts:
    """What an export held and what was left out, by reason."""

    records: dict[str, int] = field(default_factory=dict)
    left_out: dict[str, int] = field(default_factory=dict)


def open_text(path: Path, making: Making | None = None) -> Any:  # noqa: ANN401 (a text stream)
    """A new file for text in UTF-8 with plain line ends; with a byte order mark where the making wants one."""
    encoding = "utf-8-sig" if making is not None and making.bom else "utf-8"
    return path.open("w", encoding=encoding, errors="replace", newline="")
