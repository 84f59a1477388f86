"""One article's worth of input, cut from a file but not decoded yet: cheap to make, cheap to send to a worker."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from marsad.errors import SetAside

RawKind = Literal["document", "record", "docx", "pdf", "refused"]


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What the container of a piece knows of it: a web archive's record, a feed's entry, an export's row.

    ``url`` and ``outlet`` win over what a page seems to say of itself, ``id`` over everything; the others fill what the page or
    record leaves out. ``charset`` is the encoding that the container states for the bytes.
    """

    id: str | None = None
    url: str | None = None
    charset: str | None = None
    outlet: str | None = None
    published: str | None = None
    title: str | None = None


NOTHING_KNOWN = About()


@dataclass(frozen=True, slots=True, kw_only=True)
class RawArticle:
    """A text or page (``document``), a line of JSON or its object (``record``), the bytes of a ``docx`` or ``pdf`` file, or what was
    refused at the door.

    ``file`` is the input as the user named it (``-`` is standard input); ``member`` is where inside the file the piece lies
    (``archive/data.warc.gz@12345``, ``messages/812``, ``row 12``), empty where the file is one piece; ``line`` counts
    from 1 and is None where the article is not a line of its own; ``kept`` says where a response lies in the archive, as JSON.
    """

    kind: RawKind
    file: str
    data: bytes | Mapping[str, Any] = b""
    line: int | None = None
    refusal: SetAside | None = None
    about: About = NOTHING_KNOWN
    member: str = ""
    kept: str = ""

    @property
    def where(self) -> str:
        """The place of this article for messages: ``news.jsonl:12``, ``crawl.warc.gz!@3310`` or ``standard input``."""
        name = "standard input" if self.file == "-" else self.file
        name = f"{name}!{self.member}" if self.member else name
        return name if self.line is None else f"{name}:{self.line}"


def refused(file: str, reason: str, message: str, member: str = "") -> RawArticle:
    """A piece that is refused at the door, for a reason."""
    return RawArticle(kind="refused", file=file, member=member, refusal=SetAside(reason, message))


@dataclass(slots=True)
class Meter:
    """How far reading has come, in bytes of the files on disk (packed bytes, where a file is packed).

    ``total`` is what the caller knows to be there; ``read`` grows as the files are read, and takes in the whole of a file when it is
    done with, also where most of it was skipped. Standard input is not counted.
    """

    total: int = 0
    read: int = 0

    @classmethod
    def of(cls, files: Iterable[str | Path]) -> Meter:
        """A meter for these files; one that cannot be looked at counts nothing."""
        return cls(total=sum(_size(Path(file)) for file in files))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much is read: code points of one article's text and title, and bytes of one document or line."""

    characters: int = 2_000_000
    bytes: int = 50_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Defaults:
    """What the user says about the input.

    For a text or a page it is the user's word about that document and wins over what the page says of itself; in
    JSON each record speaks for itself, and these fill what it leaves out.
    """

    published: str | None = None
    outlet: str | None = None
    title: str | None = None
