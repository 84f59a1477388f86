"""The work that makes an article ready for the store, done in the workers: decode, read, sign, and the words it is found by."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from marsad.arabic.search import search_words
from marsad.articles import Defaults, Limits, RawArticle, article_of, sign
from marsad.model import Article, Claim
from marsad.model.jsonl import article_to_json
from marsad.model.storable import storable
from marsad.model.stored import StoredArticle
from marsad.run.outcome import Outcome
from marsad.run.pipeline import load_kit
from marsad.run.readers_rules import Reader, rules_reader
from marsad.store import claim_row
from marsad.store.search import MOST_CHARACTERS


@dataclass(frozen=True, slots=True, kw_only=True)
class StoringWork:
    """Everything that is done per article before it is stored, so that it is shared out.

    Attributes:
        defaults: What the user says of the input.
        limits: How much is read.
        data: The folder of what the user fetched and added.
        reads: Whether claims are looked for; not in a dry run.
        prefix: Put before the ids that records bring along, where two sources number alike.
        remembers: Whether the store is to know this input again; not where the input is the store itself.
        reader: Who reads; the rules, where it is None. One that asks a model stays in this process.
    """

    defaults: Defaults
    limits: Limits
    data: Path | None = None
    reads: bool = True
    prefix: str = ""
    remembers: bool = True
    reader: Reader | None = None

    def load(self) -> None:
        """Load the lexicons, so that workers forked from this process have them."""
        load_kit(self.data)

    def __call__(self, raw: RawArticle) -> Outcome:
        """Make one article ready. Raises SetAside where it cannot be read."""
        return self.begin(raw)()

    def begin(self, raw: RawArticle) -> Callable[[], Outcome]:
        """Decode it and have it begun; the rest is done when what was asked is answered."""
        article = storable(article_of(raw, self.defaults, self.limits))
        if self.prefix and raw.kind == "record":
            article = replace(article, id=self.prefix + article.id)
        reader = self.reader or rules_reader(self.data)
        found = reader.begin(article) if self.reads else list
        return lambda: self._made(raw, article, found(), reader.version)

    def _made(self, raw: RawArticle, article: Article, claims: list[Claim], reader: str) -> Outcome:
        signature = sign(article.text)
        piece, digest = piece_of(raw)
        stored = StoredArticle(
            article=article,
            claims=tuple(claim_row(claim, number) for number, claim in enumerate(claims)),
            reader=reader,
            signature=signature.digest,
            sequences=signature.runs,
            words=(" ".join(search_words(article.title)), " ".join(search_words(article.text[:MOST_CHARACTERS]))),
            piece=piece if self.remembers else "",
            piece_digest=digest,
            place=raw.where,
            kept=raw.kept,
        )  # fmt: skip
        return Outcome(
            where=raw.where,
            article=article.id,
            claims=len(claims),
            characters=len(article.text),
            stored=stored,
            digest=digest,
        )


def piece_of(raw: RawArticle) -> tuple[str, str]:
    """The name by which a piece of input is known later, and the SHA-256 of its bytes.

    A document is known by its place, so that it can change; a record by its bytes, since the lines of a file move.
    """
    data = raw.data if isinstance(raw.data, bytes) else _bytes(raw.data)
    digest = hashlib.sha256(data).hexdigest()
    if raw.kind == "record" or raw.file == "-":
        return f"record:{digest}", digest
    if raw.about.url and raw.file == raw.about.url:
        return f"page:{raw.file}", digest
    member = f"!{raw.member}" if raw.member else ""
    return f"file:{Path(raw.file).absolute()}{member}", digest


def _bytes(row: Mapping[str, Any]) -> bytes:
    return json.dumps(row, ensure_ascii=True, sort_keys=True, default=str).encode()


def raw_of(article: Article) -> RawArticle:
    """A stored article as input, to be read anew."""
    row = article_to_json(article, (), "")
    for name in ("schema", "reader", "claims"):
        del row[name]
    return RawArticle(kind="record", file=article.id, data=row)
