"""What the page of an article shows: its text with marks, a card for each claim, its versions and what differs between two of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Connection

from marsad.errors import InputError
from marsad.model import Article, Claim
from marsad.model.jsonl import article_to_json, claim_from_json
from marsad.store import versions_of
from marsad.store.reads.article import (
    ArticleClaim,
    CopyRow,
    Head,
    VersionRow,
    claims_of,
    copies,
    head_of,
    version_rows,
)
from marsad.web.views.chain import Link, chain_of, words_of
from marsad.web.views.marks import MarkedText, marked_text
from marsad.web.views.readers import Note, note_of

_MOST_WORDS = 4_000
"""Of a changed stretch are compared word by word; a longer one is shown as taken out and put in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A claim beside its text: ``name`` is its number in the article, ``jump`` whether its words can be jumped to."""

    name: str
    one: ArticleClaim
    chain: Sequence[Link]
    quotes: Sequence[str]
    jump: bool = False

    @property
    def shown(self) -> int:
        """The number as people count."""
        return int(self.name) + 1

    @property
    def claim(self) -> Mapping[str, Any]:
        """The claim's JSON as it stands."""
        return self.one.claim

    @property
    def note(self) -> Note | None:
        """What two readers come to, where two read the article."""
        return note_of(self.one.claim)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlePage:
    """All that is shown of an article; ``cards`` are empty for a version that is not the latest, for claims are kept of that one only."""

    head: Head
    article: Article
    number: int
    versions: Sequence[VersionRow]
    text: MarkedText
    cards: Sequence[Card]
    near: Sequence[CopyRow] = ()
    copied: int = 0

    @property
    def current(self) -> bool:
        """Whether the latest version is shown."""
        return self.number == self.head.version

    @property
    def version(self) -> VersionRow:
        """The version that is shown."""
        return next(row for row in self.versions if row.number == self.number)


def article_page(
    connection: Connection, article: str, who: str, *, number: int = 0, find: str = ""
) -> ArticlePage | None:
    """An article as it is shown to somebody; None where there is none of this id, or none of this version.

    Args:
        connection: A reading connection.
        article: Its id.
        who: Who looks: what a first coder decided is not told to whom it waits for.
        number: Of the version; the latest for 0.
        find: Words to mark.
    """
    head = head_of(connection, article)
    if head is None:
        return None
    shown = number or head.version
    version = next(versions_of(connection, article, shown), None)
    if version is None:
        return None
    claims = claims_of(connection, article, who) if shown == head.version else []
    cards = cards_of(claims, version)
    text = marked_text(version, ((card.name, model_of(card.one, article)) for card in cards), find)
    total, near = copies(connection, head)
    return ArticlePage(
        head=head, article=version, number=shown, versions=version_rows(connection, article), text=text,
        cards=[replace(card, jump=card.name in text.anchored) for card in cards], near=near, copied=total,
    )  # fmt: skip


def cards_of(claims: Sequence[ArticleClaim], article: Article) -> list[Card]:
    """The cards of some claims, named by their numbers in the article, from 0, as everything that leads to one names it."""
    return [
        Card(name=str(number), one=one, chain=[] if one.hidden else chain_of(one.claim, article), quotes=words_of(one.claim["evidence"], article))
        for number, one in enumerate(claims)
    ]  # fmt: skip


def model_of(one: ArticleClaim, article: str) -> Claim:
    """The claim to be marked; of one whose reading is not shown only the evidence."""
    return claim_from_json({"event": "", **one.claim}, article)


def article_json(connection: Connection, article: str, who: str) -> dict[str, Any] | None:
    """An article with its claims as CODEBOOK section 7 has them, as they stand; each with what reviewing made of it in ``review``.

    What waits for ``who`` to code it a second time is as the machine has it, and where coding is blind to the machine it is left out and counted in ``withheld``.
    """
    head = head_of(connection, article)
    version = None if head is None else next(versions_of(connection, article, head.version), None)
    if head is None or version is None:
        return None
    claims = claims_of(connection, article, who)
    row = article_to_json(version, (), head.reader)
    row["claims"] = [{**one.claim, "review": one.state} for one in claims if not one.hidden]
    withheld = sum(one.hidden for one in claims)
    return {**row, "withheld": withheld} if withheld else row


def web_address(url: str | None) -> str:
    """An address that may be made a link; "" for one of another scheme, which is shown as text only."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return ""
    return url or "" if parts.scheme in ("http", "https") and parts.netloc else ""


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of words that two versions share (``same``), or that only the older (``old``) or the newer (``new``) has."""

    kind: str
    words: str


def difference(connection: Connection, article: str, number: int, against: int) -> list[list[Change]]:
    """What differs between two versions, title first, paragraph by paragraph.

    Raises:
        InputError: there is no such version.
    """
    found = []
    for one in (against, number):
        version = next(versions_of(connection, article, one), None)
        if version is None:
            raise InputError(f"article {article!r} has no version {one}")
        found.append([version.title, *version.text.split("\n")])
    old, new = found
    return [line for line in _lines(old, new) if line]


def _lines(old: Sequence[str], new: Sequence[str]) -> Iterator[list[Change]]:
    for kind, first, last, begin, end in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield from ([Change("same", line)] for line in old[first:last] if line)
            continue
        before, after = old[first:last], new[begin:end]
        for at in range(max(len(before), len(after))):
            yield list(_words(before[at] if at < len(before) else "", after[at] if at < len(after) else ""))


def _words(old: str, new: str) -> Iterator[Change]:
    one, other = old.split(), new.split()
    if len(one) > _MOST_WORDS or len(other) > _MOST_WORDS:
        yield from (change for change in (Change("old", old), Change("new", new)) if change.words)
        return
    for _, first, last, begin, end in SequenceMatcher(a=one, b=other, autojunk=False).get_opcodes():
        if one[first:last] == other[begin:end]:
            yield Change("same", " ".join(one[first:last]))
            continue
        if first < last:
            yield Change("old", " ".join(one[first:last]))
        if begin < end:
            yield Change("new", " ".join(other[begin:end]))
