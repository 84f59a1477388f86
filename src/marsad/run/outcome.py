"""What becomes of one raw article, and the work that makes it so: the same in one process and in many."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from marsad.articles import Defaults, Limits, RawArticle, article_of
from marsad.errors import SetAside
from marsad.model.article import Article
from marsad.model.claim import Claim
from marsad.model.stored import StoredArticle
from marsad.run.pipeline import load_kit
from marsad.run.readers_rules import Reader, rules_reader

Writer = Callable[[Article, list[Claim]], str]
"""Renders one article with its claims: a line of JSON, a stretch of a table, a section of a page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """An article that was read, ready to be written out (``output``) or to be stored (``stored``), or one that was set aside and why.

    ``digest`` is the SHA-256 of its bytes, where it is stored.
    """

    where: str
    article: str | None = None
    output: str = ""
    claims: int = 0
    characters: int = 0
    refusal: SetAside | None = None
    stored: StoredArticle | None = None
    digest: str = ""


class Work(Protocol):
    """What a worker does with each raw article; it crosses to the workers by pickle."""

    def load(self) -> None:
        """Load what the work needs, once per process."""

    def __call__(self, raw: RawArticle) -> Outcome:
        """Do it for one article. Raises SetAside where the article cannot be read."""

    def begin(self, raw: RawArticle) -> Callable[[], Outcome]:
        """Do what waits for nobody; what comes back waits for the rest (a model's answers) and gives the outcome. Both raise SetAside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingWork:
    """Decode, read, find the claims, render: everything that is done per article, so that it is shared out."""

    writer: Writer
    defaults: Defaults
    limits: Limits
    data: Path | None = None
    """The folder of what the user fetched and added."""
    reader: Reader | None = None
    """Who reads; the rules, where it is None. One that asks a model stays in this process."""

    def load(self) -> None:
        """Load the lexicons, so that workers forked from this process have them."""
        load_kit(self.data)

    def __call__(self, raw: RawArticle) -> Outcome:
        """Read one article."""
        return self.begin(raw)()

    def begin(self, raw: RawArticle) -> Callable[[], Outcome]:
        """Decode it and have it begun; the rest is done when what was asked is answered."""
        article = article_of(raw, self.defaults, self.limits)
        found = (self.reader or rules_reader(self.data)).begin(article)

        def finish() -> Outcome:
            claims = found()
            return Outcome(
                where=raw.where,
                article=article.id,
                output=self.writer(article, claims),
                claims=len(claims),
                characters=len(article.text),
            )

        return finish


@dataclass(frozen=True, slots=True, kw_only=True)
class Crew:
    """Who does the work.

    Attributes:
        jobs: How many processes.
        method: How they are started (``fork``, ``spawn`` ...); None is ``fork`` on Linux, which shares the loaded
            lexicons, and the platform's default elsewhere.
        patience: Seconds that one article may take in a worker before the worker is ended.
        ahead: How many articles one process may have begun at once, where it waits for somebody's answers.
    """

    jobs: int = 1
    method: str | None = None
    patience: float = 120.0
    ahead: int = 1
