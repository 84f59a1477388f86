"""From the lines of ``marsad read`` to incidents: the passes over a corpus of claims, in their order.

Of each article its testimonies and the signature of its text are kept, not the text. When all are in, near copies are known and each block is reconciled
on its own, one after the other; each could as well be on another machine.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from marsad.articles import Copy, Signed, copies, sign
from marsad.errors import InputError, SetAside
from marsad.incidents import Verdicts, blocks, episodes, keep_ids, keyed, reconcile, testimonies
from marsad.model import Article, Claim
from marsad.model.incident import Incident, Judgement, Testimony
from marsad.model.incident_json import judgement_from_json
from marsad.run.json_rows import json_rows
from marsad.run.knowledge import Knowledge
from marsad.run.pipeline import load_kit


@cache
def load_knowledge(data: Path | None = None) -> Knowledge:
    """What reconciling asks of the registers, from the kit of this process."""
    kit = load_kit(data)
    return Knowledge(kit.grounding.register, kit.grounding.lookup.gazetteer)


@dataclass(slots=True)
class Corpus:
    """What is kept of the articles that came in.

    Attributes:
        articles: How many there are.
        claims: How many claims they hold.
    """

    knowledge: Knowledge
    articles: int = 0
    claims: int = 0
    _told: list[list[Testimony]] = field(default_factory=list)
    _signed: list[Signed] = field(default_factory=list)
    _ids: set[str] = field(default_factory=set)

    def add(self, article: Article, claims: Iterable[Claim]) -> None:
        """Take in an article with its claims; one without any may still be what others are copies of.

        Raises:
            SetAside: an article of that id came before it.
        """
        if article.id in self._ids:
            raise SetAside("duplicate_id", f"an article with the id {article.id!r} came before it")
        self._ids.add(article.id)
        held = list(claims)
        self.articles += 1
        self.claims += len(held)
        if held:
            self._told.append(testimonies(article, held, self.knowledge))
        self._signed.append(
            Signed(
                article=article.id,
                signature=sign(article.text),
                outlet=article.outlet,
                published=article.published,
            )
        )

    def incidents(
        self, judgements: Iterable[Judgement] = (), before: Mapping[str, str] | None = None
    ) -> Iterator[Incident]:
        """All incidents, block by block; the articles are let go on the way, so this can be asked once.

        Args:
            judgements: What people decided about pairs of claims; it goes before every score.
            before: From a claim's id to its incident's in an earlier run; incidents keep these ids.
        """
        verdicts = Verdicts(judgements)
        copied = copies(self._signed, self._is_agency)
        self._signed = []
        held = blocks(self._episodes(copied, verdicts), verdicts)
        given: set[str] = set()
        for key in list(held):
            found = reconcile(held.pop(key), verdicts, self.knowledge)
            yield from keep_ids(found, before, given) if before else found

    def _is_agency(self, outlet: str) -> bool:
        known = self.knowledge.outlet(outlet)
        return known is not None and known.agency

    def _episodes(
        self, copied: Mapping[str, Copy], verdicts: Verdicts
    ) -> Iterator[tuple[str, tuple[Testimony, ...]]]:
        lands: dict[str, Counter[str]] = {}
        for told in self._told:
            if (copy := copied.get(told[0].article)) is not None:
                named = (one.place.country for one in told if one.place and one.place.country)
                lands.setdefault(copy.family, Counter()).update(named)
        while self._told:
            told = self._told.pop()
            copy = copied.get(told[0].article)
            if copy:
                before = copy.of if copy.of and copy.known else ""
                told = [replace(one, family=copy.family, copy_of=before) for one in told]
            yield from keyed(episodes(told, verdicts), lands.get(copy.family) if copy else None)


def reconcile_articles(
    articles: Iterable[tuple[Article, Iterable[Claim]]], judgements: Iterable[Judgement] = ()
) -> list[Incident]:
    """Tie the claims of articles into incidents.

    Args:
        articles: Articles, each with all its claims (of `marsad.read_article`); the ids of the articles must differ.
        judgements: What people decided about pairs of claims, which goes before every score.

    Returns:
        All incidents, by event group and country; every claim is in exactly one of them. The order of the articles plays no part.

    Raises:
        SetAside: two articles have one id.
        MarsadError: the lexicon has not been built.
    """
    corpus = Corpus(load_knowledge())
    for article, claims in articles:
        corpus.add(article, claims)
    return list(corpus.incidents(judgements))


def read_judgements(file: str) -> list[Judgement]:
    """The judgements in a file of JSON lines.

    Raises:
        InputError: a line cannot be used; people's decisions are never dropped in silence.
    """
    found = []
    for number, row in json_rows(file):
        if isinstance(row, SetAside):
            raise InputError(f"{file}:{number}: {row.message}")
        try:
            found.append(judgement_from_json(row))
        except ValueError as error:
            raise InputError(f"{file}:{number}: {error}") from None
    return found


def earlier_ids(file: str) -> dict[str, str]:
    """From a claim's id to its incident's, in an earlier output of ``marsad reconcile``.

    Raises:
        InputError: a line is no incident.
    """
    found: dict[str, str] = {}
    for number, row in json_rows(file):
        if isinstance(row, SetAside):
            raise InputError(f"{file}:{number}: {row.message}")
        identity, claims = row.get("id"), row.get("claims")
        if not isinstance(identity, str) or not isinstance(claims, list) or "events" not in row:
            raise InputError(f"{file}:{number}: this is no line of `marsad reconcile`")
        for claim in claims:
            if not isinstance(claim, dict) or not isinstance(claim.get("id"), str):
                raise InputError(f"{file}:{number}: a claim of incident {identity!r} has no id")
            found[claim["id"]] = identity
    return found
