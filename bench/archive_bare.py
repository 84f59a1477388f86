"""The functions that an archive is made by, in one process, in a plain loop, on articles in memory: what no engine can be faster than, process by process.

    python bench/archive_bare.py FILE.jsonl claims     from articles to grounded claims
    python bench/archive_bare.py FILE.jsonl read       and to episodes and signatures
    python bench/archive_bare.py FILE.jsonl rows       the same from lines of JSON to the rows of tables: all that the stage ``read`` asks of an article
    python bench/archive_bare.py FILE.jsonl whole      and copies, incidents and control over all of them, in memory

Some articles are read before, but with ``cold`` as a last word. Prints one line of JSON: articles, claims, wall and processor seconds of the loop (not of
start-up), processor seconds of the whole process, peak megabytes.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from marsad.archive.stages.read_article import Piece, Wanted, reader
from marsad.articles import RawArticle, article_of, sign
from marsad.incidents import Scene, Verdicts, episodes, testimonies
from marsad.model import Article, Claim
from marsad.run.controlling import control_of
from marsad.run.pipeline import claims_of, load_kit
from marsad.run.reconciling import Corpus, load_knowledge

_WARM = 200
"""Articles that are read before the clock starts: the words of the language are looked up once in a process, however many articles it reads."""

Line = bytes


def _article(line: Line) -> Article:
    return article_of(RawArticle(kind="record", file="bench", data=line))


class _Claims:
    """From an article to claims."""

    def __init__(self) -> None:
        self._kit = load_kit()

    def prepared(self, line: Line) -> Article:
        """What the loop is given."""
        return _article(line)

    def one(self, given: Article) -> int:
        """Do an article; the number of its claims."""
        return len(self._claims(given))

    def last(self) -> None:
        """What is done when all articles are."""

    def _claims(self, article: Article) -> list[Claim]:
        return claims_of(article, self._kit)


class _Read(_Claims):
    """And to episodes and a signature."""

    def __init__(self) -> None:
        super().__init__()
        self._knowledge = load_knowledge()

    def one(self, given: Article) -> int:
        """Do an article; the number of its claims."""
        claims = self._claims(given)
        self._told(given, claims)
        return len(claims)

    def _told(self, article: Article, claims: list[Claim]) -> list[Scene]:
        sign(article.text)
        return episodes(testimonies(article, claims, self._knowledge), Verdicts([])) if claims else []


class _Rows:
    """From a line of JSON to rows: the very function that the stage ``read`` calls."""

    def __init__(self) -> None:
        self._read = reader(Wanted())

    def prepared(self, line: Line) -> Piece:
        """The line as a piece of a shard."""
        return Piece(RawArticle(kind="record", file="bench", data=line), "bench", 0)

    def one(self, given: Piece) -> int:
        """Do a line; the number of its claims."""
        return self._read(given).counts.get("claims", 0)

    def last(self) -> None:
        """Nothing is left to do."""


class _Whole(_Claims):
    """And copies, incidents and control."""

    def __init__(self) -> None:
        super().__init__()
        self._corpus = Corpus(load_knowledge())

    def one(self, given: Article) -> int:
        """Read an article and keep what tying it to others needs."""
        claims = self._claims(given)
        self._corpus.add(given, claims)
        return len(claims)

    def last(self) -> None:
        """Tie all of them."""
        control_of(self._corpus.incidents())


LEVELS: dict[str, Callable[[], Any]] = {"claims": _Claims, "read": _Read, "rows": _Rows, "whole": _Whole}


def measured(lines: list[Line], level: str, *, warm: bool = True) -> dict[str, float]:
    """Do all lines at one level, with or without articles that are read before the clock starts."""
    work = LEVELS[level]()
    for line in lines[: _WARM if warm else 0]:
        claims_of(_article(line), load_kit())
    given = [work.prepared(line) for line in lines]
    began, processor = time.perf_counter(), time.process_time()
    claims = sum(work.one(one) for one in given)
    work.last()
    return {
        "articles": len(lines),
        "claims": claims,
        "seconds": time.perf_counter() - began,
        "processor": time.process_time() - processor,
        "process": time.process_time(),
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


if __name__ == "__main__":
    print(
        json.dumps(
            measured(Path(sys.argv[1]).read_bytes().splitlines(), sys.argv[2], warm="cold" not in sys.argv)
        )
    )
