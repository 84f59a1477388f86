"""One article on its way into an archive: filtered, read, signed, and as the rows of its tables. Done in the process that reads (`marsad.archive.reading_child`)."""

from __future__ import annotations

import json
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any, Protocol, runtime_checkable

from marsad.archive.packing import packed
from marsad.archive.relevance import score
from marsad.archive.schema import COLUMNS, GROUPS
from marsad.articles import Defaults, Limits, RawArticle, article_of, sign
from marsad.errors import SetAside
from marsad.incidents import Scene, Verdicts, episodes, testimonies
from marsad.model import Article, Claim
from marsad.model.claim_row import claim_row
from marsad.model.incident import Testimony
from marsad.model.storable import storable, storable_text
from marsad.model.stored import version_digest
from marsad.run.knowledge import Knowledge
from marsad.run.pipeline import claims_of, load_kit

FILTERED = frozenset(("not_arabic", "off_topic"))
"""Reasons that an archive is full of: such articles are counted and not listed."""
_NO_VERDICTS = Verdicts([])


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the user chose that decides the rows of an article.

    Attributes:
        text: Whether its text is kept.
        relevance: Score below which it is not read (`marsad.archive.relevance`); None reads all.
        defaults: What the user says of who published it, and when.
        data: The folder of what the user fetched and added, or "".
    """

    text: bool = False
    relevance: float | None = None
    defaults: Defaults = field(default_factory=Defaults)
    data: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a shard: ``number`` counts all of them from 0."""

    raw: RawArticle
    shard: str
    number: int


@dataclass(frozen=True, slots=True)
class Result:
    """What comes of a piece: rows by table, each in the order of the table's columns, and what it adds to the counts."""

    rows: dict[str, Sequence[tuple[Any, ...]]]
    counts: dict[str, int]


Reader = Callable[[Piece], Result]


@runtime_checkable
class Halves(Protocol):
    """A reader that asks somebody: what is asked about one piece is answered while others are begun."""

    @property
    def ahead(self) -> int:
        """How many pieces may be begun before the first of them is finished."""

    def begin(self, piece: Piece) -> Callable[[], Result]:
        """Ask about a piece; what comes back waits for the answers.

        Both raise MarsadError where nobody answers any more and it is pointless to go on.
        """

    def account(self) -> tuple[Counter[str], Counter[str]]:
        """What is to be counted since this was last called: what the same answers give again, and what asking took."""


Make = Callable[[Wanted], Reader | Halves]


def reader(wanted: Wanted) -> Reader:
    """What reads pieces, with all that it needs loaded.

    Raises:
        MarsadError: the lexicon has not been built, or a file of the user's cannot be used.
    """
    kit = load_kit(Path(wanted.data) if wanted.data else None)
    known = Knowledge(kit.grounding.register, kit.grounding.lookup.gazetteer)

    def read(piece: Piece) -> Result:
        try:
            article = article_in(piece, wanted)
            if article is None:
                return counted("filtered_off_topic")
            return result_of(article, piece, (wanted, known), claims_of(article, kit))
        except SetAside as refusal:
            return refused(piece, refusal)
        except MemoryError:
            raise  # a process without memory is good for nothing more: it ends
        except Exception as error:  # noqa: BLE001 (the outer wall: one bad article must not end the run)
            return refused(piece, failed(error))

    return read


def article_in(piece: Piece, wanted: Wanted) -> Article | None:
    """The article of a piece; None where by its words it is about something else, and such are not wanted.

    Raises:
        SetAside: there is none in it that can be read.
    """
    article = storable(article_of(piece.raw, wanted.defaults, Limits()))
    off_topic = wanted.relevance is not None and score(article) < wanted.relevance
    return None if off_topic else article


def refused(piece: Piece, refusal: SetAside) -> Result:
    """A piece that is not read: set aside with its reason, or only counted where archives are full of its like."""
    if refusal.reason in FILTERED:
        return counted(f"filtered_{refusal.reason}")
    row = (
        storable_text(piece.raw.where),
        refusal.reason,
        storable_text(refusal.message),
        piece.shard,
        piece.number,
    )
    return Result({"set_aside": (row,)}, {"pieces": 1, f"dropped_{refusal.reason}": 1})


def counted(name: str) -> Result:
    """A piece that is only counted."""
    return Result({}, {"pieces": 1, name: 1})


def failed(error: Exception) -> SetAside:
    """What a fault of ours in one article comes to."""
    at = traceback.extract_tb(error.__traceback__)[-1]
    what = f"{type(error).__name__} in {PurePath(at.filename).name}:{at.lineno}: {error}".rstrip(": ")
    return SetAside("failed", f"reading it failed, please report this: {what}")


def result_of(
    article: Article, piece: Piece, knowing: tuple[Wanted, Knowledge], claims: Sequence[Claim]
) -> Result:
    """The rows of an article, whoever found its claims.

    Args:
        article: The article.
        piece: Where it is from.
        knowing: What the user chose, and who is who.
        claims: Its claims, grounded, in the order of the text.
    """
    wanted, known = knowing
    told = testimonies(article, claims, known) if claims else []
    rows = {
        "read_articles": (_article_row(article, piece, told, wanted.text),),
        "read_claims": _claim_rows(claims),
        "read_episodes": [_episode_row(article, scene) for scene in episodes(told, _NO_VERDICTS)],
    }
    counts = {"pieces": 1, "articles": 1, "claims": len(claims), "characters": len(article.text)}
    return Result(rows, counts)


def _article_row(
    article: Article, piece: Piece, told: Sequence[Testimony], keeps_text: bool
) -> tuple[Any, ...]:
    signature = sign(article.text)
    lands = Counter(one.place.country for one in told if one.place and one.place.country)
    row = {
        "id": article.id,
        "outlet": article.outlet,
        "published": article.published,
        "title": article.title,
        "url": article.url,
        "place": storable_text(piece.raw.where),
        "shard": piece.shard,
        "piece": piece.number,
        "characters": len(article.text),
        "digest": version_digest(article),
        "claims": len(told),
        "extra": storable_text(json.dumps(article.extra, ensure_ascii=False, default=str)),
        "text": article.text if keeps_text else None,
        "lands": json.dumps(lands, sort_keys=True),
        "runs": signature.runs,
    }
    return (*(row[name] for name in _ARTICLE), *_groups(signature.digest))


def _groups(digest: bytes) -> tuple[bytes | None, ...]:
    """A signature cut into columns; a text that is too short to be anybody's copy has none."""
    wide = len(digest) // GROUPS
    return tuple(digest[n * wide : (n + 1) * wide] if digest else None for n in range(GROUPS))


def _claim_rows(claims: Sequence[Claim]) -> list[tuple[Any, ...]]:
    return [tuple(map(claim_row(claim, number).__getitem__, _CLAIM)) for number, claim in enumerate(claims)]


def _episode_row(article: Article, scene: Scene) -> tuple[Any, ...]:
    row = {
        "article": article.id,
        "group": scene.group,
        "country": (scene.spot.country if scene.spot else "") or "",
        "day": scene.when.start.toordinal() if scene.when.start else None,
        "period": scene.period,
        "claims": len(scene.told),
        "data": packed(scene.told),
    }
    return tuple(map(row.__getitem__, _EPISODE))


def columns_of(table: str) -> tuple[str, ...]:
    """The names of a table's columns in their order."""
    return tuple(column.split(":")[0] for column in COLUMNS[table].split())


_ARTICLE = columns_of("read_articles")[:-GROUPS]
_CLAIM, _EPISODE = columns_of("read_claims"), columns_of("read_episodes")
