"""An article of a lossless export with its claims, checked: what is stored of it, and what things were called where it came from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from marsad.arabic.search import search_words
from marsad.articles import sign
from marsad.errors import SetAside
from marsad.model import Article, Claim, Span
from marsad.model.jsonl import SCHEMA, article_from_json
from marsad.model.storable import storable
from marsad.model.stored import StoredArticle, version_digest
from marsad.run.claim_rows import article_with_claims
from marsad.store import claim_row
from marsad.store.search import MOST_CHARACTERS

_NO_READER = "imported"


@dataclass(slots=True)
class Came:
    """An article with what it was before (``earlier``, oldest first), from a claim's id to its incident's, and from claims of earlier versions to those that follow."""

    where: str
    article: Article
    claims: Sequence[Claim]
    reader: str
    incidents: Mapping[str, str]
    earlier: Sequence[Article] = ()
    follows: Mapping[str, str] = field(default_factory=dict)

    @property
    def digests(self) -> list[str]:
        """Those of all versions."""
        return [version_digest(one) for one in (*self.earlier, self.article)]


def came(where: str, row: Mapping[str, Any]) -> Came:
    """An article of the file.

    Raises:
        SetAside: something about it cannot be used.
    """
    schema, reader = row.get("schema"), row.get("reader")
    if schema not in (None, SCHEMA):
        raise SetAside("other_schema", f"field 'schema' is {schema!r}, and {SCHEMA!r} is what is understood")
    article, claims = article_with_claims(row)
    kept = storable(article)
    if kept.id != article.id:
        raise SetAside("bad_article", "field 'id' holds a character that no database can")
    _check_claims(article, claims, row["claims"])
    incidents = {
        claim.id: given["incident"]
        for claim, given in zip(claims, row["claims"], strict=True)
        if isinstance(given.get("incident"), str) and given["incident"]
    }
    reader = reader if isinstance(reader, str) and reader else _NO_READER
    return Came(where, kept, claims, reader, incidents)


def _check_claims(article: Article, claims: Sequence[Claim], given: Sequence[Mapping[str, Any]]) -> None:
    seen: set[str] = set()
    for number, (claim, said) in enumerate(zip(claims, given, strict=True)):
        if said.get("id") not in (None, claim.id):
            raise SetAside("other_id", f"claim {number}: its id is {said['id']!r}, and by what it says it would be {claim.id!r}")  # fmt: skip
        if claim.id in seen:
            raise SetAside("duplicate_id", f"claim {number}: a claim with the id {claim.id!r} came before it")
        seen.add(claim.id)
        for span in _spans(claim):
            if not _lies_in(span, article):
                raise SetAside("bad_span", f"claim {number}: the span {span.start!r} to {span.end!r} does not lie in the article")  # fmt: skip


def _lies_in(span: Span, article: Article) -> bool:
    if span.part not in ("text", "title") or type(span.start) is not int or type(span.end) is not int:
        return False
    return 0 <= span.start <= span.end <= len(article.part(span.part))


def _spans(claim: Claim) -> Iterator[Span]:
    for evidence in claim.evidence:
        yield from (evidence.span, evidence.trigger)
    for source in claim.attribution:
        yield source.span
        if source.cue:
            yield source.cue
    yield from (actor.span for actor in claim.actors)
    yield from (count.span for count in claim.counts)
    if claim.place:
        yield claim.place.span
    if claim.time and claim.time.span:
        yield claim.time.span


def with_history(article: Came, row: Mapping[str, Any]) -> None:
    """Add what a line of history says of an article.

    Raises:
        ValueError: a version is no article, or what follows what is not told by ids; so are TypeError and AttributeError.
    """
    follows = row.get("follows") or {}
    if not all(isinstance(text, str) for pair in follows.items() for text in pair):
        raise ValueError("field 'follows' must lead from ids of claims to ids of claims")
    identity = article.article.id
    article.earlier = [storable(_version(one, identity)) for one in row.get("versions") or ()]
    article.follows = follows


def _version(row: Mapping[str, Any], identity: str) -> Article:
    said = {name: row.get(name) for name in ("title", "text", "published", "outlet", "url")}
    return article_from_json({**(row.get("extra") or {}), **said, "id": identity})


def stored_versions(one: Came, known: int) -> Iterator[StoredArticle]:
    """The versions that the store has not, and the latest in any case: its claims may be of another reader."""
    for version in one.earlier[known:]:
        yield _ready(one, version, ())
    yield _ready(one, one.article, one.claims)


def _ready(one: Came, article: Article, claims: Iterable[Claim]) -> StoredArticle:
    signature = sign(article.text)
    return StoredArticle(
        article=article,
        claims=tuple(claim_row(claim, number) for number, claim in enumerate(claims)),
        reader=one.reader,
        signature=signature.digest,
        sequences=signature.runs,
        words=(" ".join(search_words(article.title)), " ".join(search_words(article.text[:MOST_CHARACTERS]))),
        piece="",
        piece_digest=version_digest(article),
        place=one.where,
    )  # fmt: skip
