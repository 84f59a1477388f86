"""The passes over one article, in reading order; the only file that knows all stages.

>>> kit = load_kit()  # doctest: +SKIP
>>> [claim.event for claim in claims_of(article, kit)]  # doctest: +SKIP
['territory.withdrawal', 'harm.killed']
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

from marsad.articles import Limits, check_published, check_readable
from marsad.claims import ClaimsKit, find_claims
from marsad.errors import InputError
from marsad.grounding import GroundingKit, ground
from marsad.model.article import Article
from marsad.model.claim import Claim
from marsad.reading import ReadingKit, read
from marsad.run.own_data import OwnData

if TYPE_CHECKING:
    from marsad.run.readers_rules import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Kit:
    """The knowledge that the stages work with, loaded once per process.

    ``version`` is a hash of all of it: two kits of one version read an article in the same way.
    """

    reading: ReadingKit
    claims: ClaimsKit
    grounding: GroundingKit
    version: str


@cache
def load_kit(data: Path | None = None) -> Kit:
    """The kit of this process.

    Args:
        data: The folder of what the user fetched and added (gazetteer files, actors); None for what the program brings only.

    Raises:
        MarsadError: the lexicon has not been built, or a file of the user's cannot be used; the message says which.
    """
    reading = ReadingKit.load()
    claims = ClaimsKit.load(reading.lexicon)
    own = OwnData.of(data)
    grounding = GroundingKit.load(own.gazetteers, own.actors)
    version = f"{reading.version}-{claims.version}-{grounding.version}"
    return Kit(reading=reading, claims=claims, grounding=grounding, version=version)


def claims_of(article: Article, kit: Kit) -> list[Claim]:
    """Everything one article asserts, grounded in place, time and actors, in the order of the text."""
    reading = read(article, kit.reading)
    return ground(find_claims(reading, kit.claims), reading, kit.grounding)


class About(TypedDict, total=False):
    """What is known of an article beside its text (see `read_article`)."""

    published: str | None
    outlet: str | None
    title: str
    id: str


def read_article(text: str, *, reader: Reader | None = None, **about: Unpack[About]) -> list[Claim]:
    """Read one Arabic article: who said that what happened.

    Args:
        text: The raw text; every span of the result is a range of its code points.
        reader: Who reads, such as one that `marsad.open_reader` gives; the rules where it is None.
        about: ``published``, the day (``2024-12-06``) or ISO time of publication: without it "yesterday" has no date; ``outlet``, who published it, for articles that
            quote "our correspondent"; ``title``, the headline: spans in it have ``part="title"``; ``id``, a part of the identity of each
            claim: give each article its own ("article", where it is not given).

    Returns:
        The claims in the order of the text; an article that asserts nothing of the kind has none.

    Raises:
        SetAside: the text is empty, too long or not Arabic, or a model gave no usable answer.
        InputError: ``published`` is not a date.
        MarsadError: the lexicon has not been built, or the reader's model cannot be asked.
    """
    published = about.get("published")
    if published is not None:
        try:
            check_published(published)
        except ValueError as error:
            raise InputError(f"published: {error}") from None
    about.setdefault("id", "article")
    article = Article(text=text, **about)
    check_readable(article, Limits())
    return reader.begin(article)() if reader else claims_of(article, load_kit())
